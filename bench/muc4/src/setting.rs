//! When, where and with what.

use crate::fill::Fill;
use crate::nps::Np;
use counterclaim_claims::TimeMention;
use jiff::civil::Date;
use std::ops::Range;

impl<'t, 'r> Fill<'t, 'r> {
    /// The time mention nearest to a word in its sentence.
    fn time(&self, word: usize) -> Option<&'r TimeMention> {
        let text = self.text;
        let sentence = text.sentences[text.sentence_of(word)].clone();
        let times = text.reading.mentions.iter().flat_map(|m| &m.times);
        times
            .filter(|t| matches!(t.kind.as_str(), "DATE" | "TIME") && t.value.len() >= 4)
            .filter_map(|t| {
                let words = text.words_of(&(t.start..t.end));
                (sentence.contains(&words.start) && !words.is_empty()).then(|| (words.start.abs_diff(word), t))
            })
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, t)| t)
    }

    pub(crate) fn date(&self, word: usize) -> Option<String> {
        let value = self.time(word)?.value.get(..10)?;
        value.parse::<Date>().ok().map(|d| d.to_string())
    }

    /// Whether a deed is told as history: more than two months before the report.
    pub(crate) fn old(&self, word: usize) -> bool {
        let Some(published) = self.published else { return false };
        let Some(value) = self.time(word).map(|t| t.value.as_str()) else {
            return false;
        };
        let days = |d: Date| (published - d).get_days();
        if let Some(date) = value.get(..10).and_then(|d| d.parse::<Date>().ok()) {
            return days(date) > 62;
        }
        let year = value.get(..4).and_then(|y| y.parse::<i16>().ok());
        let month = value.get(5..7).and_then(|m| m.parse::<i8>().ok());
        match (year, month) {
            (Some(year), Some(month)) => Date::new(year, month, 28).is_ok_and(|d| days(d) > 62),
            (Some(year), None) => year < published.year() - i16::from(published.month() < 3),
            _ => false,
        }
    }

    /// The finest place of the sentence, nearest after the word.
    pub(crate) fn place(&self, word: usize) -> Option<String> {
        let text = self.text;
        let sentence = text.sentences[text.sentence_of(word)].clone();
        let places = text.reading.mentions.iter().flat_map(|m| &m.places);
        places
            .filter(|p| p.literal && !matches!(p.kind.as_deref(), Some("country" | "continent")))
            .filter_map(|p| {
                let words = text.words_of(&(p.start..p.end));
                (sentence.contains(&words.start) && words.start > sentence.start)
                    .then(|| (words.start.abs_diff(word), p.name.clone()))
            })
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, name)| name)
    }

    /// The explosive that is told of nearest, in the whole report.
    pub(crate) fn explosive_near(&self, word: usize) -> Option<String> {
        let text = self.text;
        let mut all: Vec<Np> = text.sentences.iter().flat_map(|s| self.weapons(s)).collect();
        all.retain(|np| text.is(np.head, "explosive"));
        all.into_iter()
            .min_by_key(|np| np.head.abs_diff(word))
            .map(|np| self.weapon(&np))
    }

    /// Whether a weapon's word is one here: "charges" are explosive only by name.
    fn armed(&self, at: usize, from: usize) -> bool {
        let text = self.text;
        !text.is(at, "weapon-beside")
            || (from..at).any(|w| text.is(w, "weapon") || text.words[w].text.starts_with("explosive"))
    }

    /// The weapons that a sentence names.
    pub(crate) fn weapons(&self, sentence: &Range<usize>) -> Vec<Np> {
        let text = self.text;
        let mut out: Vec<Np> = Vec::new();
        if sentence.clone().any(|w| text.is(w, "found")) {
            return out;
        }
        let mut at = sentence.start;
        while at < sentence.end {
            if text.is(at, "weapon") && !text.is(at + 1, "weapon") && !text.is(at + 1, "not-weapon") {
                let mut first = at;
                while first > sentence.start && !text.stops(first - 1) {
                    first -= 1;
                }
                let vague = text.is(at, "vague-weapon") && !(at > 0 && text.is(at - 1, "weapon-kind"));
                if self.armed(at, first) && !vague {
                    let words = text.bare(first..at + 1);
                    out.push(Np {
                        head: at,
                        whole: at + 1,
                        words,
                    });
                }
            }
            at += 1;
        }
        out
    }

    pub(crate) fn weapon(&self, np: &Np) -> String {
        let text = self.text;
        let mut from = np.head;
        while from > np.words.start
            && (text.is(from - 1, "weapon") || text.is(from - 1, "weapon-kind") || text.words[from - 1].text == "-")
        {
            from -= 1;
        }
        text.original(from..np.words.end)
    }
}
