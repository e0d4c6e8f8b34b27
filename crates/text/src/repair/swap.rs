//! One code page read as another: "Ïðèíèìàÿ" for "Принимая", "wolnoœci" for "wolności". Each pair of pages is undone for the whole text, and the result held
//! against the text as it stands: which language would it be, and how likely are these letters and words in it? Only a clear win counts, and only
//! for a language that the page served.

use super::draft::{Change, Draft};
use super::page::Page;
use crate::langid::{Counts, FOREIGN, PROFILES};
use unicode_normalization::UnicodeNormalization;

/// A repair's kind by the page that was meant and the page it was read as.
const KINDS: &[(&str, &str, &str)] = &[
    ("cp1250", "cp1252", "cp1250-as-cp1252"),
    ("cp1251", "cp1252", "cp1251-as-cp1252"),
    ("cp1253", "cp1252", "cp1253-as-cp1252"),
    ("cp1254", "cp1252", "cp1254-as-cp1252"),
    ("cp1255", "cp1252", "cp1255-as-cp1252"),
    ("cp1256", "cp1252", "cp1256-as-cp1252"),
    ("cp1257", "cp1252", "cp1257-as-cp1252"),
    ("koi8-r", "cp1252", "koi8-r-as-cp1252"),
    ("macroman", "cp1252", "macroman-as-cp1252"),
    ("cp1251", "koi8-r", "cp1251-as-koi8-r"),
    ("koi8-r", "cp1251", "koi8-r-as-cp1251"),
    ("cp1252", "cp1251", "cp1252-as-cp1251"),
    ("cp1250", "cp1251", "cp1250-as-cp1251"),
    ("cp1254", "cp1251", "cp1254-as-cp1251"),
    ("cp1256", "cp1251", "cp1256-as-cp1251"),
    ("cp1252", "koi8-r", "cp1252-as-koi8-r"),
    ("cp1252", "cp1250", "cp1252-as-cp1250"),
    ("cp1251", "cp1250", "cp1251-as-cp1250"),
    ("cp1254", "cp1250", "cp1254-as-cp1250"),
    ("cp1256", "cp1250", "cp1256-as-cp1250"),
    ("koi8-r", "cp1250", "koi8-r-as-cp1250"),
    ("cp1252", "cp1254", "cp1252-as-cp1254"),
    ("cp1250", "cp1254", "cp1250-as-cp1254"),
    ("cp1251", "cp1254", "cp1251-as-cp1254"),
    ("cp1256", "cp1254", "cp1256-as-cp1254"),
    ("koi8-r", "cp1254", "koi8-r-as-cp1254"),
    ("cp1252", "cp1256", "cp1252-as-cp1256"),
    ("cp1251", "cp1256", "cp1251-as-cp1256"),
    ("cp1254", "cp1256", "cp1254-as-cp1256"),
    ("cp1250", "cp1256", "cp1250-as-cp1256"),
    ("cp1252", "cp1258", "cp1252-as-cp1258"),
    ("cp1250", "cp1258", "cp1250-as-cp1258"),
    ("cp1251", "cp1258", "cp1251-as-cp1258"),
    ("cp1254", "cp1258", "cp1254-as-cp1258"),
    ("cp1256", "cp1258", "cp1256-as-cp1258"),
    ("koi8-r", "cp1258", "koi8-r-as-cp1258"),
    ("cp1252", "macroman", "cp1252-as-macroman"),
    ("cp1250", "macroman", "cp1250-as-macroman"),
    ("cp1251", "macroman", "cp1251-as-macroman"),
    ("cp1254", "macroman", "cp1254-as-macroman"),
    ("cp1256", "macroman", "cp1256-as-macroman"),
    ("koi8-r", "macroman", "koi8-r-as-macroman"),
];

/// The text must be so much likelier, as log-odds …
const MARGIN: f32 = 12.0;
/// … or only so much when its language is the same, and words that no language has become words …
const MARGIN_SAME: f32 = 2.0;
/// … and so much for each letter that changes.
const MARGIN_EACH: f32 = 0.2;
/// A change of case inside a word, which no word has, costs so much.
const CASE: f32 = -4.0;
/// What is judged of a long text.
const SAMPLE: usize = 6_000;

