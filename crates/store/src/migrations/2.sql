-- The transparency log (RFC 6962 hashing, tiles as C2SP tlog-tiles lays them out). Leaves hold digests, no words of reports.
CREATE TABLE key (
    -- The public half, as C2SP signed-note writes it: NAME+ID+BASE64. The other half lies in a file beside the ledger.
    public TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE leaf (
    -- Its number in the log, from 0 and without gaps.
    n    INTEGER PRIMARY KEY,
    -- JSON; its bytes as they stand are what is hashed.
    body TEXT NOT NULL
) STRICT;

-- 256 hashes of 32 bytes each in a full tile, fewer at the right edge.
CREATE TABLE tile (
    level  INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    UNIQUE (level, n)
) STRICT;

-- The signed head of the log (C2SP tlog-checkpoint) after each transaction that added to it.
CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY,
    note TEXT NOT NULL
) STRICT;

-- The last leaf that tells of the report.
ALTER TABLE document ADD COLUMN leaf INTEGER;

-- Readings that a later reading of the same report replaced: the very bytes whose digest stands in leaf `leaf`.
CREATE TABLE earlier (
    leaf     INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (seq) ON DELETE CASCADE,
    body     TEXT NOT NULL
) STRICT;
CREATE INDEX earlier_document ON earlier (document);

-- What people decided about claims: JSON as the crate `ledger` writes it.
CREATE TABLE decision (
    seq      INTEGER PRIMARY KEY,
    -- The document's id; its claims are named in the body.
    document TEXT NOT NULL,
    body     TEXT NOT NULL
) STRICT;
CREATE INDEX decision_document ON decision (document);

-- From here on, what filters ask for: made from `document` and `claim`, and made again from them at any time.

-- One row a claim. `first` and `last` are the days that it speaks of, counted from 1970-01-01.
CREATE TABLE facet (
    claim    INTEGER PRIMARY KEY REFERENCES claim (seq) ON DELETE CASCADE,
    document INTEGER NOT NULL,
    stance   TEXT NOT NULL,
    voice    TEXT NOT NULL,
    first    INTEGER,
    last     INTEGER
) STRICT;
DROP INDEX claim_stance;
CREATE INDEX facet_stance ON facet (stance);
CREATE INDEX facet_document ON facet (document);
CREATE VIRTUAL TABLE day USING rtree_i32(claim, first, last);

-- Places of a claim's events; coordinates in millionths of a degree.
CREATE TABLE place (
    seq     INTEGER PRIMARY KEY,
    claim   INTEGER NOT NULL REFERENCES claim (seq) ON DELETE CASCADE,
    name    TEXT NOT NULL COLLATE NOCASE,
    country TEXT,
    lat     INTEGER,
    lon     INTEGER
) STRICT;
CREATE INDEX place_claim ON place (claim);
CREATE INDEX place_name ON place (name, claim);
CREATE INDEX place_country ON place (country, claim);
CREATE VIRTUAL TABLE spot USING rtree_i32(seq, south, north, west, east);

-- Words without regard to marks on letters. `remove_diacritics` leaves the d with a stroke as it is, so that it is
-- made a d beforehand, here and in what is asked for.
CREATE VIEW report_said AS
    SELECT seq,
        replace(replace(title, char(273), 'd'), char(272), 'D') AS title,
        replace(replace(text, char(273), 'd'), char(272), 'D') AS text
    FROM document;
CREATE VIRTUAL TABLE report_words USING fts5(
    title, text, content = 'report_said', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2'
);
-- A claim's own words and those that name its sources.
CREATE VIRTUAL TABLE claim_words USING fts5(words, tokenize = 'unicode61 remove_diacritics 2');
