//! The model's file: read whole, checked whole. Only weights that are not nought stand in it.
//!
//! ```text
//! magic "CCTAG1" · template u8 · tags u8 · per tag: length u8, UTF-8
//! dictionary: count u32 · per entry: key u64, tag u8           keys ascending
//! features: count u32 · per feature: distance to the one before (varint), weights u8, per weight: tag u8, weight i8
//! ```
//! Numbers are little-endian.

use crate::features::Template;
use std::fmt;

pub(crate) const MAGIC: &[u8; 6] = b"CCTAG1";
const PREPARED: &[u8; 6] = b"CCTAGM";
/// No model may have more tags.
pub(crate) const MAX_TAGS: usize = 64;
/// No model may have more weights: where they begin is kept in 24 bits.
pub(crate) const MAX_WEIGHTS: usize = 1 << 24;

/// Why bytes are no model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Byte of the file at which reading stopped.
    pub at: usize,
    /// What is wrong there.
    pub what: &'static str,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "not a tagger model: {} at byte {}; train it anew with `cargo xtask train`",
            self.what, self.at
        )
    }
}

impl std::error::Error for Error {}

/// What a feature says for or against a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weight {
    pub(crate) tag: u8,
    pub(crate) value: i8,
}

/// What a file says.
pub(crate) struct Parts {
    pub(crate) template: Template,
    pub(crate) tags: Vec<String>,
    pub(crate) dictionary: Vec<(u64, u8)>,
    /// Features and how many of the weights are theirs, ascending.
    pub(crate) features: Vec<(u32, u8)>,
    pub(crate) weights: Vec<Weight>,
}

/// How the file and the prepared model begin.
fn head(magic: &[u8], template: Template, tags: &[String]) -> Vec<u8> {
    let mut out = magic.to_vec();
    out.push(match template {
        Template::Words => 0,
        Template::Syllables => 1,
    });
    out.push(tags.len() as u8);
    for tag in tags {
        out.push(tag.len() as u8);
        out.extend_from_slice(tag.as_bytes());
    }
    out
}

/// Writes a model as it lies in memory: the head, and each table with its length before it.
pub(crate) fn write_prepared(template: Template, tags: &[String], tables: [&[u8]; 5]) -> Vec<u8> {
    let mut out = head(PREPARED, template, tags);
    for table in tables {
        out.extend_from_slice(&(table.len() as u32).to_le_bytes());
        out.extend_from_slice(table);
    }
    out
}

