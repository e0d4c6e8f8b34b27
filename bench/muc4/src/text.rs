//! A reading as the adapter looks at it: words without asides, sentences, and the phrases that the reading mentions.

use crate::words::Words;
use counterclaim_claims::{Group, MaterielMention, PartyMention, Reading, Sector};
use counterclaim_text::{TokenKind, TokenRules, tokenize};
use std::ops::Range;

/// A word of the text.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// First code point and the one after the last.
    pub(crate) span: Range<usize>,
    /// In small letters.
    pub(crate) text: String,
    pub(crate) punct: bool,
}

/// A noun phrase that the reading mentions, by its words.
#[derive(Debug, Clone)]
pub(crate) struct Phrase<'r> {
    pub(crate) words: Range<usize>,
    pub(crate) party: Option<&'r PartyMention>,
    pub(crate) materiel: Option<&'r MaterielMention>,
    pub(crate) place: bool,
}

impl Phrase<'_> {
    /// Whether it is people, by what the reading tells.
    pub(crate) fn people(&self) -> bool {
        self.party.is_some_and(|p| p.person.is_some() || p.group.is_some()) && !self.object()
    }

    /// Whether it is an object.
    pub(crate) fn object(&self) -> bool {
        self.materiel.is_some_and(|m| m.object && !m.weapon)
    }

    pub(crate) fn sector(&self) -> Sector {
        self.party.map_or(Sector::Unk, |p| p.sector)
    }

    pub(crate) fn group(&self) -> Option<Group> {
        self.party.and_then(|p| p.group)
    }
}

/// A reading, cut up.
pub(crate) struct Text<'r> {
    pub(crate) reading: &'r Reading,
    pub(crate) lexicon: &'r Words,
    pub(crate) words: Vec<Word>,
    /// Sentences, by their words.
    pub(crate) sentences: Vec<Range<usize>>,
    /// Number of the paragraph of each sentence.
    pub(crate) paragraphs: Vec<usize>,
    pub(crate) phrases: Vec<Phrase<'r>>,
    /// The phrase that a word stands in.
    at: Vec<Option<usize>>,
    original: Vec<char>,
}

