use crate::Names;
use crate::packed::Packed;
use crate::table::NamesBuilder;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// One place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// GeoNames id, 0 where there is none.
    pub id: u32,
    /// Neutral preferred English name.
    pub name: String,
    /// ISO 3166-1 alpha-3, empty where disputed or at sea.
    pub country: String,
    /// First-level division.
    pub admin1: String,
    /// Degrees north.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// People who live there, 0 where unknown.
    pub population: u32,
    /// `country`, `admin1`, `region`, `capital`, `city`, `sea`, …
    pub kind: String,
}

impl PlaceRow {
    /// The row as a gazetteer gives its places.
    pub fn place(&self) -> Place<'_> {
        Place {
            id: self.id,
            name: &self.name,
            country: &self.country,
            admin1: &self.admin1,
            lat: self.lat,
            lon: self.lon,
            population: self.population,
            kind: &self.kind,
        }
    }
}

/// A place of a [`Gazetteer`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of PlaceRow")]
pub struct Place<'g> {
    pub id: u32,
    pub name: &'g str,
    pub country: &'g str,
    pub admin1: &'g str,
    pub lat: f32,
    pub lon: f32,
    pub population: u32,
    pub kind: &'g str,
}

/// Place names of the world, and the places that bear each, in columns that load as they lie.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Gazetteer {
    names: Names,
    firsts: Packed<u32>,
    bearers: Packed<u32>,
    ids: Packed<u32>,
    lats: Packed<f32>,
    lons: Packed<f32>,
    populations: Packed<u32>,
    /// Per place its country, division and kind, as numbers of `codes`.
    coded: Packed<u32>,
    codes: Vec<String>,
    pool: String,
    ends: Packed<u32>,
}

impl Gazetteer {
    /// Builds a gazetteer from places and all names of each. Bearers of one name keep the order of the places.
    pub fn build(rows: Vec<(PlaceRow, Vec<String>)>) -> Gazetteer {
        let mut builder = NamesBuilder::new();
        let mut bearers: Vec<Vec<u32>> = Vec::new();
        let mut out = Gazetteer::default();
        let mut codes: FxHashMap<String, u32> = FxHashMap::default();
        for (n, (row, forms)) in rows.into_iter().enumerate() {
            for form in &forms {
                for words in crate::compile::spellings(form) {
                    let words: Vec<&str> = words.iter().map(String::as_str).collect();
                    let entry = builder.insert(&words, bearers.len() as u32) as usize;
                    if entry == bearers.len() {
                        bearers.push(Vec::new());
                    }
                    if bearers[entry].last() != Some(&(n as u32)) {
                        bearers[entry].push(n as u32);
                    }
                }
            }
            out.ids.push(row.id);
            out.lats.push(row.lat);
            out.lons.push(row.lon);
            out.populations.push(row.population);
            for code in [row.country, row.admin1, row.kind] {
                let next = codes.len() as u32;
                let number = *codes.entry(code.clone()).or_insert_with(|| {
                    out.codes.push(code);
                    next
                });
                out.coded.push(number);
            }
            out.pool.push_str(&row.name);
            out.ends.push(out.pool.len() as u32);
        }
        out.names = builder.build();
        out.firsts.push(0);
        for list in bearers {
            out.bearers.extend(list);
            out.firsts.push(out.bearers.len() as u32);
        }
        out
    }

    /// Loads what [`Gazetteer::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Gazetteer, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// The gazetteer as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("a gazetteer holds nothing that cannot be written")
    }

    /// The place of a number that [`Gazetteer::names_at`] gave.
    pub fn place(&self, number: u32) -> Place<'_> {
        let n = number as usize;
        let code = |column: usize| self.codes[self.coded[n * 3 + column] as usize].as_str();
        let start = if n == 0 { 0 } else { self.ends[n - 1] as usize };
        Place {
            id: self.ids[n],
            name: &self.pool[start..self.ends[n] as usize],
            country: code(0),
            admin1: code(1),
            lat: self.lats[n],
            lon: self.lons[n],
            population: self.populations[n],
            kind: code(2),
        }
    }

    /// The number of a word, 0 if no place name holds it.
    pub fn word(&self, word: &str, buffer: &mut String) -> u32 {
        self.names.word(word, buffer)
    }

    /// Names that start at the first of the word numbers that `next` gives: how many words, and which places bear it.
    pub fn names_at(&self, next: impl FnMut(usize) -> Option<u32>, mut found: impl FnMut(usize, &[u32])) {
        self.names.walk(next, |words, entry| {
            found(
                words,
                &self.bearers[self.firsts[entry as usize] as usize..self.firsts[entry as usize + 1] as usize],
            );
        });
    }
}
