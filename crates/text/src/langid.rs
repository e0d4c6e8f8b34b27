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

use std::collections::HashMap;
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
const WORD: f32 = 3.0;
/// More of a text is not looked at.
const ENOUGH: usize = 20_000;

const TABLE: &str = include_str!("../../../languages/shared/langid.tsv");

pub(crate) struct Table {
    pub(crate) profiles: Vec<Profile>,
    /// Frequent words, and a bit for each profile that has them.
    words: HashMap<&'static str, u64>,
}

/// The table, read once.
pub(crate) static PROFILES: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        profiles: Vec::new(),
        words: HashMap::new(),
    };
    for line in TABLE.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let [tag, flag, pages, letters, words] = line.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        let mut profile = Profile {
            tag,
            plain: flag == "plain",
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
            *table.words.entry(word).or_default() |= 1 << table.profiles.len();
        }
        table.profiles.push(profile);
    }
    table
});

impl Profile {
    /// The log-probability of a letter, of either case.
    pub(crate) fn log(&self, c: char) -> f32 {
        let c = fold(c);
        match self.logs.get(c as usize) {
            Some(&log) => log,
            None => self.beyond.get(&c).copied().unwrap_or(FOREIGN),
        }
    }
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
    pub(crate) letters: HashMap<char, u32>,
    /// How many frequent words each profile has in it, repetitions of one word counted to three.
    hits: Vec<u32>,
    pub(crate) words: u32,
}

impl Counts {
    pub(crate) fn of(text: &str) -> Counts {
        let table = &*PROFILES;
        let mut counts = Counts {
            letters: HashMap::new(),
            hits: vec![0; table.profiles.len()],
            words: 0,
        };
        let mut seen: HashMap<&'static str, u32> = HashMap::new();
        let mut ascii = [0u32; 128];
        let mut word = String::new();
        let end = text.char_indices().map(|(at, _)| at).nth(ENOUGH).unwrap_or(text.len());
        for c in text[..end].chars().chain([' ']) {
            if c.is_alphabetic() || is_mark(c) {
                let c = fold(c);
                match ascii.get_mut(c as usize) {
                    Some(count) => *count += 1,
                    None => *counts.letters.entry(c).or_default() += 1,
                }
                if word.len() < 40 {
                    word.push(c);
                }
            } else if !word.is_empty() {
                counts.words += 1;
                if let Some((&known, &bits)) = table.words.get_key_value(word.as_str()) {
                    let times = seen.entry(known).or_default();
                    *times += 1;
                    if *times <= 3 {
                        counts
                            .hits
                            .iter_mut()
                            .enumerate()
                            .filter(|(i, _)| bits >> i & 1 == 1)
                            .for_each(|(_, hits)| *hits += 1);
                    }
                }
                word.clear();
            }
        }
        counts
            .letters
            .extend(('\0'..).zip(ascii).filter(|&(_, count)| count > 0));
        counts
    }

    /// The log-likelihood under a profile, by its number.
    pub(crate) fn score(&self, profile: usize) -> f32 {
        let own = &PROFILES.profiles[profile];
        let letters: f32 = self
            .letters
            .iter()
            .filter(|&(&c, _)| !is_mark(c))
            .map(|(&c, &count)| own.log(c) * count as f32)
            .sum();
        letters + WORD * self.hits[profile] as f32
    }

    /// How many frequent words of the profile were found.
    pub(crate) fn hits(&self, profile: usize) -> u32 {
        self.hits[profile]
    }

    /// The likeliest profile and its log-likelihood.
    pub(crate) fn best(&self) -> Option<(usize, f32)> {
        let scored = (0..PROFILES.profiles.len()).map(|i| (i, self.score(i)));
        scored
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .filter(|_| !self.letters.is_empty())
    }

    fn total(&self) -> u32 {
        self.letters.values().sum()
    }
}

/// Combining marks belong to words; the table does not count them.
fn is_mark(c: char) -> bool {
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
            .filter(|&(&c, _)| range(c))
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
