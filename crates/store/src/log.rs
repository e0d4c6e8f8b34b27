//! The transparency log: leaves, the tiles of their hashes, and signed heads, in the tables of the ledger.

use crate::leaf::{Deed, Leaf};
use crate::rows::column;
use crate::{Error, Store};
use rusqlite::{Connection, OptionalExtension, params};
use signed_note::{Note, StandardSigner};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use tlog_tiles::{
    Checkpoint, Error as TreeError, Hash, HashReader, Tile, prove_record, prove_tree, record_hash,
    stored_hashes_for_record_hash, tree_hash,
};

/// The height of a tile: it holds 256 hashes, as C2SP tlog-tiles has it.
pub(crate) const HEIGHT: u8 = 8;

/// The log's right edge within a transaction: what is appended is written by [`Edge::sign`].
pub(crate) struct Edge<'a> {
    db: &'a Connection,
    size: u64,
    tiles: RefCell<BTreeMap<(u8, u64), Vec<u8>>>,
    /// Tiles that are not as they stand in the ledger.
    changed: BTreeSet<(u8, u64)>,
}

impl<'a> Edge<'a> {
    pub(crate) fn of(db: &'a Connection) -> Result<Self, Error> {
        Ok(Self {
            db,
            size: size(db)?,
            tiles: RefCell::default(),
            changed: BTreeSet::new(),
        })
    }

    /// Adds a leaf and gives its number.
    pub(crate) fn append(&mut self, at: &str, deed: Deed) -> Result<u64, Error> {
        let n = self.size;
        let body = serde_json::to_string(&Leaf::new(at.into(), deed))?;
        self.db
            .prepare_cached("INSERT INTO leaf (n, body) VALUES (?1, ?2)")?
            .execute(params![column(n), body])?;
        let hashes = stored_hashes_for_record_hash(n, record_hash(body.as_bytes()), self)?;
        for (level, hash) in (0_u8..).zip(hashes).filter(|(level, _)| level % HEIGHT == 0) {
            // The hashes at every eighth level are what tiles are made of.
            let at = (level / HEIGHT, (n >> level) >> HEIGHT);
            self.load(at)?;
            self.tiles.borrow_mut().entry(at).or_default().extend(hash.0);
            self.changed.insert(at);
        }
        self.size += 1;
        Ok(n)
    }

    /// How many leaves there are: the number of the next.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Whether anything was appended.
    pub(crate) fn grew(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Writes the tiles and the signed head of what was appended.
    pub(crate) fn sign(self, signer: &StandardSigner) -> Result<(), Error> {
        let tiles = self.tiles.borrow();
        let mut put = self.db.prepare_cached(
            "INSERT INTO tile (level, n, hashes) VALUES (?1, ?2, ?3)
             ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes",
        )?;
        for at @ (level, n) in &self.changed {
            put.execute(params![level, column(*n), tiles[at]])?;
        }
        drop(tiles);
        let note = note(signer, self.size, tree_hash(self.size, &self)?)?;
        self.db
            .prepare_cached("INSERT INTO checkpoint (size, note) VALUES (?1, ?2)")?
            .execute(params![column(self.size), note])?;
        Ok(())
    }

    /// Has a tile in memory, as far as the ledger holds one.
    fn load(&self, at: (u8, u64)) -> Result<(), rusqlite::Error> {
        if self.tiles.borrow().contains_key(&at) {
            return Ok(());
        }
        let hashes = self
            .db
            .prepare_cached("SELECT hashes FROM tile WHERE level = ?1 AND n = ?2")?
            .query_row(params![at.0, column(at.1)], |row| row.get(0))
            .optional()?;
        self.tiles.borrow_mut().insert(at, hashes.unwrap_or_default());
        Ok(())
    }
}

impl HashReader for Edge<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, TreeError> {
        let one = |&index: &u64| {
            let tile = Tile::from_index(HEIGHT, index);
            let at = (tile.level(), tile.level_index());
            self.load(at).map_err(|e| TreeError::InvalidInput(e.to_string()))?;
            tile.hash_at_index(&self.tiles.borrow()[&at], index)
        };
        indexes.iter().map(one).collect()
    }
}

/// The head of a log as a signed note: name, size and root, and the signature.
fn note(signer: &StandardSigner, size: u64, root: Hash) -> Result<String, Error> {
    use signed_note::Signer as _;
    let head = Checkpoint::new(signer.name(), size, root, "").map_err(|e| Error::Log(e.to_string()))?;
    let mut note = Note::new(&head.to_bytes(), &[])?;
    note.add_sigs(&[signer])?;
    String::from_utf8(note.to_bytes()).map_err(|e| Error::Log(e.to_string()))
}

/// How many leaves there are.
pub(crate) fn size(db: &Connection) -> Result<u64, Error> {
    let last: Option<i64> = db
        .prepare_cached("SELECT max(n) FROM leaf")?
        .query_row([], |row| row.get(0))?;
    Ok(last.map_or(0, |n| n.unsigned_abs() + 1))
}

/// That a leaf stands in the log, or that one head of it goes on from another: hashes of 32 bytes, as RFC 6962 orders
/// them (2.1.1, 2.1.2).
pub type Proof = Vec<[u8; 32]>;

impl Store {
    /// The public half of the key that signs the log, as C2SP signed-note writes it.
    pub fn key(&self) -> Result<String, Error> {
        crate::key::public(&self.db)
    }

    /// How many leaves the log has.
    pub fn leaves(&self) -> Result<u64, Error> {
        size(&self.db)
    }

    /// The leaf of that number.
    pub fn leaf(&self, n: u64) -> Result<Option<Leaf>, Error> {
        let body: Option<String> = self
            .db
            .prepare_cached("SELECT body FROM leaf WHERE n = ?1")?
            .query_row([column(n)], |row| row.get(0))
            .optional()?;
        Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
    }

    /// The last signed head of the log (C2SP tlog-checkpoint); none while it is empty.
    pub fn checkpoint(&self) -> Result<Option<String>, Error> {
        Ok(self
            .db
            .query_row("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1", [], |row| {
                row.get(0)
            })
            .optional()?)
    }

    /// That leaf `n` stands in the log as it is now.
    pub fn inclusion(&self, n: u64) -> Result<Proof, Error> {
        let edge = Edge::of(&self.db)?;
        if n >= edge.size {
            return Err(Error::Ask(format!(
                "the log has {} leaves: there is none of number {n}",
                edge.size
            )));
        }
        Ok(prove_record(edge.size, n, &edge)?
            .into_iter()
            .map(|hash| hash.0)
            .collect())
    }

    /// The same with the signed head that it leads to, as C2SP tlog-proof writes it: to be handed on with the leaf.
    pub fn proof(&self, n: u64) -> Result<String, Error> {
        let hashes: String = self
            .inclusion(n)?
            .into_iter()
            .map(|hash| format!("{}\n", Hash(hash)))
            .collect();
        let head = self.checkpoint()?.unwrap_or_default();
        Ok(format!("c2sp.org/tlog-proof@v1\nindex {n}\n{hashes}\n{head}"))
    }

    /// That the log as it is now goes on from its first `size` leaves.
    pub fn consistency(&self, size: u64) -> Result<Proof, Error> {
        let edge = Edge::of(&self.db)?;
        Ok(prove_tree(edge.size, size, &edge)?
            .into_iter()
            .map(|hash| hash.0)
            .collect())
    }
}
