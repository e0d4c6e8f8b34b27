//! Place names of the world, and the places that bear each, searched as they lie in the file.
//!
//! A gazetteer file is a head of [`HEAD`] bytes (a mark and the lengths of the sections) and six sections: names (an
//! `fst` map from a name in lower case to where its bearers begin), bearers, places, codes, preferred names, and a bit for each
//! of the [`hashes`] of all names, by which most words of a text are known to begin none. Nothing is parsed when it is opened.
//! All numbers are little-endian.

use crate::table::small;
use fst::raw::{Fst, Output};
use serde::{Deserialize, Serialize};
use unicode_normalization::char::compose;

/// The first bytes of a gazetteer file; the last of them is the layout's number.
pub(crate) const MARK: [u8; 8] = *b"ccgaz\0\0\x02";
pub(crate) const SECTIONS: usize = 6;
const HEAD: usize = 8 + SECTIONS * 8;
/// Bytes of a place.
pub(crate) const WIDTH: usize = 32;
/// Flags of a bearer, above the place's number.
pub(crate) const WEAK: u32 = 1 << 31;
pub(crate) const ALIAS: u32 = 1 << 30;
pub(crate) const ADJECTIVE: u32 = 1 << 29;
const NUMBER: u32 = ADJECTIVE - 1;

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
    /// Code of the de facto authority that bears the place's name, empty if there is none.
    #[serde(default)]
    pub party: String,
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
            party: &self.party,
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
    pub party: &'g str,
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bearer {
    /// The place's number.
    pub place: u32,
    /// The name is usually none of a place: a common word, a person's name.
    pub weak: bool,
    /// The name is not the place's preferred one, nor given to it by hand.
    pub alias: bool,
    /// An adjective or the name of its people.
    pub adjective: bool,
}

impl Bearer {
    fn of(bits: u32) -> Bearer {
        Bearer {
            place: bits & NUMBER,
            weak: bits & WEAK != 0,
            alias: bits & ALIAS != 0,
            adjective: bits & ADJECTIVE != 0,
        }
    }
}

