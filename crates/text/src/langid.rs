//! Which language a text is in: by its script, its letters and its frequent words.
//!
//! The table `languages/shared/langid.tsv` gives for each language how often its letters are met and some of its frequent words. A text is of the
//! language that makes it most likely. Mending damaged text ([`crate::repair`]) weighs what a text could have been by the same scores.
//!
//! ```
//! use counterclaim_text::langid::identify;
//!
//! assert_eq!(identify("Bộ Quốc phòng cho biết không có thương vong.").tag, "vi");
//! assert_eq!(identify("Міністерство заперечило, що обстріл був.").tag, "uk");
//! let plain = identify("Bo Quoc phong cho biet khong co thuong vong trong vu viec nay");
//! assert_eq!((plain.tag, plain.undiacritised), ("vi", true));
//! assert_eq!(identify("12:30").tag, "und");
//! ```

use crate::letters::is_alphabetic;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Language {
    /// BCP 47; `und` when the text does not say.
    pub tag: &'static str,
    /// How sure this is, from 0 to 1.
    pub confidence: f32,
    /// It is written without the marks that the language needs, as in old e-mails and telegrams.
    pub undiacritised: bool,
}

/// A language as the table has it.
pub(crate) struct Profile {
    pub(crate) tag: &'static str,
    plain: bool,
    /// The script of its letters, see [`script`].
    pub(crate) script: usize,
    /// Code pages that its texts were written in.
    pub(crate) pages: Vec<&'static str>,
    /// Log-probabilities of letters below [`LETTERS`], small letters only.
    logs: Box<[f32; LETTERS]>,
    /// The ones beyond, of which only Vietnamese has any.
    beyond: HashMap<char, f32>,
}

/// Letters up to Arabic stand in an array.
const LETTERS: usize = 0x700;
/// The log-probability of a letter that a language does not have.
pub(crate) const FOREIGN: f32 = -9.0;
/// What a frequent word adds to the log-likelihood of its language.
pub(crate) const WORD: f32 = 3.0;
/// More of a text is not looked at.
const ENOUGH: usize = 20_000;

const TABLE: &str = include_str!("../../../languages/shared/langid.tsv");

pub(crate) struct Table {
    pub(crate) profiles: Vec<Profile>,
    /// For each frequent word a bit for each profile that has it, and how often it counts in one text.
    words: Vec<(u64, u32)>,
    /// Words by the hash of their letters, in open addressing; nought marks an empty slot.
    by_hash: Vec<(u64, usize)>,
}

/// More than twice as many as the table has words.
const SLOTS: usize = 4096;

impl Table {
    /// The slot that has this hash, or where it would go.
    fn slot(&self, hash: u64) -> usize {
        let mut slot = (hash >> 40) as usize % SLOTS;
        while self.by_hash[slot].0 != hash && self.by_hash[slot].0 != 0 {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }
}

/// The table, read once.
pub(crate) static PROFILES: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        profiles: Vec::new(),
        words: Vec::new(),
        by_hash: vec![(0, 0); SLOTS],
    };
    for line in TABLE.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let [tag, flag, pages, letters, words] = line.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        let mut profile = Profile {
            tag,
            plain: flag == "plain",
            script: letters.chars().next().map_or(0, script),
            pages: pages.split(' ').collect(),
            logs: Box::new([FOREIGN; LETTERS]),
            beyond: HashMap::new(),
        };
        for entry in letters.split(' ') {
            let Some(c) = entry.chars().next() else { continue };
            let Ok(share) = entry[c.len_utf8()..].parse::<f32>() else {
                continue;
            };
            let log = (share / 1000.0).ln();
            match profile.logs.get_mut(c as usize) {
                Some(slot) => *slot = log,
                None => _ = profile.beyond.insert(c, log),
            }
        }
        for word in words.split(' ') {
            let next = table.words.len();
            let hash = word.chars().fold(HASH, |hash, c| step(hash, c as u32));
            let slot = table.slot(hash);
            let at = if table.by_hash[slot].0 == hash {
                table.by_hash[slot].1
            } else {
                next
            };
            table.by_hash[slot] = (hash, at);
            if at == next {
                // A single letter may be anything.
                table.words.push((0, if word.chars().count() == 1 { 1 } else { 3 }));
            }
            table.words[at].0 |= 1 << table.profiles.len();
        }
        table.profiles.push(profile);
    }
    table
});

