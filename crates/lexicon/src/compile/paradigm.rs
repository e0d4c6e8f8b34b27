use super::Mistake;
use super::rows::rows;
use crate::{Inflection, Pos};
use rustc_hash::FxHashMap;

/// How words inflect: rules by ending, and the words that do as they like.
pub(super) struct Paradigm {
    vowels: String,
    rules: Vec<Ending>,
    verbs: FxHashMap<String, Irregular>,
    nouns: FxHashMap<String, Vec<String>>,
    active: bool,
}

/// Past forms, participles, and the gerund where it is odd too.
type Irregular = (Vec<String>, Vec<String>, Option<String>);

struct Ending {
    pos: String,
    slot: String,
    /// Ending of the base: letters, `C` a consonant, `V` a vowel, a leading `1` for words of one syllable.
    pattern: String,
    /// `-N` letters dropped or `=` the last letter doubled, then letters added.
    change: String,
}

impl Paradigm {
    pub(super) fn none() -> Self {
        Paradigm {
            vowels: String::new(),
            rules: Vec::new(),
            verbs: FxHashMap::default(),
            nouns: FxHashMap::default(),
            active: false,
        }
    }

    pub(super) fn read(paradigm: &str, irregular: &str, mistakes: &mut Vec<Mistake>) -> Self {
        let mut out = Paradigm {
            active: true,
            ..Paradigm::none()
        };
        for row in rows("paradigm.tsv", paradigm).unwrap_or_else(|m| {
            mistakes.push(m);
            Vec::new()
        }) {
            if row.get("pos") == "vowels" {
                out.vowels = row.get("slot").to_owned();
                continue;
            }
            out.rules.push(Ending {
                pos: row.get("pos").into(),
                slot: row.get("slot").into(),
                pattern: row.get("ending").into(),
                change: row.get("change").into(),
            });
        }
        for row in rows("lexicon/irregular.tsv", irregular).unwrap_or_default() {
            let forms: Vec<&str> = row.get("forms").split(',').map(str::trim).collect();
            let split = |s: &str| s.split('|').map(str::to_owned).collect::<Vec<_>>();
            if row.get("pos") == "V" {
                let past = split(forms[0]);
                let participle = forms.get(1).map_or_else(|| past.clone(), |f| split(f));
                // A verb of two spellings stands in two rows.
                let known = out.verbs.entry(row.get("base").into()).or_default();
                let add = |to: &mut Vec<String>, more: Vec<String>| {
                    for form in more {
                        if !to.contains(&form) {
                            to.push(form);
                        }
                    }
                };
                add(&mut known.0, past);
                add(&mut known.1, participle);
                known.2 = known.2.take().or(forms.get(2).map(|f| (*f).to_owned()));
            } else {
                let known = out.nouns.entry(row.get("base").into()).or_default();
                known.push(forms[0].to_owned());
            }
        }
        out
    }

    /// All forms of an entry of one or more words.
    pub(super) fn forms(&self, form: &str, pos: Pos) -> Vec<(String, Inflection)> {
        let words: Vec<&str> = form.split(' ').collect();
        let plain = || vec![(form.replace('*', ""), Inflection::Base)];
        if !self.active {
            return plain();
        }
        let marked = words.iter().position(|w| w.len() > 1 && w.ends_with('*'));
        let at = match pos {
            Pos::Verb => marked.unwrap_or(0),
            Pos::Noun => marked.unwrap_or(words.len() - 1),
            _ => return plain(),
        };
        let base = words[at].trim_end_matches('*');
        let mut out = Vec::new();
        let mut push = |word: &str, inflection| {
            let mut all: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            all[at] = word.to_owned();
            out.push((all.join(" "), inflection));
        };
        push(base, Inflection::Base);
        if pos == Pos::Noun {
            match self.nouns.get(base) {
                Some(plurals) => plurals.iter().for_each(|w| push(w, Inflection::Plural)),
                None => self
                    .inflect("N", "plural", base)
                    .iter()
                    .for_each(|w| push(w, Inflection::Plural)),
            }
            return out;
        }
        self.inflect("V", "third", base)
            .iter()
            .for_each(|w| push(w, Inflection::Third));
        match self.verbs.get(base) {
            Some((past, participle, gerund)) => {
                past.iter().for_each(|w| push(w, Inflection::Past));
                participle.iter().for_each(|w| push(w, Inflection::Participle));
                // A doubled consonant of the past ("committed") stands in the gerund too.
                let doubled = past.iter().find_map(|w| {
                    w.strip_suffix("ed")
                        .filter(|stem| stem.len() == base.len() + 1 && stem.starts_with(base))
                });
                let single = past.iter().any(|w| w.strip_suffix("ed") == Some(base));
                if let Some(gerund) = gerund {
                    push(gerund, Inflection::Gerund);
                    return out;
                }
                if let Some(stem) = doubled {
                    self.inflect("V", "gerund-doubled", stem)
                        .iter()
                        .for_each(|w| push(w, Inflection::Gerund));
                }
                if doubled.is_none() || single {
                    self.inflect("V", "gerund", base)
                        .iter()
                        .for_each(|w| push(w, Inflection::Gerund));
                }
            }
            None => {
                self.inflect("V", "past", base)
                    .iter()
                    .for_each(|w| push(w, Inflection::PastOrParticiple));
                self.inflect("V", "gerund", base)
                    .iter()
                    .for_each(|w| push(w, Inflection::Gerund));
            }
        }
        out
    }

    fn inflect(&self, pos: &str, slot: &str, base: &str) -> Option<String> {
        if !base.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return None;
        }
        let rule = self
            .rules
            .iter()
            .find(|r| r.pos == pos && r.slot == slot && self.fits(&r.pattern, base))?;
        let change = &rule.change;
        if let Some(rest) = change.strip_prefix('=') {
            let last = base.chars().next_back()?;
            return Some(format!("{base}{last}{rest}"));
        }
        if let Some(rest) = change.strip_prefix('-') {
            let drop = rest.chars().next()?.to_digit(10)? as usize;
            let keep = base.char_indices().rev().nth(drop.checked_sub(1)?).map(|(i, _)| i)?;
            return Some(format!("{}{}", &base[..keep], &rest[1..]));
        }
        Some(format!("{base}{change}"))
    }

    fn fits(&self, pattern: &str, base: &str) -> bool {
        let vowel = |c: char| self.vowels.contains(c);
        let (one, pattern) = pattern.strip_prefix('1').map_or((false, pattern), |p| (true, p));
        if one {
            let mut groups = 0;
            let mut before = false;
            for c in base.chars() {
                groups += usize::from(vowel(c) && !before);
                before = vowel(c);
            }
            if groups != 1 {
                return false;
            }
        }
        if pattern == "*" {
            return true;
        }
        let mut letters = base.chars().rev();
        pattern.chars().rev().all(|p| {
            letters.next().is_some_and(|c| match p {
                'C' => !vowel(c),
                // A consonant that may double.
                'D' => !vowel(c) && !"wxy".contains(c),
                'V' => vowel(c),
                p => p == c,
            })
        })
    }
}
