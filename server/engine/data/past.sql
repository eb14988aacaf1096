-- What the bench of staff's pages fills an empty database with: customers with
-- ninety days of past. Two accounts a connection, one or two connections a
-- customer; three stretches of thirty days, in 45 % of which a connection
-- breaks and is repaired, so that 3 % of accounts change a day.
--
-- `:people`, `:connections` and `:now` (seconds) are numbers; `⟨n⟩` is the id
-- of number n, `⟦s⟧` the time of second s and `⦃t⦄` the JSON of text t, as either
-- database writes them.

CREATE TEMPORARY TABLE past_places AS
SELECT row_number() OVER (ORDER BY id) AS n, id, body ->> 'name' AS name FROM institutions ORDER BY id LIMIT 10000;

CREATE UNIQUE INDEX past_places_by_number ON past_places (n);

-- Of 10,000 institutions the first tenth has half of all connections.
CREATE TEMPORARY TABLE past_connections AS
WITH RECURSIVE numbers (j) AS (
    SELECT CAST(1 AS BIGINT) UNION ALL SELECT j + 1 FROM numbers WHERE j < :connections
), mixed AS (
    SELECT j, (j - 1) / 3 * 2 + CASE WHEN (j - 1) % 3 = 0 THEN 1 ELSE 2 END AS person, j * 48271 % 99991 AS r
    FROM numbers
)
SELECT m.j, m.person, p.id AS place, p.name, :now - (91 + m.j % 300) * 86400 AS since
FROM mixed m JOIN past_places p
    ON p.n = 1 + m.r * m.r / 99991 * m.r / 99991 * (SELECT count(*) FROM past_places) / 99991;

-- Stretch k of connection j, where it breaks; 1,000 r decide how, when and for
-- how long. The last ones may still be broken.
CREATE TEMPORARY TABLE past_breaks AS
WITH stretches (k) AS (SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2), mixed AS (
    SELECT c.j, s.k, c.place, (c.j * 16807 + s.k * 39373 + c.j * s.k * 91) % 99989 AS r
    FROM past_connections c CROSS JOIN stretches s
), begun AS (
    SELECT j, k, place, r,
        :now - (90 - k * 30) * 86400 + r * 7919 % (CASE k WHEN 2 THEN 2590000 ELSE 1728000 END) AS since,
        3600 + r * 31 % 930 * (r * 31 % 930) AS lasts,
        CASE WHEN r * 13 % 100 < 35 THEN 103 WHEN r * 13 % 100 < 50 THEN 185 WHEN r * 13 % 100 < 60 THEN 948
            WHEN r * 13 % 100 < 65 THEN 108 WHEN r * 13 % 100 < 70 THEN 187 WHEN r * 13 % 100 < 75 THEN 946
            WHEN r * 13 % 100 < 88 THEN 102 WHEN r * 13 % 100 < 94 THEN 106 WHEN r * 13 % 100 < 97 THEN 931 ELSE 168 END AS code
    FROM mixed WHERE r % 100 < 45
)
SELECT j, k, place, code, since, CASE WHEN since + lasts < :now THEN since + lasts END AS until,
    r % 2 = 1 AS fixed FROM begun WHERE since < :now;

INSERT INTO users (id, email, email_key, password_hash, role, language, email_confirmed_at, created_at)
WITH RECURSIVE numbers (i) AS (
    SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM numbers WHERE i < :people
)
SELECT ⟨i⟩, 'user' || i || '@example.com', 'user' || i || '@example.com', '', 'user',
    CASE i % 10 WHEN 0 THEN 'es' WHEN 1 THEN 'fr' ELSE 'en' END,
    ⟦:now - 400 * 86400⟧, ⟦:now - 400 * 86400⟧
FROM numbers;

INSERT INTO customers (user_id, username, customer_id, created_at, read_at, tried_at)
WITH RECURSIVE numbers (i) AS (
    SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM numbers WHERE i < :people
)
SELECT ⟨i⟩, 'past-' || i, CAST(6000000000 + i AS TEXT), ⟦:now - 400 * 86400⟧,
    ⟦:now - i % 14400⟧, ⟦:now - i % 14400⟧
FROM numbers;

INSERT INTO connect_sessions (id, user_id, customer_id, institution_id, institution_name, institution_ids,
    reference, facts, version, created_at, ended_at)
SELECT ⟨j⟩, ⟨person⟩, CAST(6000000000 + person AS TEXT), place, name, ⦃'[]'⦄, 'past-' || j, ⦃'{}'⦄, 0, ⟦since⟧, ⟦since + 60⟧
FROM past_connections;

INSERT INTO connections (id, user_id, customer_id, institution_login_id, institution_id, institution_name, connected_at)
SELECT ⟨j⟩, ⟨person⟩, CAST(6000000000 + person AS TEXT), CAST(7000000000 + j AS TEXT), place, name, ⟦since + 60⟧
FROM past_connections;

INSERT INTO accounts (id, connection_id, customer_id, upstream_id, connect_session_id, name, kind, mask, currency,
    status_code, attempted_at, succeeded_at, choice, chosen_at, arrived_at, read_at)