impl Profile {
    /// The log-probability of a letter, of either case.
    pub(crate) fn log(&self, c: char) -> f32 {
        self.log_small(fold(c))
    }

    /// The same of a small letter.
    fn log_small(&self, c: char) -> f32 {
        match self.logs.get(c as usize) {
            Some(&log) => log,
            None => self.beyond.get(&c).copied().unwrap_or(FOREIGN),
        }
    }
}

/// The most that a letter is worth in any language of its script; nothing of scripts that no language of the table has.
pub(crate) fn best(c: char) -> f32 {
    static BEST: LazyLock<Vec<f32>> = LazyLock::new(|| {
        let letters = (0..LETTERS as u32).map(|code| char::from_u32(code).unwrap_or(' '));
        letters.map(|c| most(c, |profile| profile.log_small(c))).collect()
    });
    fn most(c: char, log: impl Fn(&Profile) -> f32) -> f32 {
        let own = PROFILES.profiles.iter().filter(|profile| profile.script == script(c));
        own.map(log).fold(FOREIGN, f32::max)
    }
    if script(c) >= SCRIPTS {
        return 0.0;
    }
    match BEST.get(c as usize) {
        Some(&log) => log,
        None => most(c, |profile| match profile.beyond.is_empty() {
            true => FOREIGN,
            false => profile.log_small(c),
        }),
    }
}

/// Whether a word can be a frequent one once its letters beyond ASCII are read as others.
pub(crate) fn may_be_frequent(word: &str) -> bool {
    static SHAPES: LazyLock<HashSet<u64>> = LazyLock::new(|| {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
        let words = lines.filter_map(|line| line.rsplit('\t').next());
        words.flat_map(|words| words.split(' ')).map(shape).collect()
    });
    SHAPES.contains(&shape(word))
}

/// How many of a language's frequent words are single letters, at most: each counts once in a text.
pub(crate) fn most_singles() -> u32 {
    static MOST: LazyLock<u32> = LazyLock::new(|| {
        let words = &PROFILES.words;
        let of = |i: usize| {
            words
                .iter()
                .filter(|(bits, most)| *most == 1 && bits >> i & 1 == 1)
                .count() as u32
        };
        (0..PROFILES.profiles.len()).map(of).max().unwrap_or(0)
    });
    *MOST
}

/// The small letters of ASCII in a word and where they stand; those that others have for their small ones (the Turkish dotted capital, the sign of kelvin) are not told
/// from the others.
fn shape(word: &str) -> u64 {
    word.chars().fold(HASH, |hash, c| match c.to_ascii_lowercase() {
        'i' | 'k' => step(hash, 1),
        c if c.is_ascii() => step(hash, c as u32),
        _ => step(hash, 1),
    })
}

/// The small letter; the Turkish dotted capital is an i.
fn fold(c: char) -> char {
    if c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        c.to_lowercase().next().unwrap_or(c)
    }
}

/// A text as far as the table is concerned: its letters, and its words that are frequent anywhere.
pub(crate) struct Counts {
    /// Each small letter, and how often it is met.
    pub(crate) letters: Vec<(char, u32)>,
    /// How many frequent words each profile has in it, repetitions of one word counted to three.
    hits: Vec<u32>,
    /// How many of these have more than one letter.
    long: Vec<u32>,
}

/// Small letters of the characters below [`FOLDED`]; nought for what is neither letter nor mark.
static FOLD: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let small = |c: char| {
        if c.is_alphabetic() || is_mark(c) {
            u16::try_from(fold(c) as u32).unwrap_or(0)
        } else {
            0
        }
    };
    (0..FOLDED)
        .map(|code| char::from_u32(code as u32).map_or(0, small))
        .collect()
});

