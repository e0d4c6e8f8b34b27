//! One code page read as another: "Ïðèíèìàÿ" for "Принимая", "wolnoœci" for "wolności". Each pair of pages is undone for the whole text, and the result held
//! against the text as it stands: which language would it be, and how likely are these letters and words in it? Only a clear win counts, and only
//! for a language that the page served.

use super::draft::{Change, Draft};
use super::gate::sign;
use super::page::Page;
use crate::langid::{Counts, FOREIGN, PROFILES, SCRIPTS, is_mark, script, small};
use crate::letters::{is_alphabetic, is_east_asian, is_odd};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

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
const CASE: f32 = -5.0;
/// What is judged of a long text.
const SAMPLE: usize = 3_000;

/// A reading of the text that wins.
struct Winner {
    gain: f32,
    language: usize,
    meant: &'static Page,
    read: &'static Page,
    kind: &'static str,
}

/// Whether it is a character of one of the pages that others are read as.
pub(super) fn is_read(c: char) -> bool {
    static READ: LazyLock<Vec<&'static Page>> = LazyLock::new(|| {
        let mut names: Vec<&str> = KINDS.iter().map(|(_, read, _)| *read).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().filter_map(super::page::named).collect()
    });
    READ.iter().any(|page| page.own_byte(c).is_some())
}

/// Undoes the misreading that wins, if one does. `odd` is whether the text is odd, which the gate knows.
pub(super) fn mend(draft: &mut Draft, odd: bool) -> bool {
    if !odd && is_spoken(&draft.text) {
        return false;
    }
    let sample = sample(&draft.text);
    if sample.is_ascii() {
        return false;
    }
    let Some(winner) = winner(&sample) else { return false };
    let changes = changes(&draft.text, &winner);
    draft.apply(changes)
}

/// Whether there is nothing to mend.
fn is_clean(text: &str) -> bool {
    oddness(text) == (0, 0) && is_spoken(text)
}

/// Whether all letters are of languages of the table, and words of theirs are found.
fn is_spoken(text: &str) -> bool {
    let counts = Counts::of(text);
    let explained = counts.explain(|_| true);
    // Letters alone may speak for another language than the words do: "năo" is no Romanian among Portuguese words.
    let rivals = |i: usize| {
        (0..PROFILES.profiles.len()).filter(move |&j| PROFILES.profiles[j].script == PROFILES.profiles[i].script)
    };
    let spoken = explained.languages.iter().flatten().all(|&i| {
        let most = rivals(i).map(|j| counts.hits(j)).max().unwrap_or(0);
        PROFILES.profiles[i].script > 2 || (counts.hits(i) > 0 && counts.hits(i) + 1 >= most)
    });
    spoken && counts.foreign(&explained) == 0
}

/// The lines that are not clean, as far as enough.
fn sample(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().filter(|line| !line.is_ascii() && !is_clean(line)) {
        // What stands on no page says nothing of the others.
        out.extend(
            line.chars()
                .take(SAMPLE)
                .map(|c| if is_east_asian(c) { ' ' } else { c }),
        );
        out.push('\n');
        if out.len() > SAMPLE {
            break;
        }
    }
    out
}

fn winner(sample: &str) -> Option<Winner> {
    let counts_before = Counts::of(sample);
    let explained = counts_before.explain(|_| true);
    let odd = oddness(sample);
    let before = explained.total + CASE * odd.0 as f32 + FOREIGN * odd.1 as f32;
    let ceiling = Ceiling::of(sample, &counts_before);
    let mut best: Option<Winner> = None;
    for &(meant, read, kind) in KINDS {
        let (meant, read) = (super::page::named(meant)?, super::page::named(read)?);
        if ceiling
            .under(meant, read)
            .is_none_or(|most| most - before <= MARGIN_SAME)
        {
            continue;
        }
        let Some(undone) = undo_all(sample, meant, read).filter(|undone| undone.changed > 0) else {
            continue;
        };
        let counts = Counts::of(&undone.text);
        let odd = oddness(&undone.text);
        // The script that the letters turn into must be in a language that the page served.
        let served = |i: usize| {
            let profile = &PROFILES.profiles[i];
            profile.script != undone.script || (profile.pages.contains(&meant.name) && profile.tag != "vi")
        };
        let explained = counts.explain(served);
        let Some(language) = explained.languages.get(undone.script).copied().flatten() else {
            continue;
        };
        let score = explained.total + CASE * odd.0 as f32 + FOREIGN * (odd.1 + undone.lost) as f32;
        let gain = score - before - MARGIN_EACH * undone.changed as f32;
        let spoken = counts.long(language) >= 1 && counts.hits(language) >= 2
            || (counts.long(language) >= 1 && gain > 1.5 * MARGIN && undone.words(sample) >= 3);
        let margin = if same(sample, &counts_before, &undone.text, &counts, language) {
            MARGIN_SAME
        } else {
            MARGIN
        };
        if spoken && gain > margin && best.as_ref().is_none_or(|best| gain > best.gain + 0.5) {
            best = Some(Winner {
                gain,
                language,
                meant,
                read,
                kind,
            });
        }
    }
    best
}

/// The most that a sample could be worth when it is undone, told from how often each of its letters is met: so the pages that cannot win are passed over in no time.
struct Ceiling {
    /// Small letters of ASCII, which stay.
    plain: Vec<(char, u32)>,
    /// The characters that may change.
    others: Vec<(char, u32)>,
    /// No language has more frequent words: those that it has, and all that may change.
    hits: u32,
}

