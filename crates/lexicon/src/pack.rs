use crate::gazetteer::PlaceRow;
use crate::packed::{self, Table};
use crate::{Hit, Names, Sense};
use counterclaim_claims::Sector;
use counterclaim_grammar::{Rule, word_hash};
use counterclaim_text::TokenRules;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::OnceLock;

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
    /// States whose armed opposition as a whole has a code: both index `parties`.
    pub oppositions: Vec<(u16, u16)>,
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
    pub(crate) token_rules: OnceLock<TokenRules>,
    #[serde(skip)]
    pub(crate) names: Names,
    /// Per entry, where its hits begin in `hits`; one more at the end.
    #[serde(skip)]
    pub(crate) firsts: Table<u32>,
    #[serde(skip)]
    pub(crate) hits: Vec<Hit>,
    /// What words are beside places' names: open addressing over their hash, its lowest bits given to their classes; 0 where a slot is empty.
    #[serde(skip)]
    pub(crate) beside: Table<u64>,
}

/// What a word beside a place's name makes of it: a set of classes (`toponyms.tsv`, `docs/languages.md`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside(pub(crate) u16);

#[allow(missing_docs, reason = "named and explained in docs/languages.md")]
impl Beside {
    pub const GIVEN: Beside = Beside(1);
    pub const SURNAME: Beside = Beside(2);
    pub const TITLE: Beside = Beside(4);
    pub const COMPASS: Beside = Beside(8);
    pub const ROAD: Beside = Beside(16);
    pub const BUILDING: Beside = Beside(32);
    pub const BODY: Beside = Beside(64);
    pub const NATURE: Beside = Beside(128);
    pub const DIVISION: Beside = Beside(256);
    pub const TOWN: Beside = Beside(512);

    /// The class of a name of `toponyms.tsv`.
    pub(crate) fn named(name: &str) -> Option<Beside> {
        Some(match name {
            "given" => Self::GIVEN,
            "surname" => Self::SURNAME,
            "title" => Self::TITLE,
            "compass" => Self::COMPASS,
            "road" => Self::ROAD,
            "building" => Self::BUILDING,
            "body" => Self::BODY,
            "nature" => Self::NATURE,
            "division" => Self::DIVISION,
            "town" => Self::TOWN,
            _ => return None,
        })
    }

    /// Whether it holds any of `other`.
    pub fn has(self, other: Beside) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    pub const fn or(self, other: Beside) -> Beside {
        Beside(self.0 | other.0)
    }
}

/// The bits of a hash that [`Beside`] takes.
const CLASSES: u64 = 0xffff;

impl Pack {
    /// Loads a pack that [`Pack::to_bytes`] wrote. Its large tables stay where they lie.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Pack, postcard::Error> {
        let cut = postcard::Error::DeserializeUnexpectedEnd;
        let [head, tagger, firsts, hits, small, beside, a, b, c, d, e] = packed::read(bytes).ok_or(cut)?;
        let mut pack: Pack = postcard::from_bytes(head)?;
        pack.tagger = Cow::Borrowed(tagger);
        pack.firsts = Table::lying(firsts);
        pack.small = Table::lying(small);
        pack.beside = Table::lying(beside);
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
        let beside = self.beside.bytes();
        packed::write(&[&head, &self.tagger, firsts, hits, small, beside, a, b, c, d, e])
    }

    /// Finds the states whose opposition as a whole has a code of its own.
    pub(crate) fn set_oppositions(&mut self) {
        for sense in &self.senses {
            if let Sense::Named {
                sector: Sector::Opp,
                party: Some(party),
                states,
                ..
            } = sense
                && let Some(state) = states.first().filter(|s| *s != party)
                && !self.oppositions.contains(&(*state, *party))
            {
                self.oppositions.push((*state, *party));
            }
        }
    }

    /// The code of a state's armed opposition as a whole, if it has one.
    pub fn opposition_of(&self, state: &str) -> Option<&str> {
        let row = self
            .oppositions
            .iter()
            .find(|(s, _)| self.parties[*s as usize] == state)?;
        Some(&self.parties[row.1 as usize])
    }

    /// What the tokeniser must know; made when it is first asked for.
    pub fn token_rules(&self) -> &TokenRules {
        self.token_rules.get_or_init(|| TokenRules {
            clitics: self.clitics.clone(),
            abbreviations: self.abbreviations.iter().cloned().collect(),
        })
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

    /// What a word, given as it is written, makes of a place's name beside it.
    pub fn beside(&self, word: &str) -> Beside {
        let hash = cased_hash(word);
        let Some(mask) = self.beside.len().checked_sub(1) else {
            return Beside::default();
        };
        let mut slot = beside_slot(hash, mask);
        loop {
            match self.beside.at(slot) {
                0 => return Beside::default(),
                known if (known ^ hash) & !CLASSES == 0 => return Beside((known & CLASSES) as u16),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// Takes up the classes of words beside places' names.
    pub(crate) fn set_beside(&mut self, words: &FxHashMap<String, Beside>) {
        let mut hashes: Vec<u64> = words
            .iter()
            .map(|(word, class)| cased_hash(word) & !CLASSES | u64::from(class.0))
            .collect();
        // Sorted, so that the same folder gives the same bytes.
        hashes.sort_unstable();
        let mut table = vec![0; (hashes.len() * 3 / 2 + 1).next_power_of_two()];
        for hash in hashes {
            let mut slot = beside_slot(hash, table.len() - 1);
            while table[slot] != 0 {
                slot = (slot + 1) & (table.len() - 1);
            }
            table[slot] = hash;
        }
        self.beside = Table::new(&table);
    }

    fn hits_of(&self, entry: u32) -> &[Hit] {
        &self.hits[self.firsts.at(entry as usize) as usize..self.firsts.at(entry as usize + 1) as usize]
    }
}

/// Where a word's class is looked for first.
fn beside_slot(hash: u64, mask: usize) -> usize {
    (hash >> 32) as usize & mask
}

/// A hash that tells "Major" from "major" (FNV-1a).
fn cased_hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