const FOLDED: usize = 0x2010;

/// A letter as [`Counts`] have it.
pub(crate) fn small(c: char) -> char {
    match FOLD.get(c as usize) {
        Some(0) | None => c,
        Some(&code) => char::from_u32(u32::from(code)).unwrap_or(c),
    }
}

impl Counts {
    /// As of a text of these letters that has so many more frequent words of every language than this one.
    pub(crate) fn assumed(&self, letters: Vec<(char, u32)>, more: u32) -> Counts {
        Counts {
            letters,
            hits: self.hits.iter().map(|hits| hits + more).collect(),
            long: vec![0; self.hits.len()],
        }
    }

    /// The log-likelihood of the letters of ASCII and the frequent words under each profile of a script, by its number.
    pub(crate) fn plain(&self, wanted: usize) -> Vec<(usize, f32)> {
        let plain = || self.letters.iter().filter(|(c, _)| c.is_ascii());
        let own = PROFILES
            .profiles
            .iter()
            .enumerate()
            .filter(|(_, profile)| profile.script == wanted);
        own.map(|(i, profile)| {
            let letters: f32 = plain().map(|&(c, count)| profile.log_small(c) * count as f32).sum();
            (i, letters + WORD * self.hits[i] as f32)
        })
        .collect()
    }

    pub(crate) fn of(text: &str) -> Counts {
        let table = &*PROFILES;
        let small = &*FOLD;
        let mut near = vec![0u32; FOLDED];
        // A short text has few of them.
        let mut met: Vec<u32> = Vec::with_capacity(64);
        let mut far: HashMap<char, u32> = HashMap::new();
        let mut seen = vec![0u32; table.words.len()];
        let (mut hash, mut len) = (HASH, 0u32);
        for c in text.chars().take(ENOUGH).chain([' ']) {
            let letter = match small.get(c as usize) {
                Some(&code) => u32::from(code),
                None if is_alphabetic(c) => c as u32,
                None => 0,
            };
            if letter != 0 {
                match near.get_mut(letter as usize) {
                    Some(count) => {
                        if *count == 0 {
                            met.push(letter);
                        }
                        *count += 1;
                    }
                    None => *far.entry(c).or_default() += 1,
                }
                hash = step(hash, letter);
                len += 1;
            } else if len > 0 {
                let (known, word) = table.by_hash[table.slot(hash)];
                seen[word] += u32::from(known == hash);
                (hash, len) = (HASH, 0);
            }
        }
        let (mut hits, mut long) = (vec![0; table.profiles.len()], vec![0; table.profiles.len()]);
        for (&times, (bits, most)) in seen.iter().zip(&table.words).filter(|(times, _)| **times > 0) {
            for i in (0..hits.len()).filter(|i| bits >> i & 1 == 1) {
                hits[i] += times.min(*most);
                long[i] += u32::from(*most > 1);
            }
        }
        let mut letters: Vec<(char, u32)> = met
            .into_iter()
            .filter_map(|code| Some((char::from_u32(code)?, near[code as usize])))
            .collect();
        letters.extend(far);
        letters.sort_unstable();
        Counts { letters, hits, long }
    }

    /// The log-likelihood under a profile, by its number.
    pub(crate) fn score(&self, profile: usize) -> f32 {
        let own = &PROFILES.profiles[profile];
        let letters: f32 = self
            .letters
            .iter()
            .filter(|&&(c, _)| !is_mark(c))
            .map(|&(c, count)| own.log_small(c) * count as f32)
            .sum();
        letters + WORD * self.hits[profile] as f32
    }

    /// How many frequent words of the profile were found.
    pub(crate) fn hits(&self, profile: usize) -> u32 {
        self.hits[profile]
    }