WITH twice (n, kind) AS (SELECT 0, 'checking' UNION ALL SELECT 1, 'savings')
SELECT ⟨c.j * 2 + t.n⟩, ⟨c.j⟩, CAST(6000000000 + c.person AS TEXT), CAST(8000000000 + c.j * 2 + t.n AS TEXT), ⟨c.j⟩,
    t.kind, t.kind, '4821', 'USD', COALESCE(b.code, 0), ⟦:now - c.person % 14400⟧,
    ⟦COALESCE(b.since, :now - c.person % 14400)⟧, 'kept', ⟦c.since + 120⟧, ⟦c.since + 60⟧, ⟦:now - c.person % 14400⟧
FROM past_connections c CROSS JOIN twice t LEFT JOIN past_breaks b ON b.j = c.j AND b.k = 2 AND b.until IS NULL;

INSERT INTO breaks (id, connection_id, code, last_good_at, failed_at, opened_at, closed_at, ended, institution_id,
    counted, end_counted, through_fix, fixable, language, told_at, mailed_at)
SELECT ⟨j * 3 + k⟩, ⟨j⟩, code, ⟦since - 3600⟧, ⟦since⟧, ⟦since⟧, ⟦until⟧, CASE WHEN until IS NOT NULL THEN 'repaired' END,
    place, TRUE, CASE WHEN until IS NOT NULL THEN TRUE END, CASE WHEN until IS NOT NULL THEN fixed ELSE FALSE END,
    code NOT IN (102, 106, 931), CASE j % 10 WHEN 0 THEN 'es' WHEN 1 THEN 'fr' ELSE 'en' END,
    CASE WHEN j % 7 > 0 THEN ⟦since + 900⟧ END, CASE WHEN j % 3 > 0 THEN ⟦since + 1800⟧ END
FROM past_breaks;

INSERT INTO standing_intervals (connection_id, from_at, until_at, institution_id, standing, code)
WITH moments AS (
    SELECT j, since + 60 AS at, place, 'healthy' AS standing, 0 AS code FROM past_connections
    UNION ALL SELECT j, since, place, 'broken', code FROM past_breaks
    UNION ALL SELECT j, until, place, 'healthy', 0 FROM past_breaks WHERE until IS NOT NULL
), spans AS (
    SELECT j, at, lead(at) OVER (PARTITION BY j ORDER BY at) AS until, place, standing, code FROM moments
)
SELECT ⟨j⟩, ⟦at⟧, ⟦until⟧, place, standing, code FROM spans;

INSERT INTO connection_history (id, connection_id, at, change)
SELECT ⟨j * 6 + k * 2⟩, ⟨j⟩, ⟦since⟧, ⦃'{"kind":"broke","code":' || code || '}'⦄ FROM past_breaks
UNION ALL SELECT ⟨j * 6 + k * 2 + 1⟩, ⟨j⟩, ⟦until⟧, ⦃'{"kind":"repaired"}'⦄ FROM past_breaks WHERE until IS NOT NULL;

-- A visit of each repair through Fix, with what Mastercard told of it.
INSERT INTO connect_sessions (id, user_id, customer_id, institution_id, institution_name, institution_ids,
    reference, facts, version, created_at, ended_at, connection_id, language, break_id)
SELECT ⟨:connections + b.j * 3 + b.k⟩, ⟨c.person⟩, CAST(6000000000 + c.person AS TEXT), c.place, c.name, ⦃'[]'⦄,
    'past-' || b.j || '-' || b.k, ⦃'{"link_made":"2020-01-01T00:00:00Z","added":"2020-01-01T00:00:00Z"}'⦄, 0,
    ⟦b.until - 900⟧, ⟦b.until - 600⟧, ⟨b.j⟩, 'en', ⟨b.j * 3 + b.k⟩
FROM past_breaks b JOIN past_connections c ON c.j = b.j WHERE b.fixed AND b.until IS NOT NULL;

-- A second visit of every fifth, in the ninety days, and what became of it.
INSERT INTO connect_sessions (id, user_id, customer_id, institution_id, institution_name, institution_ids,
    reference, facts, version, created_at, ended_at, language)
SELECT ⟨:connections * 9 + j⟩, ⟨person⟩, CAST(6000000000 + person AS TEXT), place, name, ⦃'[]'⦄, 'past-again-' || j,
    ⦃CASE j % 4 WHEN 0 THEN '{"link_refused":"unreachable"}'
        WHEN 1 THEN '{"link_made":"2020-01-01T00:00:00Z","left":"2020-01-01T00:00:00Z"}'
        WHEN 2 THEN '{"link_made":"2020-01-01T00:00:00Z","trouble":{"at":"2020-01-01T00:00:00Z","code":108}}'
        ELSE '{"link_made":"2020-01-01T00:00:00Z","connected":"2020-01-01T00:00:00Z","kept":"2020-01-01T00:00:00Z"}'
    END⦄, 0, ⟦:now - j % 90 * 86400 - 60⟧, ⟦:now - j % 90 * 86400⟧, CASE j % 10 WHEN 0 THEN 'es' ELSE 'en' END
FROM past_connections WHERE j % 5 = 0;

