//! One code page read as another: "Ïðèíèìàÿ" for "Принимая", "wolnoœci" for "wolności". Each pair of pages is undone for the whole text, and the result held
//! against the text as it stands: which language would it be, and how likely are these letters and words in it? Only a clear win counts, and only
//! for a language that the page served.

use super::draft::{Change, Draft};
use super::gate::sign;
use super::page::Page;
use crate::langid::{
    Counts, FOREIGN, PROFILES, SCRIPTS, WORD, best, is_mark, may_be_frequent, most_singles, script, small,
};
use crate::letters::{is_alphabetic, is_east_asian, is_odd};
use std::collections::{BTreeMap, BTreeSet, HashMap};
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

/// Two pages, and the languages that the one which was meant served.
struct Misreading {
    meant: &'static Page,
    read: &'static Page,
    kind: &'static str,
    /// A bit for each profile. Vietnamese has a pass of its own.
    served: u64,
}

static MISREADINGS: LazyLock<Vec<Misreading>> = LazyLock::new(|| {
    let served = |meant: &str| {
        let profiles = PROFILES.profiles.iter().enumerate();
        let own = profiles.filter(|(_, profile)| profile.pages.contains(&meant) && profile.tag != "vi");
        own.fold(0, |bits, (i, _)| bits | 1 << i)
    };
    let misreading = |&(meant, read, kind): &(&str, &str, &'static str)| {
        Some(Misreading {
            meant: super::page::named(meant)?,
            read: super::page::named(read)?,
            kind,
            served: served(meant),
        })
    };
    KINDS.iter().filter_map(misreading).collect()
});

impl Misreading {
    /// Whether letters of that script may be taken for those of a profile: in the script that the letters turn into, of one that the page served.
    fn may_be(&self, script: usize) -> impl Fn(usize) -> bool + use<'_> {
        move |i| PROFILES.profiles[i].script != script || self.served >> i & 1 == 1
    }
}

