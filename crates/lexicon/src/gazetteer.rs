use crate::Names;
use crate::table::NamesBuilder;
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

/// Place names of the world, and the places that bear each.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Gazetteer {
    /// All places.
    pub places: Vec<PlaceRow>,
    names: Names,
    firsts: Vec<u32>,
    bearers: Vec<u32>,
}

impl Gazetteer {
    /// Builds a gazetteer from places and all names of each. Bearers of one name keep the order of `places`.
    pub fn build(rows: Vec<(PlaceRow, Vec<String>)>) -> Gazetteer {
        let mut builder = NamesBuilder::new();
        let mut bearers: Vec<Vec<u32>> = Vec::new();
        let mut places = Vec::new();
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
            places.push(row);
        }
        let mut out = Gazetteer {
            places,
            names: builder.build(),
            firsts: vec![0],
            bearers: Vec::new(),
        };
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
