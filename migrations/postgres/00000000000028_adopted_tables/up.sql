-- What the tables of a reference database were like when it was taken over: it is given back only while they are so.
CREATE TABLE adopted_tables (
    name TEXT NOT NULL PRIMARY KEY,
    row_count BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    revision TEXT,
    adopted_at TIMESTAMP NOT NULL
);