/// The text must be so much likelier, as log-odds …
const MARGIN: f32 = 12.0;
/// … or only so much when its language is the same, and words that no language has become words …
const MARGIN_SAME: f32 = 2.0;
/// (a text of so many frequent words is in a language) …
const SAME: u32 = 3;
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
    // The only line of a text has been judged with it.
    let one = !draft.text.contains('\n');
    let sample = sample(&draft.text, |line| !one && is_clean(line));
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
fn sample(text: &str, is_clean: impl Fn(&str) -> bool) -> String {
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
    for misreading in &*MISREADINGS {
        if !ceiling.reaches(before, misreading) {
            continue;
        }
        let &Misreading { meant, read, kind, .. } = misreading;
        let Some(undone) = undo_all(sample, meant, read).filter(|undone| undone.changed > 0) else {
            continue;
        };
        let counts = Counts::of(&undone.text);
        let odd = oddness(&undone.text);
        let explained = counts.explain(misreading.may_be(undone.script));
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
struct Ceiling<'c> {
    counts: &'c Counts,
    /// Small letters of ASCII, which stay, and what they and the frequent words are worth in each language of theirs.
    plain: Vec<(char, u32)>,
    worth: Vec<(usize, f32)>,
    /// The characters that may change.
    others: Vec<(char, Met)>,
    /// So many frequent words there are in a language at most, and so many more there may be.
    known: u32,
    hits: u32,
    /// Whether one of these may be of more than one letter.
    long: bool,
    /// So much likelier it must become at least.
    margin: f32,
}

/// How often a character is met, and beside which letters of ASCII, which stay.
#[derive(Default)]
struct Met {
    times: u32,
    behind_small: u32,
    behind_capital: u32,
    before: u32,
    /// How often frequent words may come of what is around it, where it ends a word or ends one no more.
    cuts: u32,
}

impl<'c> Ceiling<'c> {
    fn of(sample: &str, counts: &'c Counts) -> Ceiling<'c> {
        let mut others: BTreeMap<char, Met> = BTreeMap::new();
        let mut last = ' ';
        for c in sample.chars() {
            if !c.is_ascii() {
                let met = others.entry(c).or_default();
                met.times += 1;
                met.behind_small += u32::from(last.is_ascii_lowercase());
                met.behind_capital += u32::from(last.is_ascii_uppercase());
            } else if c.is_ascii_alphabetic() && !last.is_ascii() {
                others.entry(last).or_default().before += 1;
            }
            last = c;
        }
        // A word counts three times at the most, if it has more than one letter.
        let mut hits = 0;
        let mut known: HashMap<&str, bool> = HashMap::new();
        for word in sample.split(|c: char| !is_wordy(c)).filter(|word| !word.is_ascii()) {
            let cuts = *known.entry(word).or_insert_with(|| {
                hits += 3 * u32::from(is_longer(word) && may_be_frequent(word));
                has_frequent(word)
            });
            for c in word.chars().filter(|c| cuts && !c.is_ascii()) {
                others.entry(c).or_default().cuts += 1;
            }
        }
        for (c, met) in &mut others {
            if !is_wordy(*c) {
                met.cuts = met.times;
            }
        }
        let most = (0..PROFILES.profiles.len()).map(|i| counts.hits(i)).max().unwrap_or(0);
        Ceiling {
            counts,
            known: most,
            hits: hits + most_singles(),
            long: hits > 0,
            margin: if most < SAME { MARGIN } else { MARGIN_SAME },
            plain: counts.letters.iter().filter(|(c, _)| c.is_ascii()).copied().collect(),
            worth: counts.plain(0),
            others: others.into_iter().collect(),
        }
    }

    /// Whether the pages could make the sample worth so much more than it was that they win.
    fn reaches(&self, before: f32, misreading: &Misreading) -> bool {
        let &Misreading {
            meant, read, served, ..
        } = misreading;
        let mut letters = Vec::with_capacity(self.others.len());
        let (mut changed, mut against, mut cuts, mut clashes) = (0, 0, 0, 0);
        // What letters beyond ASCII are worth at most, the scripts that there are, and those that letters turn into.
        let (mut worth, mut scripts, mut turned) = (0.0, [false; SCRIPTS], [0; SCRIPTS]);
        for (c, met) in &self.others {
            let (c, count) = (*c, met.times);
            let now = read.own_byte(c).map_or(c, |byte| meant.char(byte));
            if now != c {
                if ('\u{80}'..='\u{9f}').contains(&now) {
                    return false;
                }
                changed += count;
                cuts += met.cuts * u32::from(is_wordy(c) != is_wordy(now));
                against += count * u32::from(is_alphabetic(c) && !is_alphabetic(now) && !is_odd(now));
            }
            against += count * u32::from(is_odd(now));
            let own = sign(now);
            clashes += met.behind_small * u32::from(sign('a').clashes(own))
                + met.behind_capital * u32::from(sign('A').clashes(own))
                + met.before * u32::from(own.clashes(sign('a')));
            if is_alphabetic(now) {
                let letter = small(now);
                if let Some(met) = scripts.get_mut(script(letter)) {
                    *met = true;
                }
                if let Some(turned) = turned.get_mut(script(now)).filter(|_| now != c) {
                    *turned += count as usize;
                }
                worth += best(letter) * f32::from(u8::from(!is_mark(letter))) * count as f32;
                letters.push((letter, count));
            }
        }
        let turned = most_of(&turned);
        let profiles = &PROFILES.profiles;
        let may_speak = |i: usize| profiles[i].script == turned && served >> i & 1 == 1;
        let spoken = self.long || cuts > 0 || (0..profiles.len()).any(|i| may_speak(i) && self.counts.long(i) > 0);
        if changed == 0 || !spoken {
            return false;
        }
        let lost = FOREIGN * against as f32 + CASE * clashes as f32 - MARGIN_EACH * changed as f32;
        let least = before + self.margin - lost;
        let may_be = misreading.may_be(turned);
        let plain = self
            .worth
            .iter()
            .filter(|(i, _)| may_be(*i))
            .map(|(_, worth)| *worth)
            .fold(f32::MIN, f32::max);
        // Two words more for each character that ends a word now, or did, in each script.
        let more = self.hits + 2 * cuts;
        let beside = scripts[1..].iter().filter(|met| **met).count() as u32;
        let words = (1 + beside) * more + beside * self.known;
        if plain.max(FOREIGN * self.letters()) + worth + WORD * words as f32 <= least {
            return false;
        }
        letters.extend_from_slice(&self.plain);
        self.counts.assumed(letters, more).explain(may_be).total > least
    }

    /// How many letters of ASCII there are.
    fn letters(&self) -> f32 {
        self.plain.iter().map(|(_, count)| *count as f32).sum()
    }
}

/// Whether it is of a word: a letter, or a mark of one.
fn is_wordy(c: char) -> bool {
    is_alphabetic(c) || is_mark(c)
}

fn is_longer(word: &str) -> bool {
    word.chars().nth(1).is_some()
}

/// Whether a part of a word that stands between its letters beyond ASCII, other than all of it, may be a frequent word of more than one letter.
fn has_frequent(word: &str) -> bool {
    let ends = || {
        word.char_indices()
            .filter(|(_, c)| !c.is_ascii())
            .map(|(at, c)| (at, at + c.len_utf8()))
    };
    let begins = ends().map(|(_, end)| end).chain([0]);
    begins.into_iter().any(|begin| {
        ends()
            .map(|(at, _)| at)
            .chain([word.len()])
            .filter(|end| begin < *end && (begin > 0 || *end < word.len()))
            .any(|end| is_longer(&word[begin..end]) && may_be_frequent(&word[begin..end]))
    })
}

/// The script of the most letters.
fn most_of(scripts: &[usize; SCRIPTS]) -> usize {
    (0..SCRIPTS).rev().max_by_key(|&i| scripts[i]).unwrap_or(0)
}

/// Whether text of this language had a few words spoilt: its frequent words, or words whose letters no single language has.
fn same(was: &str, before: &Counts, now: &str, after: &Counts, language: usize) -> bool {
    if before.hits(language) < SAME {
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
    undone.script = most_of(&scripts);
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
