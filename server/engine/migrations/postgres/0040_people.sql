-- Staff look a person up by the login that Mastercard names, too.
CREATE INDEX connections_by_login ON connections (institution_login_id);
