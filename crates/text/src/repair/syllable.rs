//! Which strings of letters can be a syllable, by the onsets and rhymes of `languages/vi/syllables.tsv`, and how often a syllable is met, by
//! `languages/vi/repair/frequency.tsv`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

const SYLLABLES: &str = include_str!("../../../../languages/vi/syllables.tsv");
const FREQUENCY: &str = include_str!("../../../../languages/vi/repair/frequency.tsv");

/// The five tone marks; the sixth tone has none.
pub(super) const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

pub(super) struct Syllables {
    /// Syllables without tone that may have any tone.
    open: HashSet<String>,
    /// Syllables without tone that take only the rising or the heavy tone.
    stop: HashSet<String>,
    frequency: HashMap<&'static str, u32>,
}

pub(super) static VIET: LazyLock<Syllables> = LazyLock::new(Syllables::load);

/// The rows of a table: no comments, no head, no empty lines.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').collect())
}

impl Syllables {
    fn load() -> Syllables {
        let (mut onsets, mut rhymes) = (Vec::new(), Vec::new());
        for row in rows(SYLLABLES) {
            match row[..] {
                ["onset", form, class, ..] => onsets.push((form, class)),
                ["rhyme", form, class, note] => rhymes.push((form, class, note)),
                _ => {}
            }
        }
        let (mut open, mut stop) = (HashSet::new(), HashSet::new());
        for (rhyme, class, note) in rhymes {
            let notes: Vec<&str> = note.split(',').collect();
            let front = rhyme.starts_with(['i', 'e', 'ê', 'y']);
            for &(onset, place) in &onsets {
                let fits = match place {
                    "none" => !notes.contains(&"bare-qu"),
                    "qu" => notes.contains(&"qu"),
                    "front" => front && !notes.contains(&"bare") && !notes.contains(&"bare-qu"),
                    // "gi" and its kin are written with the plain letter.
                    "back" => {
                        (!front || (onset == "g" && rhyme.starts_with('i')))
                            && !notes.contains(&"bare")
                            && !notes.contains(&"bare-qu")
                    }
                    _ => !notes.contains(&"bare") && !notes.contains(&"bare-qu"),
                };
                if fits {
                    let form = if onset == "-" {
                        rhyme.to_owned()
                    } else {
                        format!("{onset}{rhyme}")
                    };
                    if class == "stop" {
                        stop.insert(form)
                    } else {
                        open.insert(form)
                    };
                }
            }
        }
        let frequency = rows(FREQUENCY)
            .filter_map(|row| Some((row[0], row.get(1)?.parse().ok()?)))
            .collect();
        Syllables { open, stop, frequency }
    }

    /// Whether these letters, of any case, are a syllable with at most one tone mark.
    pub(super) fn valid(&self, word: &str) -> bool {
        if word.len() > 40 {
            return false;
        }
        let mut tone = None;
        let mut base = String::with_capacity(word.len());
        for c in word.nfd() {
            if TONES.contains(&c) {
                // A tone stands on a vowel, whose own mark may lie between.
                let letter = base.chars().rev().find(|c| c.is_alphabetic());
                if tone.replace(c).is_some() || !letter.is_some_and(|letter| "aeiouy".contains(letter)) {
                    return false;
                }
            } else {
                base.extend(c.to_lowercase());
            }
        }
        let base: String = base.nfc().collect();
        match tone {
            None | Some('\u{300}' | '\u{303}' | '\u{309}') => self.open.contains(&base),
            Some(_) => self.open.contains(&base) || self.stop.contains(&base),
        }
    }

    /// How often the syllable is met among some 45,000.
    pub(super) fn frequency(&self, word: &str) -> u32 {
        let lower: String = word.nfc().flat_map(char::to_lowercase).collect();
        self.frequency.get(lower.as_str()).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::VIET;

    #[test]
    fn tells_syllables_from_what_is_none() {
        for word in [
            "nghiêng", "quyết", "gìn", "giếng", "hòa", "hoà", "Ủy", "yên", "khuya", "quốc", "ý", "đã", "thuở", "ngoằn",
            "quỳnh", "ướt",
        ] {
            assert!(VIET.valid(word), "{word}");
        }
        for word in [
            "đă", "xă", "kư", "lănh", "t́nh", "ḥa", "quư", "cêt", "các̀", "bàc", "strong", "ngiên", "băi", "ç", "",
        ] {
            assert!(!VIET.valid(word), "{word}");
        }
    }
}
