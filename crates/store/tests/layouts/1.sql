-- A ledger of layout 1 with two reports, as `.dump` of SQLite writes it.
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
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
INSERT INTO "claim" VALUES(1,1,0,'clm_729344e5b3c445fc',37,51,'source','denies','{"id":"clm_729344e5b3c445fc","start":37,"end":51,"voice":"source","source":[{"start":0,"end":29,"text":"The Armenian Defence Ministry","name":null,"person":null,"party":"ARM","sector":"MIL"}],"via":[],"cue":[{"start":30,"end":36}],"parts":[],"quoted":false,"stance":"denies","certainty":"plain","evidence":[],"said":null,"background":false,"events":[{"act":"other","negated":false,"actor":[],"target":[],"place":[],"time":null,"weapon":[],"toll":[],"losses":[]}],"rule":"en/attribution/clause.1"}');
INSERT INTO "claim" VALUES(2,1,1,'clm_5d3ae5bda468afb2',88,166,'source','asserts','{"id":"clm_5d3ae5bda468afb2","start":88,"end":166,"voice":"source","source":[{"start":53,"end":82,"text":"Azerbaijan''s Defence Ministry","name":null,"person":null,"party":"AZE","sector":"MIL"}],"via":[],"cue":[{"start":83,"end":87}],"parts":[],"quoted":false,"stance":"asserts","certainty":"plain","evidence":[],"said":null,"background":false,"events":[{"act":"shelling","negated":false,"actor":[{"party":"ARM","sector":"MIL","start":88,"end":103}],"target":[{"party":"AZE","sector":"UNK","start":116,"end":121}],"place":[{"start":116,"end":121,"name":"Ganja","country":"AZE","lat":40.68159866333008,"lon":46.36130142211914,"kind":"city"}],"time":"2020-10-04","weapon":[],"toll":[{"harm":"killed","who":"civilian","party":null,"min":2,"max":null,"approx":false}],"losses":[]}],"rule":"en/attribution/clause.1"}');
INSERT INTO "claim" VALUES(3,2,0,'clm_6deb5811bee76484',62,129,'source','asserts','{"id":"clm_6deb5811bee76484","start":62,"end":129,"voice":"source","source":[{"start":28,"end":52,"text":"Bộ Quốc phòng Azerbaijan","name":null,"person":null,"party":"AZE","sector":"MIL"}],"via":[],"cue":[{"start":53,"end":61}],"parts":[],"quoted":false,"stance":"asserts","certainty":"plain","evidence":[],"said":null,"background":false,"events":[{"act":"shelling","negated":false,"actor":[{"party":"ARM","sector":"MIL","start":62,"end":79}],"target":[{"party":"AZE","sector":"UNK","start":91,"end":96}],"place":[{"start":91,"end":96,"name":"Ganja","country":"AZE","lat":40.68159866333008,"lon":46.36130142211914,"kind":"city"}],"time":"2020-10-05","weapon":["artillery","small-arms"],"toll":[{"harm":"wounded","who":"military","party":null,"min":3,"max":3,"approx":false}],"losses":[]}],"rule":"vi/attribution/clause"}');
CREATE TABLE claimant (
    claim INTEGER NOT NULL REFERENCES claim (seq) ON DELETE CASCADE,
    party TEXT NOT NULL,
    PRIMARY KEY (claim, party)
) STRICT, WITHOUT ROWID;
INSERT INTO "claimant" VALUES(1,'ARM');
INSERT INTO "claimant" VALUES(2,'AZE');
INSERT INTO "claimant" VALUES(3,'AZE');
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
INSERT INTO "document" VALUES(1,'sha256:9817976ede2b0a64906fe55d9cb7a6205ccbcc3cca2d27c8f97fab29da175c3b','a.txt',NULL,NULL,'en','2020-10-06','The Armenian Defence Ministry denied the accusation. Azerbaijan''s Defence Ministry said Armenian forces had shelled Ganja on October 4, killing at least two civilians.
','{"repairs":[],"incidents":[{"id":"inc_4bc23c43772b468a","act":"shelling","background":false,"actor":[{"party":"ARM","sector":"MIL","start":88,"end":103}],"target":[{"party":"AZE","sector":"UNK","start":116,"end":121}],"place":[{"start":116,"end":121,"name":"Ganja","country":"AZE","lat":40.68159866333008,"lon":46.36130142211914,"kind":"city"}],"time":"2020-10-04","mentions":[{"claim":"clm_5d3ae5bda468afb2","event":0}],"reasons":["told first"]}],"exhibits":[],"mentions":null,"checks":[],"notes":[]}');
INSERT INTO "document" VALUES(2,'sha256:5b5472c8545df7b1d0515e4bac64a861a1f178ce6b708807d2816e4c544519c1','b.txt','Đồn biên phòng bị đốt cháy',NULL,'vi','2020-10-06','Đồn biên phòng bị đốt cháy

Bộ Quốc phòng Azerbaijan cho biết pháo binh Armenia đã bắn vào Ganja hôm 5/10, làm ba người bị thương.
','{"repairs":[],"incidents":[{"id":"inc_e49a87c7de51119f","act":"shelling","background":false,"actor":[{"party":"ARM","sector":"MIL","start":62,"end":79}],"target":[{"party":"AZE","sector":"UNK","start":91,"end":96}],"place":[{"start":91,"end":96,"name":"Ganja","country":"AZE","lat":40.68159866333008,"lon":46.36130142211914,"kind":"city"}],"time":"2020-10-05","mentions":[{"claim":"clm_6deb5811bee76484","event":0}],"reasons":["told first"]}],"exhibits":[],"mentions":null,"checks":[],"notes":[]}');
CREATE TABLE migration (version INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT;
INSERT INTO "migration" VALUES(1,'2026-11-27 21:19:51');
CREATE INDEX claim_id ON claim (id);
CREATE INDEX claim_stance ON claim (stance);
CREATE INDEX claimant_party ON claimant (party);
COMMIT;
PRAGMA application_id = 1128483917;
PRAGMA user_version = 1;