/// Why bytes are no gazetteer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}; make the file anew with `counterclaim gazetteer import` or `cargo xtask gazetteer`")]
pub struct Damaged(&'static str);

/// Place names of the world, and the places that bear each.
#[derive(Clone)]
pub struct Gazetteer {
    names: Fst<&'static [u8]>,
    bearers: &'static [u8],
    places: &'static [u8],
    codes: &'static [u8],
    pool: &'static [u8],
    hashes: &'static [u8],
}

impl Gazetteer {
    /// Opens a gazetteer file's bytes, as [`crate::compile::gazetteer`] makes them.
    pub fn open(bytes: &'static [u8]) -> Result<Gazetteer, Damaged> {
        let (head, mut rest) = bytes
            .split_at_checked(HEAD)
            .ok_or(Damaged("the file is no gazetteer"))?;
        if head[..8] != MARK {
            return Err(Damaged("the file is no gazetteer of this version"));
        }
        let mut sections = [&b""[..]; SECTIONS];
        for (n, section) in sections.iter_mut().enumerate() {
            let mut length = [0; 8];
            length.copy_from_slice(&head[8 + n * 8..16 + n * 8]);
            let length = usize::try_from(u64::from_le_bytes(length)).unwrap_or(usize::MAX);
            (*section, rest) = rest.split_at_checked(length).ok_or(Damaged("the file is cut short"))?;
        }
        let [names, bearers, places, codes, pool, hashes] = sections;
        if !hashes.len().is_power_of_two() {
            return Err(Damaged("its hashes are damaged"));
        }
        Ok(Gazetteer {
            names: Fst::new(names).map_err(|_| Damaged("its names are damaged"))?,
            bearers,
            places,
            codes,
            pool,
            hashes,
        })
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.places.len() / WIDTH
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The place of a number that a [`Bearer`] gave.
    pub fn place(&self, number: u32) -> Place<'static> {
        let row = self
            .places
            .get(number as usize * WIDTH..(number as usize + 1) * WIDTH)
            .unwrap_or(&[0; WIDTH]);
        let start = word(row, 16) as usize;
        Place {
            id: word(row, 0),
            name: text(self.pool, start, start + half(row, 20) as usize),
            country: self.code(half(row, 22)),
            admin1: self.code(half(row, 24)),
            lat: f32::from_bits(word(row, 4)),
            lon: f32::from_bits(word(row, 8)),
            population: word(row, 12),
            kind: self.code(half(row, 26)),
            party: self.code(half(row, 28)),
        }
    }

    fn code(&self, number: u16) -> &'static str {
        let count = word(self.codes, 0) as usize;
        let end = |n: usize| if n == 0 { 0 } else { word(self.codes, n * 4) as usize };
        let from = 4 + count * 4;
        text(self.codes, from + end(number as usize), from + end(number as usize + 1))
    }

    /// Names that begin where `text` does and end at a word's end: calls `found` with the bytes of each and its bearers,
    /// shortest first. Case, kinds of apostrophes and hyphens, the width of spaces and spaces beside a
    /// hyphen make no difference.
    pub fn names_at(&self, text: &str, mut found: impl FnMut(usize, Bearers)) {
        if !self.may_begin(text) {
            return;
        }
        let mut node = self.names.root();
        let mut sum = Output::zero();
        let mut step = |c: char| {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let at = node.find_input(byte)?;
                let transition = node.transition(at);
                sum = sum.cat(transition.out);
                node = self.names.node(transition.addr);
            }
            Some(node.is_final().then(|| sum.cat(node.final_output())))
        };
        letters(text, |c, end| {
            let Some(c) = c else { return true };
            let Some(output) = step(c) else { return false };
            if let (Some(output), Some(end)) = (output, end) {
                found(end, self.bearers(output.value()));
            }
            true
        });
    }

    /// Whether a name can begin where a text does, as far as a table of hashes tells: few do, and the others are known by a look or two.
    fn may_begin(&self, text: &str) -> bool {
        let (mut hash, mut may) = (0, false);
        letters(text, |c, end| {
            let Some(c) = c else {
                // What is not seen may stand inside a word or end it.
                may = true;
                return false;
            };
            hash = next_hash(hash, c);
            if end.is_none() {
                return true;
            }
            may = has_bit(self.hashes, hash ^ WHOLE);
            !may && (!is_letter(c) || has_bit(self.hashes, hash))
        });
        may
    }

    /// Whether this can be a name, as far as the same table tells.
    fn may_be(&self, name: &str) -> bool {
        let (mut hash, mut may) = (0, false);
        letters(name, |c, _| {
            may = c.is_none();
            hash = next_hash(hash, c.unwrap_or_default());
            !may
        });
        may || has_bit(self.hashes, hash ^ WHOLE)
    }

    /// The bearers of a name, none where it is unknown.
    pub fn named(&self, name: &str) -> Bearers {
        let mut all = Bearers { name: 0, bits: &[] };
        if !self.may_be(name) {
            return all;
        }
        self.names_at(name, |length, bearers| {
            if length == name.len() {
                all = bearers;
            }
        });
        all
    }

    /// The state of a code of ISO 3166-1, of three letters or two.
    pub fn country(&self, code: &str) -> Option<u32> {
        let mut key = String::with_capacity(4);
        key.push('=');
        key.extend(code.chars().flat_map(char::to_lowercase));
        let output = self.names.get(&key)?;
        self.bearers(output.value()).iter().next().map(|b| b.place)
    }

    fn bearers(&self, at: u64) -> Bearers {
        let at = usize::try_from(at).unwrap_or(usize::MAX / 8);
        let count = word(self.bearers, at * 4) as usize;
        Bearers {
            name: at as u32,
            bits: self.bearers.get(at * 4 + 4..(at + count) * 4 + 4).unwrap_or_default(),
        }
    }

    /// Every name, as it is searched, with its bearers' numbers and flags as they lie, in the order of the bytes of the names.
    pub(crate) fn each_name(&self, mut found: impl FnMut(&[u8], u32)) {
        use fst::Streamer;
        let mut stream = self.names.stream();
        while let Some((key, output)) = stream.next() {
            let bearers = self.bearers(output.value());
            (0..bearers.len()).for_each(|n| found(key, word(bearers.bits, n * 4)));
        }
    }
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer of {} places", self.len())
    }
}

