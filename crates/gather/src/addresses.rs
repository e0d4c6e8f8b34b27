//! Lists of addresses: one a line, or a table that has them in one of its columns, as GDELT's do.

use crate::{Error, Lines, Problem, Source};
use csv::ReaderBuilder;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::iter;

/// Whether a name on a command line is an address rather than a file.
///
/// ```
/// use counterclaim_gather::is_address;
///
/// assert!(is_address("https://a.example/") && !is_address("a.example.html"));
/// ```
pub fn is_address(name: &str) -> bool {
    let begins = |scheme: &str| {
        name.get(..scheme.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(scheme))
    };
    begins("http://") || begins("https://")
}

/// The addresses of a list, each once and in order. A line is one, or a row of a table (`.tsv`, or `.csv` with a first row of names) whose first cell that is an
/// address is it. Other lines are passed over, such as `#` remarks.
///
/// ```
/// use counterclaim_gather::{Source, addresses};
///
/// let list = &b"20201005\thttps://a.example/1\thttps://a.example/picture\n20201006\thttps://a.example/1\n"[..];
/// let found: Vec<String> = addresses(Source::from_reader("list.tsv", list, None)).map(Result::unwrap).collect();
/// assert_eq!(found, ["https://a.example/1"]);
/// ```
pub fn addresses(from: Source) -> impl Iterator<Item = Result<String, Error>> {
    let mut lines: Lines = from.lines();
    let (mut cut, mut any, mut done) = (None, false, false);
    // What was given, by its hash: a list of millions has each many times over.
    let (hasher, mut given) = (RandomState::new(), HashSet::new());
    iter::from_fn(move || {
        loop {
            let Some(line) = lines.next() else {
                let nothing = !any && !done;
                done = true;
                let why = ": no line has an address (https://…)";
                return nothing.then(|| Err(Problem::NoText(why).of(lines.file())));
            };
            any |= line.is_err();
            let line = match line {
                Ok(line) if line.starts_with('#') => continue,
                Ok(line) => line,
                Err(error) => return Some(Err(error)),
            };
            let cut = cut.get_or_insert_with(|| Cut::of(&line));
            let Some(address) = cut.address(&line) else { continue };
            any = true;
            if given.insert(hasher.hash_one(&address)) {
                return Some(Ok(address));
            }
        }
    })
}

/// How the lines of a list are cut into cells.
enum Cut {
    /// Not at all: an address may have commas in it.
    Whole,
    /// By tabs, without quotation marks.
    Tabs,
    /// By this sign, with quotation marks around cells that have it inside.
    Sign(u8),
}

impl Cut {
    /// The first line tells.
    fn of(line: &str) -> Cut {
        if line.contains('\t') {
            Cut::Tabs
        } else if is_address(line) {
            Cut::Whole
        } else {
            let count = |sign: u8| line.bytes().filter(|b| *b == sign).count();
            Cut::Sign(*b",;|".iter().rev().max_by_key(|sign| count(**sign)).unwrap_or(&b','))
        }
    }

    fn address(&self, line: &str) -> Option<String> {
        let found = |cell: &str| {
            let cell = cell.trim();
            (is_address(cell) && !cell.contains(char::is_whitespace)).then(|| cell.to_owned())
        };
        match self {
            Cut::Whole => found(line),
            Cut::Tabs => line.split('\t').find_map(found),
            Cut::Sign(sign) => {
                let mut reader = ReaderBuilder::new();
                let mut rows = reader
                    .has_headers(false)
                    .delimiter(*sign)
                    .from_reader(line.as_bytes())
                    .into_records();
                rows.next()?.ok()?.iter().find_map(found)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::addresses;
    use crate::Source;
    use std::io::Cursor;

    fn of(list: &'static str) -> Vec<String> {
        addresses(Source::from_reader("list", Cursor::new(list), None))
            .map(|made| made.unwrap_or_else(|e| e.to_string()))
            .collect()
    }

    #[test]
    fn lists_of_every_shape_are_read() {
        let two = ["https://a.example/1,2", "http://b.example/"];
        assert_eq!(
            of("# of the day\nhttps://a.example/1,2\n\nhttp://b.example/\nhttps://a.example/1,2\n"),
            two
        );
        assert_eq!(
            of("date,url\n2020,\"https://a.example/1,2\"\n2021,http://b.example/\n2022,none\n"),
            two
        );
        assert_eq!(
            of("date;url\n2020;https://a.example/1,2\n2021;http://b.example/\n"),
            two
        );
        assert_eq!(
            of("1\tx\thttps://a.example/1,2\thttps://c.example/\n2\tx\thttp://b.example/\n"),
            two
        );
        assert_eq!(
            of("date,url\n2020,none\n"),
            ["list: holds no text: no line has an address (https://…)"]
        );
    }
}