impl Ceiling {
    fn of(sample: &str, counts: &Counts) -> Ceiling {
        let mut others = BTreeMap::new();
        sample
            .chars()
            .filter(|c| !c.is_ascii())
            .for_each(|c| *others.entry(c).or_default() += 1);
        // One word counts three times at the most. Where letters become signs or signs letters, there may be new words: one each, which is seen below.
        let words: BTreeSet<&str> = sample
            .split(|c: char| !is_alphabetic(c) && !is_mark(c))
            .filter(|word| !word.is_ascii())
            .collect();
        let known = (0..PROFILES.profiles.len()).map(|i| counts.hits(i)).max().unwrap_or(0);
        Ceiling {
            plain: counts.letters.iter().filter(|(c, _)| c.is_ascii()).copied().collect(),
            others: others.into_iter().collect(),
            hits: known + 3 * words.len() as u32,
        }
    }

    /// Nothing where the pages cannot be the ones.
    fn under(&self, meant: &Page, read: &Page) -> Option<f32> {
        let mut letters = self.plain.clone();
        let (mut changed, mut against, mut cuts) = (0, 0, 0);
        for &(c, count) in &self.others {
            let now = read.own_byte(c).map_or(c, |byte| meant.char(byte));
            if now != c {
                if ('\u{80}'..='\u{9f}').contains(&now) {
                    return None;
                }
                changed += count;
                cuts += count * u32::from(is_alphabetic(c) != is_alphabetic(now));
                against += count * u32::from(is_alphabetic(c) && !is_alphabetic(now) && !is_odd(now));
            }
            against += count * u32::from(is_odd(now));
            if is_alphabetic(now) {
                letters.push((small(now), count));
            }
        }
        let letters = Counts::assumed(letters, self.hits + cuts).explain(|_| true).total;
        (changed > 0).then_some(letters + FOREIGN * against as f32 - MARGIN_EACH * changed as f32)
    }
}

/// Whether text of this language had a few words spoilt: its frequent words, or words whose letters no single language has.
fn same(was: &str, before: &Counts, now: &str, after: &Counts, language: usize) -> bool {
    if before.hits(language) < 3 {
        return false;
    }
    let profiles = &PROFILES.profiles;
    let has = |i: usize, word: &str| {
        word.chars()
            .filter(|c| is_alphabetic(*c) || is_odd(*c))
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

/// How often two letters clash, and how many signs there are that texts hardly have.
fn oddness(text: &str) -> (usize, usize) {
    let (mut cases, mut signs) = (0, 0);
    let mut last = sign(' ');
    for own in text.chars().map(sign) {
        cases += usize::from(last.clashes(own));
        signs += usize::from(own.is_odd());
        last = own;
    }
    (cases, signs)
}

/// A text with every character of one page turned into the other's.
struct Undone {
    text: String,
    /// How many characters that changed.
    changed: usize,
    /// How many of them were letters and are none.
    lost: usize,
    /// The script that most of them are letters of.
    script: usize,
}

impl Undone {
    /// How many different words changed.
    fn words(&self, was: &str) -> usize {
        let pairs = was.split_whitespace().zip(self.text.split_whitespace());
        pairs
            .filter(|(was, now)| was != now)
            .map(|(_, now)| now)
            .collect::<BTreeSet<&str>>()
            .len()
    }
}

/// Nothing when a byte is open in the page that was meant.
fn undo_all(text: &str, meant: &Page, read: &Page) -> Option<Undone> {
    let mut undone = Undone {
        text: String::with_capacity(text.len()),
        changed: 0,
        lost: 0,
        script: 0,
    };
    let mut scripts = [0usize; SCRIPTS];
    for c in text.chars() {
        let now = if c.is_ascii() {
            c
        } else {
            read.own_byte(c).map_or(c, |byte| meant.char(byte))
        };
        if now != c {
            if ('\u{80}'..='\u{9f}').contains(&now) {
                return None;
            }
            undone.changed += 1;
            let letter = is_alphabetic(now);
            undone.lost += usize::from(is_alphabetic(c) && !letter && !is_odd(now));
            if let Some(count) = scripts.get_mut(script(now)).filter(|_| letter) {
                *count += 1;
            }
        }
        undone.text.push(now);
    }
    undone.script = (0..SCRIPTS).rev().max_by_key(|&i| scripts[i]).unwrap_or(0);
    Some(undone)
}

/// Line by line, the words of the lines that get likelier. Lines that are clean stay.
fn changes(text: &str, winner: &Winner) -> Vec<Change> {
    let profile = &PROFILES.profiles[winner.language];
    let letter = |c: char| match c {
        c if is_alphabetic(c) => profile.log(c),
        c if is_odd(c) => FOREIGN,
        _ => -3.0,
    };
    let likely =
        |word: &str| word.chars().filter(|c| !c.is_ascii()).map(letter).sum::<f32>() + CASE * oddness(word).0 as f32;
    let mut changes = Vec::new();
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        let from = begin;
        begin += line.len();
        if line.is_ascii() || is_clean(line) {
            continue;
        }
        let mut gain = 0.0;
        let mut own: Vec<(f32, Change)> = Vec::new();
        for word in line.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_ascii()) {
            let undone = undo_all(word, winner.meant, winner.read).filter(|undone| undone.changed > 0);
            let Some(Undone { text: now, .. }) = undone else {
                continue;
            };
            let better = likely(&now) - likely(word);
            gain += better;
            let start = from + (word.as_ptr() as usize - line.as_ptr() as usize);
            own.push((
                better,
                Change {
                    start,
                    end: start + word.len(),
                    now,
                    kind: winner.kind,
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
    }
    changes
}