    /// How many different frequent words of more than one letter of the profile were found.
    pub(crate) fn long(&self, profile: usize) -> u32 {
        self.long[profile]
    }

    /// Each script's letters in the likeliest of its languages that are allowed: a text may be of several.
    pub(crate) fn explain(&self, allowed: impl Fn(usize) -> bool) -> Explained {
        let mut scores: Vec<f32> = self.hits.iter().map(|&hits| WORD * hits as f32).collect();
        let mut explained = Explained {
            total: 0.0,
            languages: [None; SCRIPTS],
        };
        let profiles = &PROFILES.profiles;
        let mut met = [false; SCRIPTS];
        for &(c, count) in self.letters.iter().filter(|&&(c, _)| !is_mark(c)) {
            let script = script(c);
            match met.get_mut(script) {
                Some(met) => *met = true,
                // Letters of a script that no language here has are no argument.
                None => continue,
            }
            for (score, profile) in scores
                .iter_mut()
                .zip(profiles)
                .filter(|(_, profile)| profile.script == script)
            {
                *score += profile.log_small(c) * count as f32;
            }
        }
        for (script, _) in met.iter().enumerate().filter(|(_, met)| **met) {
            let own = (0..profiles.len()).filter(|&i| profiles[i].script == script && allowed(i));
            if let Some(best) = own.max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a))) {
                explained.total += scores[best];
                explained.languages[script] = Some(best);
            } else {
                explained.total += FOREIGN * self.of_script(script) as f32;
            }
        }
        explained
    }

    /// How many letters of a script there are.
    pub(crate) fn of_script(&self, wanted: usize) -> u32 {
        self.letters
            .iter()
            .filter(|&&(c, _)| script(c) == wanted)
            .map(|&(_, count)| count)
            .sum()
    }

    /// How many letters their script's language does not have.
    pub(crate) fn foreign(&self, explained: &Explained) -> u32 {
        let foreign = |c: char| match explained.languages.get(script(c)) {
            Some(Some(i)) => PROFILES.profiles[*i].log_small(c) <= FOREIGN,
            _ => false,
        };
        self.letters
            .iter()
            .filter(|&&(c, _)| !is_mark(c) && foreign(c))
            .map(|&(_, count)| count)
            .sum()
    }

    fn total(&self) -> u32 {
        self.letters.iter().map(|(_, count)| count).sum()
    }
}

/// What a text most likely is.
pub(crate) struct Explained {
    /// The log-likelihood.
    pub(crate) total: f32,
    /// For each script that it has the number of the language.
    pub(crate) languages: [Option<usize>; SCRIPTS],
}

/// The scripts of the table: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic.
pub(crate) const SCRIPTS: usize = 6;

/// A number for a letter's script, below [`SCRIPTS`] for those of the table.
pub(crate) fn script(c: char) -> usize {
    match c as u32 {
        0..=0x2ff | 0x1e00..=0x1eff => 0,
        0x370..=0x3ff | 0x1f00..=0x1fff => 1,
        0x400..=0x52f => 2,
        0x531..=0x58f => 3,
        0x590..=0x5ff => 4,
        0x600..=0x6ff | 0xfb50..=0xfdff | 0xfe70..=0xfefc => 5,
        // Han, kana and what stands among them are one writing.
        0x2e80..=0x312f | 0x31a0..=0x9fff | 0xf900..=0xfaff | 0x20000.. => SCRIPTS,
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7ff => SCRIPTS + 1,
        other => SCRIPTS + 2 + (other >> 12) as usize,
    }
}

const HASH: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a over letters.
fn step(hash: u64, letter: u32) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Combining marks belong to words; the table does not count them.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{64b}'..='\u{65f}' | '\u{591}'..='\u{5c7}')
}

