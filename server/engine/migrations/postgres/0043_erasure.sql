-- When what names a user was erased. The row stays for those that refer to it.
ALTER TABLE users ADD COLUMN erased_at TIMESTAMPTZ;

-- Whose customer Mastercard still has to delete is found without looking at all.
CREATE INDEX users_erased ON users (id) WHERE erased_at IS NOT NULL;
