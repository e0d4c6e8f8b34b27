use crate::Names;
use crate::packed::{self, Table};
use crate::table::NamesBuilder;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

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

/// Place names of the world, and the places that bear each, in columns that are read where they lie.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    names: Names,
    firsts: Table<u32>,
    bearers: Table<u32>,
    ids: Table<u32>,
    lats: Table<f32>,
    lons: Table<f32>,
    populations: Table<u32>,
    /// Per place its country, division and kind, as numbers of `codes`.
    coded: Table<u32>,
    codes: Vec<String>,
    pool: Cow<'static, str>,
    ends: Table<u32>,
}

impl Gazetteer {
    /// Builds a gazetteer from places and all names of each. Bearers of one name keep the order of the places.
    pub fn build(rows: Vec<(PlaceRow, Vec<String>)>) -> Gazetteer {
        let mut builder = NamesBuilder::new();
        let mut bearers: Vec<Vec<u32>> = Vec::new();
        let mut out = Columns::default();
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
        let mut firsts = vec![0];
        firsts.extend(bearers.iter().scan(0, |sum, list| {
            *sum += list.len() as u32;
            Some(*sum)
        }));
        Gazetteer {
            names: builder.build(),
            firsts: Table::new(&firsts),
            bearers: Table::new(&bearers.concat()),
            ids: Table::new(&out.ids),
            lats: Table::new(&out.lats),
            lons: Table::new(&out.lons),
            populations: Table::new(&out.populations),
            coded: Table::new(&out.coded),
            codes: out.codes,
            pool: Cow::Owned(out.pool),
            ends: Table::new(&out.ends),
        }
    }

    /// Loads what [`Gazetteer::to_bytes`] wrote. Its columns stay where they lie.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Gazetteer, postcard::Error> {
        let cut = postcard::Error::DeserializeUnexpectedEnd;
        let [
            codes,
            pool,
            firsts,
            bearers,
            ids,
            lats,
            lons,
            populations,
            coded,
            ends,
            a,
            b,
            c,
            d,
            e,
        ] = packed::read(bytes).ok_or(cut)?;
        Ok(Gazetteer {
            names: Names::lying([a, b, c, d, e]),
            firsts: Table::lying(firsts),
            bearers: Table::lying(bearers),
            ids: Table::lying(ids),
            lats: Table::lying(lats),
            lons: Table::lying(lons),
            populations: Table::lying(populations),
            coded: Table::lying(coded),
            codes: postcard::from_bytes(codes)?,
            pool: Cow::Borrowed(str::from_utf8(pool).map_err(|_| postcard::Error::DeserializeBadUtf8)?),
            ends: Table::lying(ends),
        })
    }

    /// The gazetteer as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let codes = postcard::to_stdvec(&self.codes).expect("strings can be written");
        let [a, b, c, d, e] = self.names.sections();
        packed::write(&[
            &codes,
            self.pool.as_bytes(),
            self.firsts.bytes(),
            self.bearers.bytes(),
            self.ids.bytes(),
            self.lats.bytes(),
            self.lons.bytes(),
            self.populations.bytes(),
            self.coded.bytes(),
            self.ends.bytes(),
            a,
            b,
            c,
            d,
            e,
        ])
    }

    /// The place of a number that [`Gazetteer::names_at`] gave.
    pub fn place(&self, number: u32) -> Place<'_> {
        let n = number as usize;
        let code = |column: usize| self.codes[self.coded.at(n * 3 + column) as usize].as_str();
        let start = if n == 0 { 0 } else { self.ends.at(n - 1) as usize };
        Place {
            id: self.ids.at(n),
            name: &self.pool[start..self.ends.at(n) as usize],
            country: code(0),
            admin1: code(1),
            lat: self.lats.at(n),
            lon: self.lons.at(n),
            population: self.populations.at(n),
            kind: code(2),
        }
    }

    /// The number of the word that has this [`key`](crate::key), 0 if no place name holds it.
    pub fn word(&self, key: u64) -> u32 {
        self.names.number(key)
    }

    /// Names that start at the first of the word numbers that `next` gives: how many words each has, and its number for
    /// [`Gazetteer::bearers`].
    pub fn names_at(&self, next: impl FnMut(usize) -> Option<u32>, found: impl FnMut(usize, u32)) {
        self.names.walk(next, found);
    }

    /// The places that bear a name.
    pub fn bearers(&self, name: u32) -> impl ExactSizeIterator<Item = u32> + '_ {
        let name = name as usize;
        (self.firsts.at(name) as usize..self.firsts.at(name + 1) as usize).map(|n| self.bearers.at(n))
    }
}

/// Columns that are being filled.
#[derive(Default)]
struct Columns {
    ids: Vec<u32>,
    lats: Vec<f32>,
    lons: Vec<f32>,
    populations: Vec<u32>,
    coded: Vec<u32>,
    codes: Vec<String>,
    pool: String,
    ends: Vec<u32>,
}
