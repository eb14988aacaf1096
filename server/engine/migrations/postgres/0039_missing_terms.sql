-- What was looked for in vain, summed over the days that are kept: a page of staff
-- reads the foremost.
CREATE TABLE missing_terms (
    term TEXT NOT NULL PRIMARY KEY,
    searches BIGINT NOT NULL,
    reports BIGINT NOT NULL,
    -- The last day on which it was missed.
    last TEXT NOT NULL
);

INSERT INTO missing_terms (term, searches, reports, last)
SELECT term, CAST(sum(searches) AS BIGINT), CAST(sum(reports) AS BIGINT), max(day)
FROM missing_institutions GROUP BY term;

CREATE INDEX missing_terms_by_searches ON missing_terms (searches DESC, term);
CREATE INDEX missing_terms_by_reports ON missing_terms (reports DESC, term);

-- What staff did in some days of long ago.
CREATE INDEX audit_by_time ON audit (at, seq);
