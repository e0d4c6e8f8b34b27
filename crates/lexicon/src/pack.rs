use crate::gazetteer::PlaceRow;
use crate::packed::{self, Table};
use crate::{Hit, Names, Sense};
use counterclaim_grammar::{Rule, word_hash};
use counterclaim_text::TokenRules;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Ordering;

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
    /// Hashes of the words that are written small in running text, sorted; none where the language tells none.
    #[serde(skip)]
    pub(crate) small: Table<u64>,
    /// Meaning of each tag of the tagger.
    pub tags: Vec<TagClass>,
    /// The tagger's model, as its crate prepares it.
    #[serde(skip)]
    pub tagger: Cow<'static, [u8]>,
    /// Rules, by the file they come from.
    pub rules: Vec<(String, Vec<Rule>)>,
    #[serde(skip)]
    pub(crate) names: Names,
    /// Per entry, where its hits begin in `hits`; one more at the end.
    #[serde(skip)]
    pub(crate) firsts: Table<u32>,
    #[serde(skip)]
    pub(crate) hits: Vec<Hit>,
}

impl Pack {
    /// Loads a pack that [`Pack::to_bytes`] wrote. Its large tables stay where they lie.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Pack, postcard::Error> {
        let cut = postcard::Error::DeserializeUnexpectedEnd;
        let [head, tagger, firsts, hits, small, a, b, c, d, e] = packed::read(bytes).ok_or(cut)?;
        let mut pack: Pack = postcard::from_bytes(head)?;
        pack.tagger = Cow::Borrowed(tagger);
        pack.firsts = Table::lying(firsts);
        pack.small = Table::lying(small);
        pack.hits = Table::<u64>::lying(hits).iter().map(Hit::unpack).collect();
        pack.names = Names::lying([a, b, c, d, e]);
        Ok(pack)
    }

    /// The pack as bytes: the same pack gives the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let head = postcard::to_stdvec(self).expect("a pack holds nothing that cannot be written");
        let hits = Table::new(&self.hits.iter().map(|hit| hit.pack()).collect::<Vec<_>>());
        let [a, b, c, d, e] = self.names.sections();
        let (firsts, hits, small) = (self.firsts.bytes(), hits.bytes(), self.small.bytes());
        packed::write(&[&head, &self.tagger, firsts, hits, small, a, b, c, d, e])
    }

    /// What the tokeniser must know.
    pub fn token_rules(&self) -> TokenRules {
        TokenRules {
            clitics: self.clitics.clone(),
            abbreviations: self.abbreviations.iter().cloned().collect(),
        }
    }

    /// The number of the word that has this [`key`](crate::key), 0 if the pack knows none.
    pub fn word(&self, key: u64) -> u32 {
        self.names.number(key)
    }

    /// Whether the language lists the words that are written small, without which capitals cannot be taken back.
    pub fn knows_case(&self) -> bool {
        self.small.len() > 0
    }

    /// Whether a word, given in small letters, is one that running text writes small.
    pub fn is_small(&self, word: &str) -> bool {
        let hash = word_hash(word);
        let (mut low, mut high) = (0, self.small.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.small.at(middle).cmp(&hash) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return true,
            }
        }
        false
    }

    /// Entries that start at the first of the word numbers that `next` gives; calls `found` with each entry's length in
    /// words and its hits, shortest first.
    pub fn entries_at(&self, next: impl FnMut(usize) -> Option<u32>, mut found: impl FnMut(usize, &[Hit])) {
        self.names.walk(next, |words, entry| found(words, self.hits_of(entry)));
    }

    fn hits_of(&self, entry: u32) -> &[Hit] {
        &self.hits[self.firsts.at(entry as usize) as usize..self.firsts.at(entry as usize + 1) as usize]
    }
}