/// What [`write_prepared`] wrote.
#[expect(clippy::type_complexity, reason = "taken apart at once")]
pub(crate) fn read_prepared(bytes: &'static [u8]) -> Result<(Template, Vec<String>, [&'static [u8]; 5]), Error> {
    let mut r = Reader { bytes, at: 0 };
    let (template, tags) = r.head(PREPARED)?;
    let mut tables: [&'static [u8]; 5] = [&[]; 5];
    for table in &mut tables {
        let len = r.u32()? as usize;
        *table = r.take(len)?;
    }
    Ok((template, tags, tables))
}

/// Writes a model's file.
pub(crate) fn write(parts: &Parts) -> Vec<u8> {
    let mut out = head(MAGIC, parts.template, &parts.tags);
    out.extend_from_slice(&(parts.dictionary.len() as u32).to_le_bytes());
    for (key, tag) in &parts.dictionary {
        out.extend_from_slice(&key.to_le_bytes());
        out.push(*tag);
    }
    out.extend_from_slice(&(parts.features.len() as u32).to_le_bytes());
    let mut before = 0;
    let mut weights = parts.weights.iter();
    for &(feature, count) in &parts.features {
        let mut distance = feature - before;
        while distance >= 0x80 {
            out.push(distance as u8 | 0x80);
            distance >>= 7;
        }
        out.push(distance as u8);
        before = feature;
        out.push(count);
        for weight in weights.by_ref().take(usize::from(count)) {
            out.push(weight.tag);
            out.push(weight.value as u8);
        }
    }
    out
}

/// Reads a model's file; trusts nothing in it.
pub(crate) fn read(bytes: &[u8]) -> Result<Parts, Error> {
    let mut r = Reader { bytes, at: 0 };
    let (template, tags) = r.head(MAGIC)?;
    let count = tags.len();
    let entries = r.u32()? as usize;
    let mut dictionary = Vec::with_capacity(entries.min(bytes.len() / 9));
    for _ in 0..entries {
        let key = r.u64()?;
        let tag = r.u8()?;
        if usize::from(tag) >= count || dictionary.last().is_some_and(|&(last, _)| last >= key) {
            return Err(r.error("a dictionary out of order"));
        }
        dictionary.push((key, tag));
    }
    let used = r.u32()? as usize;
    let mut features: Vec<(u32, u8)> = Vec::with_capacity(used.min(bytes.len() / 2));
    let mut weights = Vec::with_capacity((bytes.len() - r.at) / 2);
    let mut feature = 0u32;
    for _ in 0..used {
        let distance = r.varint()?;
        feature = feature.checked_add(distance).ok_or(r.error("a feature too large"))?;
        if distance == 0 && !features.is_empty() {
            return Err(r.error("a feature twice"));
        }
        let own = r.u8()?;
        for pair in r.take(2 * usize::from(own))?.chunks_exact(2) {
            if usize::from(pair[0]) >= count || weights.len() >= MAX_WEIGHTS {
                return Err(r.error("a weight of no tag, or too many weights"));
            }
            weights.push(Weight {
                tag: pair[0],
                value: pair[1] as i8,
            });
        }
        features.push((feature, own));
    }
    if r.at != bytes.len() {
        return Err(r.error("more bytes than a model has"));
    }
    Ok(Parts {
        template,
        tags,
        dictionary,
        features,
        weights,
    })
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn error(&self, what: &'static str) -> Error {
        Error { at: self.at, what }
    }

    fn head(&mut self, magic: &[u8]) -> Result<(Template, Vec<String>), Error> {
        if self.take(magic.len())? != magic {
            return Err(Error {
                at: 0,
                what: "other first bytes",
            });
        }
        let template = match self.u8()? {
            0 => Template::Words,
            1 => Template::Syllables,
            _ => return Err(self.error("an unknown template")),
        };
        let count = usize::from(self.u8()?);
        if count == 0 || count > MAX_TAGS {
            return Err(self.error("no tags or too many"));
        }
        let mut tags = Vec::with_capacity(count);
        for _ in 0..count {
            let len = usize::from(self.u8()?);
            let name = str::from_utf8(self.take(len)?).map_err(|_| self.error("a tag that is no UTF-8"))?;
            tags.push(name.to_owned());
        }
        Ok((template, tags))
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8], Error> {
        let end = self.at.checked_add(len).filter(|&end| end <= self.bytes.len());
        let end = end.ok_or(self.error("the file's end too early"))?;
        let slice = &self.bytes[self.at..end];
        self.at = end;
        Ok(slice)
    }

    fn u8(&mut self) -> Result<u8, Error> {
        Ok(self.take(1)?[0])
    }

    fn u32(&mut self) -> Result<u32, Error> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().expect("four bytes")))
    }

    fn u64(&mut self) -> Result<u64, Error> {
        Ok(u64::from_le_bytes(self.take(8)?.try_into().expect("eight bytes")))
    }

    fn varint(&mut self) -> Result<u32, Error> {
        let mut value = 0u64;
        for group in 0..5 {
            let b = self.u8()?;
            value |= u64::from(b & 0x7f) << (7 * group);
            if b & 0x80 == 0 {
                return u32::try_from(value).map_err(|_| self.error("a number too large"));
            }
        }
        Err(self.error("a number too long"))
    }
}