/// Undoes the misreading that wins, if one does.
pub(super) fn mend(draft: &mut Draft) -> bool {
    let sample = sample(&draft.text);
    if sample.is_ascii() {
        return false;
    }
    let counts_before = Counts::of(&sample);
    let Some((language, likelihood)) = counts_before.best() else {
        return false;
    };
    let odd = oddness(&sample);
    if odd == (0, 0)
        && counts_before.hits(language) > 1
        && counts_before
            .letters
            .keys()
            .all(|&c| PROFILES.profiles[language].log(c) > FOREIGN)
    {
        return false;
    }
    let before = likelihood + CASE * odd.0 as f32 + FOREIGN * odd.1 as f32;
    let mut best: Option<(f32, usize, &Page, &Page, &'static str)> = None;
    for &(meant, read, kind) in KINDS {
        let (Some(meant), Some(read)) = (super::page::named(meant), super::page::named(read)) else {
            continue;
        };
        let Some((now, changed, lost)) = undo_all(&sample, meant, read) else {
            continue;
        };
        if changed == 0 {
            continue;
        }
        let counts = Counts::of(&now);
        let odd = oddness(&now);
        let (language, score) = (0..PROFILES.profiles.len())
            .filter(|&i| PROFILES.profiles[i].pages.contains(&meant.name) && PROFILES.profiles[i].tag != "vi")
            .map(|i| (i, counts.score(i)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .unwrap_or((0, f32::MIN));
        let score = score + CASE * odd.0 as f32 + FOREIGN * (odd.1 + lost) as f32;
        let gain = score - before - MARGIN_EACH * changed as f32;
        if std::env::var("DBG").is_ok() {
            eprintln!(
                "{kind} changed {changed} gain {gain} lang {} hits {}/{} odd {odd:?} | before {before} {}",
                PROFILES.profiles[language].tag,
                counts.hits(language),
                counts.words,
                &now[..now.char_indices().nth(40).map_or(0, |x| x.0)]
            );
        }
        let spoken = counts.hits(language) >= 2 || (counts.hits(language) >= 1 && gain > 1.5 * MARGIN);
        let margin = if same(&sample, &counts_before, &now, &counts, language) {
            MARGIN_SAME
        } else {
            MARGIN
        };
        if spoken && gain > margin && best.as_ref().is_none_or(|best| gain > best.0 + 0.5) {
            best = Some((gain, language, meant, read, kind));
        }
    }
    let Some((_, language, meant, read, kind)) = best else {
        return false;
    };
    let changes = changes(&draft.text, language, meant, read, kind);
    draft.apply(changes)
}

/// Whether text of this language had a few words spoilt: its frequent words, or words whose letters no single language has.
fn same(was: &str, before: &Counts, now: &str, after: &Counts, language: usize) -> bool {
    if before.hits(language) < 3 {
        return false;
    }
    let profiles = &PROFILES.profiles;
    let has = |i: usize, word: &str| {
        word.chars()
            .filter(|c| c.is_alphabetic())
            .all(|c| profiles[i].log(c) > FOREIGN)
    };
    let words = was
        .split_whitespace()
        .zip(now.split_whitespace())
        .filter(|(was, now)| was != now);
    let mended = words
        .filter(|(_, now)| has(language, now))
        .filter(|(was, _)| !(0..profiles.len()).any(|i| has(i, was)))
        .count();
    mended > 0 || after.hits(language) > before.hits(language)
}

/// The lines that are not plain ASCII, as far as enough.
fn sample(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().filter(|line| !line.is_ascii()) {
        out.extend(line.nfc().take(SAMPLE));
        out.push('\n');
        if out.len() > SAMPLE {
            break;
        }
    }
    out
}

/// How often a small letter is followed by a capital in a word, and how many signs there are that texts hardly have.
fn oddness(text: &str) -> (usize, usize) {
    let (mut cases, mut signs) = (0, 0);
    let mut last = ' ';
    for c in text
        .chars()
        .filter(|c| !c.is_ascii() || c.is_ascii_alphabetic() || *c == ' ')
    {
        cases += usize::from(last.is_lowercase() && c.is_uppercase() && !c.is_ascii());
        signs += usize::from(is_odd(c));
        last = c;
    }
    (cases, signs)
}

/// Signs other than the punctuation of the world.
fn is_odd(c: char) -> bool {
    let common = "‘’“”„‚…–—«»‹›·•€£§°№¿¡´";
    let block = matches!(c, '\u{2010}'..='\u{2027}' | '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}' | '\u{559}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{591}'..='\u{5f4}' | '\u{600}'..='\u{6d4}');
    !c.is_ascii()
        && !c.is_alphabetic()
        && (!c.is_numeric() || matches!(c, '¹' | '²' | '³'))
        && !c.is_whitespace()
        && !block
        && (!common.contains(c) || c == '¿')
}

/// The text with every character of the one page turned into the other's, how many characters that changed, and how many of them were letters and are
/// none. Nothing when a byte is open in the page that was meant.
fn undo_all(text: &str, meant: &Page, read: &Page) -> Option<(String, usize, usize)> {
    let (mut changed, mut lost) = (0, 0);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match undo(c, meant, read) {
            Some(now) if now != c => {
                if ('\u{80}'..='\u{9f}').contains(&now) {
                    return None;
                }
                changed += 1;
                lost += usize::from(c.is_alphabetic() && !now.is_alphabetic() && !is_odd(now));
                out.push(now);
            }
            _ => out.push(c),
        }
    }
    Some((out, changed, lost))
}

fn undo(c: char, meant: &Page, read: &Page) -> Option<char> {
    if c.is_ascii() {
        None
    } else {
        read.byte(c).map(|byte| meant.char(byte))
    }
}

/// Line by line, the words of the lines that get likelier.
fn changes(text: &str, language: usize, meant: &Page, read: &Page, kind: &'static str) -> Vec<Change> {
    let profile = &PROFILES.profiles[language];
    let letter = |c: char| {
        if c.is_alphabetic() {
            profile.log(c)
        } else if is_odd(c) {
            FOREIGN
        } else {
            -3.0
        }
    };
    let likely =
        |word: &str| word.chars().filter(|c| !c.is_ascii()).map(letter).sum::<f32>() + CASE * oddness(word).0 as f32;
    let mut changes = Vec::new();
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        let mut gain = 0.0;
        let mut own: Vec<(f32, Change)> = Vec::new();
        for word in line.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_ascii()) {
            let Some((now, ..)) = undo_all(word, meant, read).filter(|(now, ..)| now != word) else {
                continue;
            };
            let better = likely(&now) - likely(word);
            gain += better;
            let start = begin + (word.as_ptr() as usize - line.as_ptr() as usize);
            own.push((
                better,
                Change {
                    start,
                    end: start + word.len(),
                    now,
                    kind,
                    confidence: 0.95,
                },
            ));
        }
        // A short word of rare letters may get less likely, and was misread all the same.
        let whole = gain > 8.0 * own.iter().filter(|(better, _)| *better < 0.0).count() as f32;
        changes.extend(
            own.into_iter()
                .filter(|(better, _)| *better > 0.0 || whole)
                .map(|(_, change)| change),
        );
        begin += line.len();
    }
    changes
}