impl<'r> Text<'r> {
    pub(crate) fn new(reading: &'r Reading, lexicon: &'r Words) -> Text<'r> {
        let source = &reading.document.text;
        let rules = TokenRules {
            clitics: ["n't", "'s"].map(str::to_owned).to_vec(),
            abbreviations: [
                "mr", "mrs", "dr", "gen", "col", "lt", "maj", "capt", "sgt", "st", "msgr", "no", "u.s",
            ]
            .map(str::to_owned)
            .into(),
        };
        let mut out = Text {
            reading,
            lexicon,
            words: Vec::new(),
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            phrases: Vec::new(),
            at: Vec::new(),
            original: source.chars().collect(),
        };
        let (mut start, mut paragraph, mut depth) = (0, 0, 0i32);
        let (mut bytes, mut points) = (0, 0);
        for token in tokenize(source, &rules) {
            points += source[bytes..token.span.start as usize].chars().count();
            bytes = token.span.start as usize;
            let of = token.of(source);
            let length = of.chars().count();
            if token.breaks > 1 {
                out.close(&mut start, paragraph);
                paragraph += 1;
                depth = 0;
            }
            // Asides of the monitor and of the writer: [passage omitted], (ELN).
            depth += i32::from(matches!(of, "[" | "("));
            if depth > 0 {
                depth -= i32::from(matches!(of, "]" | ")"));
                continue;
            }
            out.words.push(Word {
                span: points..points + length,
                text: of.to_lowercase(),
                punct: token.kind == TokenKind::Punct,
            });
            if matches!(of, "." | "!" | "?" | ";" | "--") {
                out.close(&mut start, paragraph);
            }
        }
        out.close(&mut start, paragraph);
        out.find_phrases();
        out
    }

    fn close(&mut self, start: &mut usize, paragraph: usize) {
        if *start < self.words.len() {
            self.sentences.push(*start..self.words.len());
            self.paragraphs.push(paragraph);
            *start = self.words.len();
        }
    }

    fn find_phrases(&mut self) {
        let Some(mentions) = &self.reading.mentions else {
            self.at = vec![None; self.words.len()];
            return;
        };
        for party in &mentions.parties {
            self.add(party.start..party.end, |p| p.party = Some(party));
        }
        for thing in &mentions.materiel {
            self.add(thing.start..thing.end, |p| p.materiel = Some(thing));
        }
        for place in &mentions.places {
            self.add(place.start..place.end, |p| p.place = true);
        }
        self.phrases
            .sort_by_key(|p| (p.words.start, std::cmp::Reverse(p.words.end)));
        let mut kept: Vec<Phrase<'r>> = Vec::new();
        for phrase in self.phrases.drain(..) {
            match kept.last_mut() {
                // What overlaps is one phrase: "police" and "patrol car".
                Some(last) if phrase.words.start < last.words.end => {
                    let ends = phrase.words.end >= last.words.end;
                    last.words.end = last.words.end.max(phrase.words.end);
                    last.party = last.party.or(phrase.party);
                    if ends {
                        last.materiel = phrase.materiel.or(last.materiel);
                    } else if last.materiel.is_none() && phrase.materiel.is_some_and(|m| m.weapon && !m.object) {
                        last.materiel = phrase.materiel;
                    }
                    last.place |= phrase.place && last.party.is_none() && last.materiel.is_none();
                }
                _ => kept.push(phrase),
            }
        }
        self.phrases = kept;
        self.at = vec![None; self.words.len()];
        for (n, phrase) in self.phrases.iter().enumerate() {
            self.at[phrase.words.clone()].fill(Some(n));
        }
    }

    fn add(&mut self, points: Range<usize>, set: impl FnOnce(&mut Phrase<'r>)) {
        let words = self.words_of(&points);
        if words.is_empty() {
            return;
        }
        let mut phrase = Phrase {
            words,
            party: None,
            materiel: None,
            place: false,
        };
        set(&mut phrase);
        self.phrases.push(phrase);
    }

    /// The words that stand within a span of code points.
    pub(crate) fn words_of(&self, points: &Range<usize>) -> Range<usize> {
        let from = self.words.partition_point(|w| w.span.end <= points.start);
        let to = self.words.partition_point(|w| w.span.start < points.end);
        from..to.max(from)
    }

    /// The phrase that a word stands in.
    pub(crate) fn phrase(&self, word: usize) -> Option<&Phrase<'r>> {
        self.at.get(word).copied().flatten().map(|n| &self.phrases[n])
    }

    /// Whether a word is of a class.
    pub(crate) fn is(&self, word: usize, class: &str) -> bool {
        self.words.get(word).is_some_and(|w| self.lexicon.is(class, &w.text))
    }

    /// The words as they stand in the text, single spaces between them.
    pub(crate) fn original(&self, words: Range<usize>) -> String {
        if words.is_empty() {
            return String::new();
        }
        let mut out = String::new();
        for word in &self.words[words] {
            if !out.is_empty() && !word.text.starts_with('\'') && word.text != "," {
                out.push(' ');
            }
            out.extend(&self.original[word.span.clone()]);
        }
        out
    }

    /// The small letters of the words from `at` on, to the end of the text.
    pub(crate) fn from(&self, at: usize) -> impl Iterator<Item = &str> + Clone {
        self.words[at.min(self.words.len())..].iter().map(|w| w.text.as_str())
    }

    /// The number of the sentence that a word stands in.
    pub(crate) fn sentence_of(&self, word: usize) -> usize {
        self.sentences
            .partition_point(|s| s.end <= word)
            .min(self.sentences.len().saturating_sub(1))
    }
}
