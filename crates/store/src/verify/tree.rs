use super::{Fault, hold};
use crate::leaf::Leaf;
use crate::log::HEIGHT;
use crate::rows::column;
use crate::{Error, key};
use rusqlite::{Connection, OptionalExtension, params};
use signed_note::{Note, StandardVerifier, Verifier as _, VerifierList};
use tlog_tiles::{Checkpoint, EMPTY_HASH, Hash, node_hash, record_hash};

/// What was counted on the way.
pub(super) struct Heads {
    pub(super) leaves: u64,
    pub(super) checkpoints: u64,
}

/// Goes through the log from its first leaf: leaves without gaps, every tile as it follows from them, every signed head
/// as it follows, nothing after the last head. Each leaf is handed to `each`.
pub(super) fn check(db: &Connection, mut each: impl FnMut(u64, Leaf) -> Result<(), Fault>) -> Result<Heads, Fault> {
    let verifier = verifier(db)?;
    let mut heads = db.prepare("SELECT size, note FROM checkpoint ORDER BY size")?;
    let mut heads = heads
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?
        .peekable();
    let mut tree = Tree::default();
    let mut checkpoints = 0;
    let mut signed = |tree: &Tree| -> Result<bool, Fault> {
        let Some(head) = heads.next_if(|head| head.as_ref().map_or(true, |(size, _)| *size <= column(tree.size)))
        else {
            return Ok(false);
        };
        let (size, note) = head?;
        let head = open(&note, &verifier)?;
        hold(size == column(head.size()) && head.size() == tree.size, || {
            format!("the checkpoint of {size} leaves is that of {}", head.size())
        })?;
        hold(*head.hash() == tree.root(), || {
            format!("the checkpoint of {size} leaves has another root than the leaves")
        })?;
        checkpoints += 1;
        Ok(true)
    };
    let mut covered = signed(&tree)?;
    let mut leaves = db.prepare("SELECT n, body FROM leaf ORDER BY n")?;
    let mut leaves = leaves.query([])?;
    while let Some(row) = leaves.next()? {
        let (n, body): (i64, String) = (row.get(0)?, row.get(1)?);
        hold(n == column(tree.size), || format!("leaf {} is missing", tree.size))?;
        tree.push(db, record_hash(body.as_bytes()))?;
        covered = signed(&tree)?;
        let leaf = serde_json::from_str(&body).map_err(|e| Fault::Wrong(format!("leaf {n} cannot be read: {e}")))?;
        each(n.unsigned_abs(), leaf)?;
    }
    hold(covered, || {
        format!(
            "the last leaf, {}, stands under no checkpoint",
            tree.size.saturating_sub(1)
        )
    })?;
    if let Some(head) = heads.next() {
        let size = head?.0;
        return Err(Fault::Wrong(format!(
            "there is a checkpoint of {size} leaves, and {} leaves",
            tree.size
        )));
    }
    tree.finish(db)?;
    Ok(Heads {
        leaves: tree.size,
        checkpoints,
    })
}

/// Whether the log goes on from a head that was kept elsewhere: the size of that head.
pub(super) fn goes_on_from(db: &Connection, note: &str) -> Result<u64, Fault> {
    let head = open(note, &verifier(db)?)?;
    let mut tree = Tree::default();
    let mut leaves = db.prepare("SELECT body FROM leaf ORDER BY n LIMIT ?1")?;
    let mut leaves = leaves.query([column(head.size())])?;
    while let Some(row) = leaves.next()? {
        tree.push(db, record_hash(row.get::<_, String>(0)?.as_bytes()))?;
    }
    hold(tree.size == head.size(), || {
        format!("the log has {} leaves, the checkpoint {}", tree.size, head.size())
    })?;
    hold(*head.hash() == tree.root(), || {
        format!("the first {} leaves are not those of the checkpoint", tree.size)
    })?;
    Ok(tree.size)
}

fn verifier(db: &Connection) -> Result<StandardVerifier, Fault> {
    let keys: i64 = db.query_row("SELECT count(*) FROM key", [], |row| row.get(0))?;
    hold(keys == 1, || format!("the ledger has {keys} keys"))?;
    StandardVerifier::new(&key::public(db)?).map_err(|e| Fault::Wrong(format!("the ledger's key is none: {e}")))
}

