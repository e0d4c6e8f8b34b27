use crate::gazetteer::PlaceRow;
use crate::packed::Packed;
use crate::{Hit, Names, Sense};
use counterclaim_grammar::Rule;
use counterclaim_text::TokenRules;
use serde::{Deserialize, Serialize};

/// Word classes that every tagset is mapped to (Universal Dependencies).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are those of Universal Dependencies")]
pub enum PosClass {
    Noun,
    Propn,
    Verb,
    Aux,
    Adj,
    Adv,
    Adp,
    Cconj,
    Sconj,
    Det,
    Num,
    Pron,
    Part,
    Punct,
    #[default]
    Other,
}

/// What a verb's tag says of its form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum VerbForm {
    #[default]
    None,
    Finite,
    Base,
    Participle,
    Gerund,
}

/// What one tag of the tagger means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagClass {
    /// Word class.
    pub class: PosClass,
    /// Form of a verb.
    pub form: VerbForm,
    /// Whether the token goes on with the word before it (`I-` tags).
    pub inside: bool,
}

/// A language pack.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Pack {
    /// BCP 47 tag.
    pub tag: String,
    /// The language's own name.
    pub name: String,
    /// Modifiers stand after the noun.
    pub head_first: bool,
    /// Words inflect, so that the tagger can tell verbs from particles.
    pub paradigm: bool,
    /// Clitics that the tokeniser cuts off.
    pub clitics: Vec<String>,
    /// Abbreviations that keep their full stop.
    pub abbreviations: Vec<String>,
    /// Party codes.
    pub parties: Vec<String>,
    /// Neutral names.
    pub strings: Vec<String>,
    /// Hand-made regions.
    pub regions: Vec<PlaceRow>,
    /// Meanings.
    pub senses: Vec<Sense>,
    /// Meaning of each tag of the tagger.
    pub tags: Vec<TagClass>,
    /// The tagger's model, as its crate reads it.
    pub tagger: Vec<u8>,
    /// Rules, by the file they come from.
    pub rules: Vec<(String, Vec<Rule>)>,
    pub(crate) names: Names,
    /// Per entry, where its hits begin in `hits`; one more at the end.
    pub(crate) firsts: Packed<u32>,
    pub(crate) hits: Vec<Hit>,
}

impl Pack {
    /// Loads a pack that [`Pack::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Pack, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// The pack as bytes: the same pack gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("a pack holds nothing that cannot be written")
    }

    /// What the tokeniser must know.
    pub fn token_rules(&self) -> TokenRules {
        TokenRules {
            clitics: self.clitics.clone(),
            abbreviations: self.abbreviations.iter().cloned().collect(),
        }
    }

    /// The number of a word in this pack, 0 if it knows none. `buffer` is scratch space.
    pub fn word(&self, word: &str, buffer: &mut String) -> u32 {
        self.names.word(word, buffer)
    }

    /// Entries that start at the first of the word numbers that `next` gives; calls `found` with each entry's length in
    /// words and its hits, shortest first.
    pub fn entries_at(&self, next: impl FnMut(usize) -> Option<u32>, mut found: impl FnMut(usize, &[Hit])) {
        self.names.walk(next, |words, entry| found(words, self.hits_of(entry)));
    }

    fn hits_of(&self, entry: u32) -> &[Hit] {
        &self.hits[self.firsts[entry as usize] as usize..self.firsts[entry as usize + 1] as usize]
    }
}
