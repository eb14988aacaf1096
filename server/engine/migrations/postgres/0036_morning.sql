-- How many events came in each hour since 1970: health is asked this all day.
CREATE TABLE event_hours (
    hour BIGINT NOT NULL PRIMARY KEY,
    n BIGINT NOT NULL
);

INSERT INTO event_hours (hour, n)
SELECT CAST(floor(extract(epoch FROM received_at)) AS BIGINT) / 3600, count(*) FROM events GROUP BY 1;

-- Of the open outages those that cut off the most customers.
CREATE INDEX outages_foremost ON outages (affected, id) WHERE closed_at IS NULL;
