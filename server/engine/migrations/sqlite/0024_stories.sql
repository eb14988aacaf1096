-- What staff look a person up by, and what was done about them.
CREATE INDEX accounts_by_upstream ON accounts (upstream_id);
CREATE INDEX audit_about ON audit (about_id, seq);
