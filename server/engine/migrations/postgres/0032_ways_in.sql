-- What is asked for often, and is few of many.
CREATE INDEX accounts_leaving ON accounts (connection_id) WHERE choice = 'removing';
CREATE INDEX outages_by_institution ON outages (institution_id, opened_at, id);
