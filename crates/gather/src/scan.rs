//! A large file cut into its entries while it is read, so that no more than one of them is held.

use crate::error::TooLong;
use crate::{MAX_REPORT, Problem};
use std::io::{self, BufRead};

/// An entry's bytes and where in the file they begin.
pub(crate) struct Entry {
    pub(crate) bytes: Vec<u8>,
    pub(crate) offset: u64,
}

/// Bytes one by one, counted.
pub(crate) struct Bytes {
    from: Box<dyn BufRead>,
    pub(crate) offset: u64,
}

impl Bytes {
    pub(crate) fn new(from: Box<dyn BufRead>) -> Bytes {
        Bytes { from, offset: 0 }
    }

    pub(crate) fn next(&mut self) -> io::Result<Option<u8>> {
        let byte = self.from.fill_buf()?.first().copied();
        if byte.is_some() {
            self.from.consume(1);
            self.offset += 1;
        }
        Ok(byte)
    }

    pub(crate) fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.from.fill_buf()?.first().copied())
    }

    /// Hands over what stands before one of these signs, and says whether one was met. It is not taken itself.
    pub(crate) fn until(&mut self, signs: &[u8], mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<bool> {
        loop {
            let chunk = self.from.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let found = chunk.iter().position(|b| signs.contains(b));
            let n = found.unwrap_or(chunk.len());
            take(&chunk[..n])?;
            self.from.consume(n);
            self.offset += n as u64;
            if found.is_some() {
                return Ok(true);
            }
        }
    }
}

/// Keeps bytes up to the length of a report.
pub(crate) fn keep(into: &mut Vec<u8>, bytes: &[u8]) -> io::Result<()> {
    if into.len() + bytes.len() > MAX_REPORT {
        return Err(io::Error::other(TooLong));
    }
    into.extend_from_slice(bytes);
    Ok(())
}

/// Finds the next entry of a file.
pub(crate) trait Scan {
    /// The next entry, nothing at the end.
    fn advance(&mut self) -> Result<Option<Entry>, Problem>;
}

/// The entries of a file, in order, and the mistake that ended them.
pub(crate) struct Entries<S> {
    pub(crate) scan: S,
    done: bool,
}

impl<S: Scan> Entries<S> {
    pub(crate) fn of(scan: S) -> Entries<S> {
        Entries { scan, done: false }
    }
}

impl<S: Scan> Iterator for Entries<S> {
    type Item = Result<Entry, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let made = self.scan.advance().transpose();
        // A file that is broken in one place is not understood behind it.
        self.done = !matches!(made, Some(Ok(_)));
        made
    }
}

/// Objects in a JSON text that stand in a list under one of some names, wherever that is.
pub(crate) struct Objects {
    from: Bytes,
    lists: &'static [&'static str],
    stack: Vec<Level>,
    key: String,
}

/// An object or list that is open.
struct Level {
    list: bool,
    /// The name under which it stands.
    key: String,
    /// Its short strings so far.
    fields: Vec<(String, String)>,
}

/// No file has deeper ones.
const DEEP: usize = 200;
/// Strings longer than this tell nothing about their list.
const LONG: usize = 4096;

impl Objects {
    pub(crate) fn new(from: Box<dyn BufRead>, lists: &'static [&'static str]) -> Objects {
        Objects {
            from: Bytes::new(from),
            lists,
            stack: Vec::new(),
            key: String::new(),
        }
    }

    /// A string of the objects around the entry that was given last.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.stack
            .iter()
            .rev()
            .find_map(|level| level.fields.iter().rev().find(|(key, _)| key == name))
            .map(|(_, value)| value.as_str())
    }
}

impl Scan for Objects {
    fn advance(&mut self) -> Result<Option<Entry>, Problem> {
        loop {
            let Some(byte) = self.from.next()? else {
                return if self.stack.is_empty() {
                    Ok(None)
                } else {
                    Err(Problem::Cut(format!(", at byte {}", self.from.offset)))
                };
            };
            match byte {
                b'{' | b'[' => {
                    let wanted = self
                        .stack
                        .last()
                        .is_some_and(|level| level.list && self.lists.contains(&level.key.as_str()));
                    if byte == b'{' && wanted {
                        return self.object().map(Some);
                    }
                    if self.stack.len() > DEEP {
                        return Err(Problem::Broken("JSON", format!("it is nested more than {DEEP} deep")));
                    }
                    let key = std::mem::take(&mut self.key);
                    self.stack.push(Level {
                        list: byte == b'[',
                        key,
                        fields: Vec::new(),
                    });
                }
                b'}' | b']' if self.stack.pop().is_none() => {
                    return Err(Problem::Broken(
                        "JSON",
                        format!("a bracket closes nothing at byte {}", self.from.offset - 1),
                    ));
                }
                b'"' => self.string()?,
                // What is no string and ends a value.
                b',' => self.key.clear(),
                _ => {}
            }
        }
    }
}

