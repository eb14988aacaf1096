-- What staff did, and who got in. Rows are added and never changed; each hash
-- covers its row and the hash before. What names a person is in audit_names.
CREATE TABLE audit (
    seq BIGINT NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    act TEXT NOT NULL,
    -- Absent: somebody at the machine.
    actor_id UUID,
    about_kind TEXT,
    about_id TEXT,
    -- JSON, as it was hashed.
    before_value TEXT,
    after_value TEXT,
    -- Of the rows in audit_names, with their salts.
    actor_digest BYTEA,
    about_digest BYTEA,
    hash BYTEA NOT NULL
);

CREATE INDEX audit_actor ON audit (actor_id, seq);
CREATE INDEX audit_act ON audit (act, seq);

-- What names a person. A row that is erased breaks nothing; one that is changed
-- does.
CREATE TABLE audit_names (
    seq BIGINT NOT NULL REFERENCES audit (seq),
    part TEXT NOT NULL CHECK (part IN ('actor', 'about')),
    user_id UUID,
    -- The address in lower case, to find it by.
    name_key TEXT,
    salt BYTEA NOT NULL,
    name TEXT,
    address TEXT,
    user_agent TEXT,
    PRIMARY KEY (seq, part)
);

CREATE INDEX audit_names_user ON audit_names (user_id);
CREATE INDEX audit_names_key ON audit_names (name_key);

-- The end of the chain. Its row is locked by whoever adds.
CREATE TABLE audit_head (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');

CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of audit are never changed';
END
$$;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
