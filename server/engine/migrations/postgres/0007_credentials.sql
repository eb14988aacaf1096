-- Partner credentials that Mastercard refused, by keyed fingerprint: no node
-- and no restart tries them again, since five failures lock the partner.
CREATE TABLE credential_rejections (
    fingerprint TEXT PRIMARY KEY,
    rejected_at TIMESTAMPTZ NOT NULL,
    code BIGINT
);
