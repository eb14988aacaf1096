-- Why a connection was marked: free text, which goes with the name it stands by.
ALTER TABLE audit_names ADD COLUMN reason TEXT;

-- Invitations that can still be accepted, one for an address. Tokens of letters
-- name theirs; of one that is gone they find nothing.
CREATE TABLE invitations (
    id BLOB NOT NULL PRIMARY KEY,
    -- As it was typed; the letter goes here.
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('user', 'viewer', 'support', 'admin')),
    -- Absent: somebody at the machine.
    invited_by BLOB REFERENCES users (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX invitations_inviter ON invitations (invited_by);

-- Of those sent before nobody knows by whom, so that none could be seen or taken
-- back: who still waits is invited again.
DELETE FROM one_time_tokens WHERE purpose = 'invitation' AND used_at IS NULL;
ALTER TABLE one_time_tokens ADD COLUMN invitation_id BLOB;
ALTER TABLE one_time_tokens DROP COLUMN email;
ALTER TABLE one_time_tokens DROP COLUMN role;

-- What mail servers said names whom they refused; from now on only codes are kept.
UPDATE jobs SET last_error = NULL WHERE kind IN ('identity.send_letter', 'notify.deliver');
