-- The time zone that a person chose (an IANA name); absent: the installation's.
ALTER TABLE users ADD COLUMN zone TEXT;