/// The head in a note that this key signed.
fn open(note: &str, verifier: &StandardVerifier) -> Result<Checkpoint, Fault> {
    let wrong =
        |what: &dyn std::fmt::Display| Fault::Wrong(format!("a checkpoint is not signed as it should be: {what}"));
    let read = Note::from_bytes(note.as_bytes()).map_err(|e| wrong(&e))?;
    let known = VerifierList::new(vec![Box::new(verifier.clone())]);
    let (good, strange) = read.verify(&known).map_err(|e| wrong(&e))?;
    // Read and written again it is the same: nothing hides beside what was signed.
    hold(
        good.len() == 1 && strange.is_empty() && read.to_bytes() == note.as_bytes(),
        || "a checkpoint holds more than it should".into(),
    )?;
    let head = Checkpoint::from_bytes(read.text()).map_err(|e| wrong(&e))?;
    hold(head.origin() == verifier.name() && head.extension().is_empty(), || {
        "a checkpoint is that of another log".into()
    })?;
    Ok(head)
}

/// The tree over the leaves so far: the roots of its complete halves, the largest first, and the tiles being filled.
#[derive(Default)]
struct Tree {
    size: u64,
    halves: Vec<(u8, Hash)>,
    tiles: Vec<Vec<u8>>,
}

impl Tree {
    fn push(&mut self, db: &Connection, leaf: Hash) -> Result<(), Fault> {
        let (mut level, mut hash) = (0, leaf);
        loop {
            if level % HEIGHT == 0 {
                self.lay(db, level / HEIGHT, hash)?;
            }
            match self.halves.last() {
                Some((of, left)) if *of == level => hash = node_hash(*left, hash),
                _ => break,
            }
            self.halves.pop();
            level += 1;
        }
        self.halves.push((level, hash));
        self.size += 1;
        Ok(())
    }

    /// Adds a hash to the tile being filled at a level; a full one is held against the ledger's.
    fn lay(&mut self, db: &Connection, level: u8, hash: Hash) -> Result<(), Fault> {
        let at = usize::from(level);
        if self.tiles.len() == at {
            self.tiles.push(Vec::new());
        }
        let tile = &mut self.tiles[at];
        tile.extend(hash.0);
        if tile.len() < 32 << HEIGHT {
            return Ok(());
        }
        let n = self.size >> (level * HEIGHT) >> HEIGHT;
        let full = std::mem::take(tile);
        same(db, level, n, &full)
    }

    /// Holds the tiles at the right edge against the ledger's, and counts all.
    fn finish(&self, db: &Connection) -> Result<(), Fault> {
        let mut tiles = 0;
        for (level, tile) in (0_u8..).zip(&self.tiles) {
            let n = self.size >> (level * HEIGHT) >> HEIGHT;
            if !tile.is_empty() {
                same(db, level, n, tile)?;
            }
            tiles += n + u64::from(!tile.is_empty());
        }
        let there: i64 = db.query_row("SELECT count(*) FROM tile", [], |row| row.get(0))?;
        hold(there == column(tiles), || {
            format!("the log has {there} tiles, its leaves make {tiles}")
        })
    }

    fn root(&self) -> Hash {
        let mut halves = self.halves.iter().rev().map(|half| half.1);
        let Some(last) = halves.next() else { return EMPTY_HASH };
        halves.fold(last, |right, left| node_hash(left, right))
    }
}

fn same(db: &Connection, level: u8, n: u64, ought: &[u8]) -> Result<(), Fault> {
    let is: Option<Vec<u8>> = db
        .prepare_cached("SELECT hashes FROM tile WHERE level = ?1 AND n = ?2")?
        .query_row(params![level, column(n)], |row| row.get(0))
        .optional()
        .map_err(Error::from)?;
    hold(is.as_deref() == Some(ought), || {
        format!("tile {n} of level {level} is not that of the leaves")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves and roots of the test vectors that the first implementations of RFC 6962 share.
    #[test]
    fn roots_are_those_of_the_known_vectors() {
        let leaves: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let db = Connection::open_in_memory().unwrap();
        let mut tree = Tree::default();
        assert_eq!(tree.root(), EMPTY_HASH);
        for (leaf, root) in leaves.into_iter().zip(roots) {
            assert!(tree.push(&db, record_hash(leaf)).is_ok());
            let hex: String = tree.root().0.iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(hex, root);
        }
    }
}
