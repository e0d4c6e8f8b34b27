//! Whom a description means: "the commander" is the commander told of last, and a name right after "a spokesman said" is that
//! spokesman's.

use super::Who;
use counterclaim_claims::{Sector, party_rows};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What descriptions are remembered by.
#[derive(Debug, Default)]
pub(crate) struct Recall {
    /// Who was told of by an office, a body or a paper, by the hash of its word, and in which sentence.
    heads: FxHashMap<u64, (usize, Who)>,
    /// The sentence that is read.
    pub(crate) sent: usize,
    /// Who spoke last without a name, and in which sentence.
    unnamed: Option<(usize, Who)>,
    /// The armed group that was told of last.
    group: Option<(usize, Who)>,
    /// The state or body that the sentence before was about.
    pub(crate) subject: Option<Who>,
    /// The state of the place that was told of last.
    pub(crate) here: Option<String>,
    /// The state whose officials spoke before in the sentence that is read.
    pub(crate) beside: Option<String>,
}

impl Recall {
    /// Remembers somebody told of.
    pub(crate) fn note(&mut self, who: &Who, speaker: bool) {
        if who.head != 0 && who.known() {
            self.heads.insert(who.head, (self.sent, who.clone()));
        }
        let unlisted = who.party.is_none() && who.name.is_some() && who.sector == Sector::Reb;
        if !who.anaphor && (unlisted || who.party.as_deref().is_some_and(|p| groups().contains(&p))) {
            self.group = Some((self.sent, who.clone()));
        }
        if speaker {
            let nameless = who.human && who.person.is_none() && who.party.is_some();
            self.unnamed = nameless.then(|| (self.sent, who.clone()));
        }
    }

    /// "A militia spokesman said P. Karim Said said Q": who the name belongs to.
    pub(crate) fn named_now(&self) -> Option<&Who> {
        let (sent, who) = self.unnamed.as_ref()?;
        (self.sent <= sent + 1).then_some(who)
    }

    /// "The commander", "the communique": the last one that was called so.
    pub(crate) fn described(&self, who: &Who) -> Option<&Who> {
        // "The rebels", "the group": where nobody was called so, the armed group told of last.
        let group = matches!(who.sector, Sector::Reb | Sector::Unk) && who.role && !who.human;
        let side = who.side_word && who.sector == Sector::Mil && !who.human;
        let group = self.group.as_ref().filter(|_| group || side);
        let known = self.heads.get(&who.head).filter(|_| who.head != 0);
        // "This force": the armed group told of after whoever was last called so.
        let later = |(sent, _): &&(usize, Who)| !side || group.is_none_or(|(told, _)| told <= sent);
        let (known, group) = (known.filter(later).map(|(_, who)| who), group.map(|(_, who)| who));
        // "A monitoring group" is none that fights.
        let watches = |w: &&Who| matches!(w.sector, Sector::Ngo | Sector::Igo | Sector::Med);
        let known = known.filter(|k| !(watches(k) && group.is_some()));
        known.or(group).filter(|_| who.anaphor)
    }

    /// "A ministry spokesman": the ministry told of last, in whose name they speak.
    pub(crate) fn body(&self, who: &Who) -> Option<&Who> {
        let body = self.heads.get(&who.body).filter(|_| who.body != 0);
        body.map(|(_, body)| body).filter(|body| body.party.is_some())
    }

    /// "In a statement, the army said P": whose statement it is.
    pub(crate) fn issued(&mut self, paper: u64, by: &Who) {
        if by.known() {
            self.heads.insert(paper, (self.sent, by.clone()));
        }
    }

    /// Remembers what a sentence is about.
    pub(crate) fn about(&mut self, who: &Who) {
        if who.party.is_some() && !who.anaphor && who.sector != Sector::Reb {
            self.subject = Some(who.clone());
        }
    }
}

/// The codes of armed groups.
fn groups() -> &'static [&'static str] {
    static GROUPS: OnceLock<Vec<&'static str>> = OnceLock::new();
    GROUPS.get_or_init(|| party_rows().filter(|row| row[1] == "group").map(|row| row[0]).collect())
}
