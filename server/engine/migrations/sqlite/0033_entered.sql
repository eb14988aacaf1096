-- When its user signed in, where the session took the place of another without a
-- sign-in between.
ALTER TABLE sign_ins ADD COLUMN entered_at TEXT;