/// Says which language a text is in. Looks at no more than the first 20,000 characters.
#[must_use]
pub fn identify(text: &str) -> Language {
    let nobody = Language {
        tag: "und",
        confidence: 0.0,
        undiacritised: false,
    };
    let counts = Counts::of(text);
    let total = counts.total();
    if total < 2 {
        return nobody;
    }
    if let Some(tag) = by_script(&counts, total) {
        return Language {
            tag,
            confidence: 0.95,
            undiacritised: false,
        };
    }
    let mut scored: Vec<(usize, f32)> = (0..PROFILES.profiles.len()).map(|i| (i, counts.score(i))).collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let (best, score) = scored[0];
    let profile = &PROFILES.profiles[best];
    // Worse than one foreign letter in four: no language of the table.
    if score / (total as f32) < FOREIGN * 0.25 + -2.9 * 0.75 {
        return nobody;
    }
    let rival = scored
        .iter()
        .find(|(i, _)| PROFILES.profiles[*i].tag != profile.tag)
        .map_or(0.0, |rival| score - rival.1);
    // Letters of one text are not independent: the odds are taken down.
    let confidence = 1.0 / (1.0 + (-rival / 4.0).exp());
    if confidence < 0.55 && total < 12 {
        return nobody;
    }
    Language {
        tag: profile.tag,
        confidence,
        undiacritised: profile.plain,
    }
}

/// Scripts that serve one language of those wanted, or none.
fn by_script(counts: &Counts, total: u32) -> Option<&'static str> {
    let share = |range: fn(char) -> bool| {
        counts
            .letters
            .iter()
            .filter(|&&(c, _)| range(c))
            .map(|(_, n)| n)
            .sum::<u32>() as f32
            / total as f32
    };
    if share(|c| matches!(c, '\u{3040}'..='\u{30ff}')) > 0.1 {
        return Some("ja");
    }
    if share(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')) > 0.4 {
        return Some("zh");
    }
    (share(|c| matches!(c, '\u{ac00}'..='\u{d7a3}')) > 0.4).then_some("ko")
}

#[cfg(test)]
mod tests {
    use super::identify;

    #[test]
    fn tells_languages_apart_by_a_sentence() {
        for (tag, text) in [
            (
                "en",
                "The ministry said that two soldiers were wounded in the shelling.",
            ),
            ("vi", "Phía Armenia bác bỏ cáo buộc và nói không có vụ pháo kích nào."),
            ("ru", "Министерство обороны сообщило, что двое военных были ранены."),
            ("uk", "Міністерство оборони повідомило, що двоє військових поранені."),
            ("ar", "قالت الوزارة إن جنديين أصيبا في القصف على القرية."),
            ("fa", "وزارت دفاع گفت که دو سرباز در این حمله زخمی شدند."),
            ("hy", "Նախարարությունը հայտնել է, որ երկու զինծառայող վիրավորվել է։"),
            ("az", "Nazirlik bildirib ki, atəş nəticəsində iki hərbçi yaralanıb."),
            (
                "tr",
                "Bakanlık, saldırıda iki askerin yaralandığını ve bir köyün boşaltıldığını açıkladı.",
            ),
            (
                "fr",
                "Le ministère a déclaré que deux soldats avaient été blessés dans les tirs.",
            ),
            (
                "es",
                "El ministerio dijo que dos soldados resultaron heridos en el bombardeo.",
            ),
            (
                "de",
                "Das Ministerium teilte mit, dass zwei Soldaten bei dem Beschuss verletzt wurden.",
            ),
            ("he", "משרד הביטחון מסר כי שני חיילים נפצעו בהפגזה על הכפר"),
            ("zh", "国防部表示,两名士兵在炮击中受伤。"),
            ("und", "… 12.500 — 4/10"),
        ] {
            assert_eq!(identify(text).tag, tag, "{text}");
        }
    }

    #[test]
    fn knows_vietnamese_without_its_marks() {
        let language = identify("Bo Quoc phong Azerbaijan cho biet khong co nguoi bi thuong trong vu tan cong nay");
        assert_eq!((language.tag, language.undiacritised), ("vi", true));
        assert!(!identify("Bộ Quốc phòng cho biết").undiacritised);
    }
}