INSERT INTO events (event_id, reference, kind, body, body_hash, signed_by, received_at, state, processed_at, customer_id)
WITH thrice (n, kind) AS (SELECT 0, 'started' UNION ALL SELECT 1, 'added' UNION ALL SELECT 2, 'done')
SELECT b.j || '-' || b.k || '-' || t.n, 'past-' || b.j || '-' || b.k, t.kind, ⦃'{"kind":"' || t.kind || '","accounts":[]}'⦄, '',
    0, ⟦b.until - 900 + t.n * 150⟧, 'applied', ⟦b.until - 899 + t.n * 150⟧, CAST(6000000000 + c.person AS TEXT)
FROM past_breaks b JOIN past_connections c ON c.j = b.j CROSS JOIN thrice t
WHERE b.fixed AND b.until IS NOT NULL;

INSERT INTO event_hours (hour, n)
SELECT (until - 900 + n * 150) / 3600, count(*)
FROM past_breaks CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2) AS thrice
WHERE fixed AND until IS NOT NULL GROUP BY 1;

-- Twenty campaigns, one every four days, to all that 103 had broken then. The
-- latest is not through.
CREATE TEMPORARY TABLE past_campaigns AS
WITH RECURSIVE numbers (i) AS (
    SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM numbers WHERE i < 20
)
SELECT i, :now - (i * 4 - 3) * 86400 AS at FROM numbers;

INSERT INTO campaigns (id, made_at, made_by, days_from, channel, told_days, state, counted, counted_at, sent_at,
    sent_by, taken_at)
SELECT ⟨i⟩, ⟦at⟧, ⟨1⟩, 0, 'email', 7, 'sending', ⦃'{"done":true,"after":null,"write":1,"left_out":{}}'⦄, ⟦at⟧, ⟦at⟧,
    ⟨1⟩, ⟦at⟧
FROM past_campaigns;

INSERT INTO campaign_codes (campaign_id, code) SELECT ⟨i⟩, 103 FROM past_campaigns;

INSERT INTO campaign_targets (campaign_id, institution_id, connection_id, user_id, break_id, state, due_at, ended_at,
    sent_ms, came_at, started_at, settled_at, settled, took)
WITH asked AS (
    SELECT k.i, k.at, b.j, b.k, b.place, b.until, b.fixed, c.person, CASE WHEN b.j % 10 = 0 THEN 'snoozed'
        WHEN b.j % 10 = 1 THEN 'told' WHEN b.j % 10 = 2 AND k.i = 1 THEN 'waiting' ELSE 'sent' END AS state
    FROM past_breaks b JOIN past_campaigns k ON b.since < k.at AND (b.until IS NULL OR b.until > k.at)
        JOIN past_connections c ON c.j = b.j
    WHERE b.code = 103
)
SELECT ⟨i⟩, place, ⟨j⟩, ⟨person⟩, ⟨j * 3 + k⟩, state, ⟦at⟧, CASE WHEN state <> 'waiting' THEN ⟦at⟧ END,
    CASE WHEN state = 'sent' THEN at * 1000 END, CASE WHEN state = 'sent' AND j % 3 > 0 THEN ⟦at + 600⟧ END,
    CASE WHEN state = 'sent' AND fixed THEN ⟦at + 900⟧ END,
    CASE WHEN state = 'sent' AND until IS NOT NULL THEN ⟦until⟧ END,
    CASE WHEN state = 'sent' AND until IS NOT NULL THEN CASE WHEN fixed THEN 'proven' ELSE 'healed' END END,
    CASE WHEN state = 'sent' AND until IS NOT NULL AND fixed THEN (until - at) * 1000 END
FROM asked;

-- Trouble at Mastercard since yesterday, and at the largest institution.
CREATE TEMPORARY TABLE past_largest AS
SELECT place FROM past_connections GROUP BY place ORDER BY count(*) DESC, place LIMIT 1;

CREATE TEMPORARY TABLE past_outages AS
SELECT 1 AS o, c.j, c.person, b.since, b.until FROM past_breaks b JOIN past_connections c ON c.j = b.j
WHERE b.since >= :now - 86400
UNION ALL
SELECT 2, c.j, c.person, b.since, b.until FROM past_breaks b JOIN past_connections c ON c.j = b.j
WHERE b.until IS NULL AND c.place = (SELECT place FROM past_largest);

INSERT INTO outages (id, institution_id, seen_by, counted_from, began_at, opened_at, affected)
SELECT ⟨o⟩, CASE o WHEN 2 THEN (SELECT place FROM past_largest) END,
    'failures', ⟦:now - 86400⟧, ⟦min(since)⟧, ⟦min(since) + 900⟧, count(DISTINCT person)
FROM past_outages GROUP BY o;

INSERT INTO outage_connections (outage_id, connection_id, joined_at, back_at)
SELECT ⟨o⟩, ⟨j⟩, ⟦since + 900⟧, ⟦until⟧ FROM past_outages;

DROP TABLE past_outages;
DROP TABLE past_largest;
DROP TABLE past_campaigns;
DROP TABLE past_breaks;
DROP TABLE past_connections;
DROP TABLE past_places;
