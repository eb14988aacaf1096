-- Roles between user and admin. SQLite changes no CHECK, and a table that
-- others refer to is not made anew with less: a new column takes the place of
-- the old one, whose CHECK goes with it.
ALTER TABLE users RENAME COLUMN role TO role_before;
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'viewer', 'support', 'admin'));
UPDATE users SET role = role_before WHERE role_before <> 'user';
ALTER TABLE users DROP COLUMN role_before;
