//! The letters of a text one after the other, and where words stand among them.
//!
//! What is looked for are letters without the white space between them, for that is what readers change. The more of the report is found as one piece, the surer
//! is the place: the whole text is tried first, then its line, then the words alone.

use crate::html;
use std::ops::Range;

/// A letter and where it stands: bytes of a text, or pages.
pub(super) type Letter = (char, Range<usize>);

/// The letters of a text in bytes; of a page, those between its tags with its references read.
pub(super) fn letters(text: &str, page: bool) -> Box<dyn Iterator<Item = Letter> + '_> {
    if !page {
        let place = |(at, c): (usize, char)| (c, at..at + c.len_utf8());
        return Box::new(text.char_indices().map(place).filter(|(c, _)| !c.is_whitespace()));
    }
    Box::new(html::pieces(text).flat_map(move |piece| {
        let mut out = Vec::new();
        let mut at = piece.start;
        while let Some(c) = text[at..piece.end].chars().next() {
            let (letters, length) = reference(&text[at..piece.end]).unwrap_or_else(|| (c.to_string(), c.len_utf8()));
            let own = letters.chars().filter(|c| !c.is_whitespace());
            out.extend(own.map(|letter| (letter, at..at + length)));
            at += length;
        }
        out
    }))
}

/// The characters that a reference at the start stands for, and its length.
fn reference(text: &str) -> Option<(String, usize)> {
    if !text.starts_with('&') {
        return None;
    }
    let length = 1 + text.bytes().take(33).position(|b| b == b';')?;
    let letters = html::unescape(&text[..length]);
    (letters != text[..length]).then_some((letters, length))
}

/// A longer text is not looked for as a whole.
const LONG: usize = 1 << 20;

/// Where a stretch of a document's text stands among letters that can be gone through again and again: one place where what stands around it tells which,
/// else all.
pub(super) fn find<I: Iterator<Item = Letter>>(
    again: impl Fn() -> I,
    document: &[char],
    stretch: Range<usize>,
) -> Vec<Range<usize>> {
    let count = |range: Range<usize>| document[range].iter().filter(|c| !c.is_whitespace()).count();
    let wanted = count(stretch.clone());
    if wanted == 0 {
        return Vec::new();
    }
    let line = line_of(document, stretch.clone());
    for around in [0..document.len(), line, stretch.clone()] {
        if around.len() > LONG && around.len() > stretch.len() {
            continue;
        }
        let mut own = document[around.clone()].iter().copied();
        let before = count(around.start..stretch.start);
        let mut hits = starts(&mut own, again().map(|(c, _)| c));
        if hits.is_empty() {
            continue;
        }
        if hits.len() > 1 {
            // The text says it as often as the file: the first is the first, and so on.
            let told = starts(
                &mut document[around.clone()].iter().copied(),
                document.iter().copied().filter(|c| !c.is_whitespace()),
            );
            let number = told.iter().position(|start| *start == count(0..around.start));
            if let Some(number) = number.filter(|_| told.len() == hits.len()) {
                hits = vec![hits[number]];
            }
        }
        hits.truncate(super::MOST_PLACES);
        return places(again(), &hits, before..before + wanted);
    }
    Vec::new()
}

/// The line in which a stretch stands; more than one where it goes over their ends.
fn line_of(document: &[char], stretch: Range<usize>) -> Range<usize> {
    let start = document[..stretch.start]
        .iter()
        .rposition(|c| *c == '\n')
        .map_or(0, |at| at + 1);
    let end = document[stretch.end..].iter().position(|c| *c == '\n');
    start..end.map_or(document.len(), |end| stretch.end + end)
}

/// The places of what begins at these letters, by their number, and is a part of it.
fn places(letters: impl Iterator<Item = Letter>, starts: &[usize], part: Range<usize>) -> Vec<Range<usize>> {
    let mut out: Vec<Option<Range<usize>>> = vec![None; starts.len()];
    for (number, (_, place)) in letters.enumerate() {
        for (start, out) in starts.iter().zip(&mut out) {
            if (start + part.start..start + part.end).contains(&number) {
                let known = out.take().unwrap_or_else(|| place.clone());
                *out = Some(known.start.min(place.start)..known.end.max(place.end));
            }
        }
    }
    out.into_iter().flatten().collect()
}

/// Where the wanted letters begin in a stream of letters, by the number of the first (Knuth, Morris and Pratt).
fn starts(wanted: &mut dyn Iterator<Item = char>, stream: impl Iterator<Item = char>) -> Vec<usize> {
    let wanted: Vec<char> = wanted.filter(|c| !c.is_whitespace()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    // How much of the wanted is met again at each place of itself.
    let mut back = vec![0; wanted.len()];
    let mut met = 0;
    for at in 1..wanted.len() {
        while met > 0 && wanted[at] != wanted[met] {
            met = back[met - 1];
        }
        met += usize::from(wanted[at] == wanted[met]);
        back[at] = met;
    }
    let mut out = Vec::new();
    met = 0;
    for (number, c) in stream.enumerate() {
        while met > 0 && c != wanted[met] {
            met = back[met - 1];
        }
        met += usize::from(c == wanted[met]);
        if met == wanted.len() {
            out.push(number + 1 - met);
            met = back[met - 1];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{find, letters};

    /// Where in a page a stretch of a document begins, if in one place.
    fn place(page: &str, document: &str, stretch: std::ops::Range<usize>) -> Option<usize> {
        let found = find(|| letters(page, true), &document.chars().collect::<Vec<_>>(), stretch);
        found.first().filter(|_| found.len() == 1).map(|place| place.start)
    }

    fn told(text: &str, page: bool, document: &str, words: &str) -> Vec<String> {
        let start = document.find(words).unwrap();
        let start = document[..start].chars().count();
        let points: Vec<char> = document.chars().collect();
        let places = find(|| letters(text, page), &points, start..start + words.chars().count());
        places.into_iter().map(|place| text[place].to_owned()).collect()
    }

    #[test]
    fn words_of_a_page_are_found_between_its_tags() {
        let page = "<title>No</title><script>var a = 'said no'</script><p>He <b>said</b>\n&#110;&ocirc;&nbsp;twice.</p><p>said nô</p>";
        assert_eq!(
            told(page, true, "said nô", "said nô"),
            ["said</b>\n&#110;&ocirc;", "said nô"]
        );
    }

    #[test]
    fn what_stands_around_words_tells_which_they_are() {
        let page = "<nav>denied</nav><p>They denied it.</p><p>We denied that.</p>";
        let document = "They denied it.\nWe denied that.";
        assert_eq!(told(page, true, document, "They"), ["They"]);
        // The whole text stands in it.
        assert_eq!(place(page, document, 19..25), page.rfind("denied"));
        // A line of it does, where a caption stands between.
        let page = page.replace("</p><p>", "</p><i>A picture of us</i><p>");
        assert_eq!(place(&page, document, 19..25), page.rfind("denied"));
        // The second of two lines that are the same.
        let (page, document) = ("<p>No.</p><i>x</i><p>No.</p>", "No.\nNo.");
        assert_eq!(place(page, document, 4..6), page.rfind("No"));
        assert!(find(|| letters(page, true), &['\n', ' '], 0..2).is_empty());
    }
}