impl Objects {
    /// The object whose bracket was just taken.
    fn object(&mut self) -> Result<Entry, Problem> {
        let offset = self.from.offset - 1;
        let mut bytes = vec![b'{'];
        let mut depth = 1usize;
        while depth > 0 {
            let cut = || Problem::Cut(format!(" of an entry that begins at byte {offset}"));
            if !self.from.until(b"\"{}[]", |part| keep(&mut bytes, part))? {
                return Err(cut());
            }
            match self.from.next()? {
                Some(b'"') => {
                    keep(&mut bytes, b"\"")?;
                    if !self.rest_of_string(|part| keep(&mut bytes, part))? {
                        return Err(cut());
                    }
                    keep(&mut bytes, b"\"")?;
                }
                Some(byte) => {
                    depth = if matches!(byte, b'{' | b'[') {
                        depth + 1
                    } else {
                        depth - 1
                    };
                    keep(&mut bytes, &[byte])?;
                }
                None => return Err(cut()),
            }
        }
        Ok(Entry { bytes, offset })
    }

    /// Hands over a string's inside, and takes its last quotation mark.
    fn rest_of_string(&mut self, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<bool> {
        while self.from.until(b"\"\\", &mut take)? {
            if self.from.next()? == Some(b'"') {
                return Ok(true);
            }
            if let Some(escaped) = self.from.next()? {
                take(&[b'\\', escaped])?;
            }
        }
        Ok(false)
    }

    /// A name, or a string that stands under one.
    fn string(&mut self) -> Result<(), Problem> {
        let mut inside = vec![b'"'];
        let whole = self.rest_of_string(|part| {
            if inside.len() < LONG {
                inside.extend_from_slice(part);
            }
            Ok(())
        })?;
        if !whole {
            return Err(Problem::Cut(format!(", at byte {}", self.from.offset)));
        }
        inside.push(b'"');
        let words: String = if inside.len() < LONG {
            serde_json::from_slice(&inside).unwrap_or_default()
        } else {
            String::new()
        };
        while self.from.peek()?.is_some_and(|b| b.is_ascii_whitespace()) {
            self.from.next()?;
        }
        let Some(level) = self.stack.last_mut().filter(|level| !level.list) else {
            return Ok(());
        };
        if self.from.peek()? == Some(b':') {
            self.key = words;
        } else if level.fields.len() < 64 {
            level.fields.push((std::mem::take(&mut self.key), words));
        }
        Ok(())
    }
}

/// Elements of an XML text by their names, and what stood before the first of them.
pub(crate) struct Elements {
    from: Bytes,
    names: &'static [&'static str],
    pub(crate) head: Vec<u8>,
    any: bool,
}

/// A feed tells of itself in less.
const HEAD: usize = 1 << 20;

impl Elements {
    pub(crate) fn new(from: Box<dyn BufRead>, names: &'static [&'static str]) -> Elements {
        Elements {
            from: Bytes::new(from),
            names,
            head: Vec::new(),
            any: false,
        }
    }
}

impl Scan for Elements {
    fn advance(&mut self) -> Result<Option<Entry>, Problem> {
        let mut entry: Option<Entry> = None;
        let mut open = String::new();
        let mut tag = Vec::new();
        loop {
            let before = entry.as_ref().is_some() || self.any || self.head.len() >= HEAD;
            let mut head = std::mem::take(&mut self.head);
            let more = self.from.until(b"<", |part| match &mut entry {
                Some(entry) => keep(&mut entry.bytes, part),
                None => {
                    if !before {
                        head.extend_from_slice(part);
                    }
                    Ok(())
                }
            });
            self.head = head;
            if !more? {
                return match entry {
                    Some(entry) => Err(Problem::Cut(format!(
                        " of an entry that begins at byte {}",
                        entry.offset
                    ))),
                    None => Ok(None),
                };
            }
            let offset = self.from.offset;
            self.tag(&mut tag)?;
            let name = name(&tag);
            if let Some(entry) = &mut entry {
                keep(&mut entry.bytes, &tag)?;
            } else if !tag.starts_with(b"</") && self.names.contains(&local(&name)) && !tag.ends_with(b"/>") {
                open = name;
                self.any = true;
                entry = Some(Entry {
                    bytes: tag.clone(),
                    offset,
                });
                continue;
            } else if !before {
                self.head.extend_from_slice(&tag);
            }
            if tag.starts_with(b"</") && name == open {
                return Ok(entry);
            }
        }
    }
}

impl Elements {
    /// A tag, or a comment or piece of characters as a whole.
    fn tag(&mut self, tag: &mut Vec<u8>) -> Result<(), Problem> {
        tag.clear();
        loop {
            self.from.until(b">", |part| keep(tag, part))?;
            if self.from.next()?.is_none() {
                return Err(Problem::Cut(format!(", at byte {}", self.from.offset)));
            }
            tag.push(b'>');
            let whole = if tag.starts_with(b"<![CDATA[") {
                tag.ends_with(b"]]>")
            } else if tag.starts_with(b"<!--") {
                tag.ends_with(b"-->") && tag.len() > 6
            } else {
                true
            };
            if whole {
                return Ok(());
            }
        }
    }
}

/// A tag's name without its prefix.
fn name(tag: &[u8]) -> String {
    let inside = tag.strip_prefix(b"</").or(tag.strip_prefix(b"<")).unwrap_or(tag);
    let end = inside
        .iter()
        .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
        .unwrap_or(inside.len());
    String::from_utf8_lossy(&inside[..end]).into_owned()
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}