/// The places that bear one name, in the order in which they were put in.
#[derive(Debug, Clone, Copy)]
pub struct Bearers {
    name: u32,
    bits: &'static [u8],
}

impl Bearers {
    /// A number that no other name has.
    pub fn name(self) -> u32 {
        self.name
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Bearer> + Clone {
        (0..self.len()).map(move |n| Bearer::of(word(self.bits, n * 4)))
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.bits.len() / 4
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.bits.is_empty()
    }
}

/// A letter and the mark behind it as one letter, where there is one.
fn composed(c: char, mark: char) -> Option<char> {
    if ('\u{300}'..='\u{36f}').contains(&mark) {
        compose(c, mark)
    } else {
        None
    }
}

/// Gives the letters of a text as names have them, each with the byte behind it where a name may end there; none for what is not
/// seen. Goes on as long as it is told to.
fn letters(text: &str, mut each: impl FnMut(Option<char>, Option<usize>) -> bool) {
    let mut chars = text.char_indices().peekable();
    let (mut space, mut hyphen) = (false, false);
    while let Some((_, mut c)) = chars.next() {
        while let Some(one) = chars.peek().and_then(|(_, mark)| composed(c, *mark)) {
            c = one;
            chars.next();
        }
        let end = match chars.peek() {
            Some((at, next)) => (!is_letter(*next)).then_some(*at),
            None => Some(text.len()),
        };
        if let Some(small) = small(c) {
            if space && !each(Some(' '), None) || !each(Some(small), end) {
                return;
            }
            (space, hyphen) = (false, false);
            continue;
        }
        let Some(c) = folded(c) else {
            if !each(None, None) {
                return;
            }
            continue;
        };
        if c == ' ' {
            space = !hyphen;
            continue;
        }
        hyphen = c == '-';
        if space && !hyphen && !each(Some(' '), None) {
            return;
        }
        space = false;
        let mut small = c.to_lowercase().peekable();
        while let Some(c) = small.next() {
            if !each(Some(c), end.filter(|_| small.peek().is_none())) {
                return;
            }
        }
    }
}

fn is_letter(c: char) -> bool {
    small(c).is_some() || c.is_alphanumeric()
}

/// Tells the hash of a whole name from that of the words that longer ones begin with.
const WHOLE: u32 = 0x9e37_79b9;

fn next_hash(hash: u32, c: char) -> u32 {
    (hash ^ c as u32).wrapping_mul(0x85eb_ca6b).rotate_left(13)
}

/// The hashes that the table has a bit for: that of a name, as it is searched, and that of each run of words that it begins with.
pub(crate) fn hashes(name: &str) -> impl Iterator<Item = u32> {
    let mut hash = 0;
    let mut chars = name.chars().peekable();
    std::iter::from_fn(move || {
        let c = chars.next()?;
        hash = next_hash(hash, c);
        Some(match chars.peek() {
            Some(next) => (is_letter(c) && !is_letter(*next)).then_some(hash),
            None => Some(hash ^ WHOLE),
        })
    })
    .flatten()
}

/// The byte and the bit that stand for a hash in a table of so many bytes, a power of two.
pub(crate) fn bit_of(hash: u32, bytes: usize) -> (usize, u8) {
    let hash = hash ^ hash >> 16;
    ((hash >> 3) as usize & (bytes - 1), 1 << (hash & 7))
}

fn has_bit(table: &[u8], hash: u32) -> bool {
    let (byte, bit) = bit_of(hash, table.len());
    table[byte] & bit != 0
}

/// The letter that stands for all of its kind; none for what is not seen.
pub(crate) fn folded(c: char) -> Option<char> {
    match c {
        '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{ff07}' => Some('\''),
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\u{feff}' => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    if let Some(found) = bytes.get(at..at + 4) {
        word.copy_from_slice(found);
    }
    u32::from_le_bytes(word)
}

fn half(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn text(pool: &'static [u8], from: usize, to: usize) -> &'static str {
    pool.get(from..to)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or_default()
}
