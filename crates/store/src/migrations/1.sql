-- Reports. `seq` is the order of adding; a report is known by the digest of its bytes and its address.
CREATE TABLE document (
    seq       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL,
    uri       TEXT NOT NULL,
    title     TEXT,
    outlet    TEXT,
    language  TEXT,
    published TEXT,
    text      TEXT NOT NULL,
    -- What hangs on the report besides its claims, as JSON: repairs, exhibits, mentions, checks, notes.
    rest      TEXT NOT NULL,
    UNIQUE (id, uri)
) STRICT;

-- Claims in text order. `body` is the claim as the contract writes it; the columns are what filters ask for.
CREATE TABLE claim (
    seq      INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (seq) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    id       TEXT NOT NULL,
    -- The content's code points in document.text, end exclusive.
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL,
    voice    TEXT NOT NULL,
    stance   TEXT NOT NULL,
    body     TEXT NOT NULL,
    UNIQUE (document, number)
) STRICT;
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_stance ON claim (stance);

-- The parties that make a claim.
CREATE TABLE claimant (
    claim INTEGER NOT NULL REFERENCES claim (seq) ON DELETE CASCADE,
    party TEXT NOT NULL,
    PRIMARY KEY (claim, party)
) STRICT, WITHOUT ROWID;
CREATE INDEX claimant_party ON claimant (party);
