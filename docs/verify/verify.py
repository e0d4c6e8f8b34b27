#!/usr/bin/env python3
"""Verifies ledgers of counterclaim without the program: python3 verify.py LEDGER... [--against CHECKPOINT]

Needs Python 3.9 or later and the package `cryptography`. Prints a line a ledger and ends with 1 where one is not as it was
signed. README.md, beside this file, says what is checked and what that proves.
"""
import argparse, base64, hashlib, json, sqlite3, sys, urllib.parse
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

sha = lambda data: hashlib.sha256(data).digest()
digest = lambda words: "sha256:" + sha(words.encode()).hex()
unbase = lambda words: base64.b64decode(words, validate=True)


class Wrong(Exception):
    """The first thing that is not as it should be."""


def hold(holds, wrong):
    if not holds:
        raise Wrong(wrong)


class Tree:
    """The hashes of RFC 6962 over leaves that come one by one, and the tiles of C2SP tlog-tiles."""

    def __init__(self):
        self.size, self.halves, self.tiles = 0, [], {}

    def push(self, leaf):
        level, node = 0, sha(b"\0" + leaf)
        while True:
            if level % 8 == 0:
                at = (level // 8, self.size >> level >> 8)
                self.tiles[at] = self.tiles.get(at, b"") + node
            if not self.halves or self.halves[-1][0] != level:
                break
            node, level = sha(b"\1" + self.halves.pop()[1] + node), level + 1
        self.halves.append((level, node))
        self.size += 1

    def root(self):
        root = None
        for _, half in reversed(self.halves):
            root = half if root is None else sha(b"\1" + half + root)
        return sha(b"") if root is None else root


def signed(note, key):
    """Size and root of a checkpoint (C2SP signed-note and tlog-checkpoint) that this key signed."""
    name, ident, public = key.split("+", 2)
    public = unbase(public)
    hold(public[0] == 1 and ident == sha(f"{name}\n".encode() + public)[:4].hex(), "the ledger's key is none")
    text, _, signature = note.rpartition("\n\n")
    origin, size, root = text.split("\n")
    dash, signer, signature = signature.split(" ")
    raw = unbase(signature.strip())
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[4:], (text + "\n").encode())
    again = f"{name}\n{int(size)}\n{base64.b64encode(unbase(root)).decode()}\n\n"
    again += f"\u2014 {name} {base64.b64encode(bytes.fromhex(ident) + raw[4:]).decode()}\n"
    hold(again == note, "a checkpoint holds more than it should")
    return int(size), unbase(root)


def log(db, against):
    """Checks the log from its first leaf; gives what its leaves say that the ledger holds."""
    keys = [key for (key,) in db.execute("SELECT public FROM key")]
    hold(len(keys) == 1, f"the ledger has {len(keys)} keys")
    heads = {size: (note, *signed(note, keys[0])) for size, note in db.execute("SELECT size, note FROM checkpoint")}
    kept = signed(against, keys[0]) if against else None
    tree, reports, decisions, earlier = Tree(), {}, {}, {}

    def head():
        hold(not kept or kept[0] != tree.size or kept[1] == tree.root(), "the log does not go on from that checkpoint")
        if tree.size not in heads:
            return False
        hold(heads.pop(tree.size)[1:] == (tree.size, tree.root()), f"the checkpoint of {tree.size} leaves is not theirs")
        return True

    covered = head()
    for n, body in db.execute("SELECT n, body FROM leaf ORDER BY n"):
        hold(n == tree.size, f"leaf {tree.size} is missing")
        tree.push(body.encode())
        covered = head()
        leaf = json.loads(body)
        if leaf["kind"] in ("decision", "redaction"):
            decisions[leaf["decision"]] = leaf["digest"]
            decisions.update(leaf.get("decisions", []))
        for held in leaf["reports"] if leaf["kind"] == "redaction" else [leaf] if "document" in leaf else []:
            was = reports.get(held["document"])
            hold((was is None) == (leaf["kind"] in ("entry", "adoption")), f"leaf {n} does not follow from those before")
            before = dict(was["before"]) if was else {}
            if leaf["kind"] == "reading":
                before[was["n"]] = was["reading"]
            reports[held["document"]] = {**held, "n": n, "before": {} if leaf["kind"] == "redaction" else before}
    hold(covered and not heads, "the leaves and the checkpoints do not end together")
    hold(not kept or kept[0] <= tree.size, "the log is shorter than that checkpoint")
    tiles = {(level, n): hashes for level, n, hashes in db.execute("SELECT level, n, hashes FROM tile")}
    hold(tiles == tree.tiles, "the tiles are not those of the leaves")
    for report in reports.values():
        earlier.update(report["before"])
    return tree.size, reports, decisions, earlier


def verify(path, against=None):
    db = sqlite3.connect(f"file:{urllib.parse.quote(path)}?mode=ro", uri=True)
    hold(db.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",), "the file is damaged")
    leaves, reports, decisions, earlier = log(db, against)
    count = len(reports)
    columns = "seq, leaf, id, uri, title, outlet, language, published, text, rest"
    for seq, leaf, *row in db.execute(f"SELECT {columns} FROM document ORDER BY seq"):
        held = reports.pop(seq, None)
        hold(held and (leaf, row[0], row[1]) == (held["n"], held["capture"], held["address"]), f"report {seq} is on no record")
        claims = db.execute("SELECT id, start, stop, voice, stance, body FROM claim WHERE document = ? ORDER BY number", [seq])
        row.append([list(claim) for claim in claims])
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        hold(digest(row[6]) == held["text"], f"the text of report {seq} is not what leaf {leaf} tells")
        hold(digest(line) == held["reading"], f"the reading of report {seq} is not what leaf {leaf} tells")
    hold(not reports, f"reports are missing: {sorted(reports)}")
    for table, column, told in (("decision", "seq", decisions), ("earlier", "leaf", earlier)):
        there = {n: digest(body) for n, body in db.execute(f"SELECT {column}, body FROM {table}")}
        hold(there == told, f"the rows of {table} are not what the log tells")
    return f"{count} reports, {leaves} leaves: as they were signed"


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Verifies ledgers of counterclaim.")
    arguments.add_argument("ledgers", nargs="+")
    arguments.add_argument("--against", help="a checkpoint that was kept elsewhere")
    arguments = arguments.parse_args()
    against = open(arguments.against, encoding="utf-8").read() if arguments.against else None
    wrong = False
    for ledger in arguments.ledgers:
        try:
            print(f"{ledger}: {verify(ledger, against)}")
        except Exception as error:  # whatever cannot be read is not as it was signed
            wrong = True
            print(f"{ledger}: WRONG: {error or type(error).__name__}")
    sys.exit(wrong)
