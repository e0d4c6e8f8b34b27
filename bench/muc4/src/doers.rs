//! Who did it: individuals, the groups and forces that they belong to, and how surely a report says so.

use crate::fill::Fill;
use crate::nps::{Is, Np};
use crate::template::Confidence;
use counterclaim_claims::{Certainty, Claim, Sector, Stance, Voice};
use std::ops::Range;

impl Fill<'_, '_> {
    /// A group's name without the people, units and papers of the group that follow it.
    pub(crate) fn group_name(&self, words: Range<usize>) -> Option<String> {
        let text = self.text;
        let known = text
            .phrase(words.start)
            .and_then(|p| p.party)
            .and_then(|p| p.name.as_deref());
        // "death squads": the words for the people belong to the name.
        if let Some(name) = known.filter(|n| !n.chars().any(char::is_uppercase)) {
            return text
                .original(words)
                .to_lowercase()
                .contains(name)
                .then(|| name.to_uppercase());
        }
        let plain = |w: usize| {
            ["generic-doer", "enemy", "describes", "of-group"]
                .iter()
                .any(|class| text.is(w, class))
        };
        let mut from = words.start;
        while from < words.end && plain(from) {
            from += 1;
        }
        let end = (from..words.end)
            .find(|&w| plain(w) || text.words[w].text == "'s")
            .unwrap_or(words.end);
        let name = text.original(from..end);
        (name.len() > 2).then_some(name)
    }

    pub(crate) fn is_band(&self, words: &Range<usize>, head: usize) -> bool {
        let text = self.text;
        let several = text.words[head].text.ends_with('s') || text.words[head].text.ends_with("men");
        several
            && !text.is(head, "force")
            && (text.is(head, "enemy")
                || text.is(head, "generic-doer") && words.clone().any(|w| text.is(w, "band-kind")))
    }

    /// The people who do such deeds that are told of nearest: in the sentence, else in the paragraph.
    pub(crate) fn band_near(&self, word: usize, victims: &[Np]) -> Option<String> {
        let text = self.text;
        let here = text.sentence_of(word);
        self.bands
            .iter()
            .filter(|(at, np)| {
                let there = text.sentence_of(*at);
                (there == here || there + 1 == here && text.paragraphs[there] == text.paragraphs[here])
                    && !victims.iter().any(|v| v.words.contains(&np.head) || v.head == np.head)
            })
            .min_by_key(|(at, _)| (text.sentence_of(*at).abs_diff(here), at.abs_diff(word)))
            .map(|(_, np)| self.individual(np))
    }

    /// Whether a word for doers says nothing of them: "forces", "elements".
    pub(crate) fn vague(&self, individual: &str) -> bool {
        self.text.lexicon.is("vague-doer", &individual.to_lowercase())
    }

    /// The last group that some words name.
    pub(crate) fn group_in(&self, words: Range<usize>) -> Option<String> {
        let inside = self.groups.iter().rev().find(|(at, _)| words.contains(at));
        inside.map(|(_, name)| name.clone())
    }

    /// The group that a word's sentence names.
    pub(crate) fn group_beside(&self, word: usize) -> Option<String> {
        let here = self.text.sentence_of(word);
        let beside = self.groups.iter().filter(|(at, _)| self.text.sentence_of(*at) == here);
        beside
            .min_by_key(|(at, _)| at.abs_diff(word))
            .map(|(_, name)| name.clone())
    }

    /// The group that is told of nearest in the paragraph.
    pub(crate) fn group_near(&self, word: usize) -> Option<String> {
        let text = self.text;
        let here = text.sentence_of(word);
        let near = self
            .groups
            .iter()
            .filter(|(at, _)| {
                text.paragraphs[text.sentence_of(*at)] == text.paragraphs[here]
                    && text.sentence_of(*at).abs_diff(here) < 2
            })
            .min_by_key(|(at, _)| (text.sentence_of(*at).abs_diff(here), at.abs_diff(word)));
        near.map(|(_, name)| name.clone())
    }

    /// Whether a description is of people whom a group sends.
    pub(crate) fn is_irregular(&self, individual: &str) -> bool {
        let last = individual.rsplit(' ').next().unwrap_or_default().to_lowercase();
        ["enemy", "generic-doer", "person-like"]
            .iter()
            .any(|class| self.text.lexicon.is(class, &last))
            && !self.text.lexicon.is("military", &last)
    }

    /// A description of doers: guerrillas without their group's name, members with it.
    pub(crate) fn individual(&self, np: &Np) -> String {
        let text = self.text;
        let strip = text.is(np.head, "enemy")
            && np.words.len() > 1
            && self.group_name(np.words.clone()).is_some()
            && self.group(np.words.clone());
        if text.is(np.head, "band-of") && np.whole > np.words.end {
            return text.original(np.words.start..np.whole);
        }
        let mut from = np.words.start;
        if strip {
            from = np.head;
            while from > np.words.start && (text.is(from - 1, "describes") || text.is(from - 1, "generic-doer")) {
                from -= 1;
            }
        }
        text.original(from..np.words.end)
    }

    /// The doer as an individual, and as an organisation.
    pub(crate) fn doer(&self, np: &Np) -> (Option<String>, Option<String>) {
        let text = self.text;
        // "people", "a man": a word that says nothing of who did it.
        let says_nothing = text.is(np.head, "counted")
            || text.is(np.head, "person-like") && !text.is(np.head, "enemy") && !text.is(np.head, "generic-doer");
        if np.words.len() == 1 && says_nothing && text.what(np) != Is::Person {
            return (None, None);
        }
        if ["pronoun", "pronouns", "nobody", "nothing"]
            .iter()
            .any(|class| text.is(np.head, class))
        {
            return (None, None);
        }
        let phrase = text.phrase(np.head);
        match text.what(np) {
            Is::Person => {
                let person = phrase.and_then(|p| p.party).and_then(|p| p.person.as_deref());
                (person.map(|p| self.full(p)).filter(|n| !n.is_empty()), None)
            }
            Is::People | Is::Unknown
                if text.is(np.head, "generic-doer") || text.is(np.head, "enemy") || text.is(np.head, "person-like") =>
            {
                let own = self
                    .group(np.words.clone())
                    .then(|| self.group_name(np.words.clone()))
                    .flatten();
                let of = (np.whole > np.words.end)
                    .then(|| text.bare(np.words.end + 1..np.whole))
                    .filter(|w| self.group(w.clone()))
                    .and_then(|w| self.group_name(w));
                (Some(self.individual(np)), own.or(of))
            }
            Is::Body => {
                let sector = phrase.map(|p| p.sector());
                let named = phrase
                    .and_then(|p| p.party)
                    .is_some_and(|p| p.party.is_some() || p.name.is_some());
                let force = matches!(sector, Some(Sector::Mil | Sector::Pol)) && text.is(np.head, "force");
                let organisation = force
                    || named
                        && matches!(
                            sector,
                            Some(Sector::Reb | Sector::Mil | Sector::Pol | Sector::Gov | Sector::Opp)
                        )
                    || self.group(np.words.clone());
                let name = || match sector {
                    Some(Sector::Reb) => self.group_name(np.words.clone()),
                    _ => Some(text.original(np.words.clone())),
                };
                (None, organisation.then(name).flatten())
            }
            Is::People => (Some(text.original(np.words.clone())), None),
            _ => (None, None),
        }
    }

    /// Whether words name a group or a force.
    pub(crate) fn group(&self, words: Range<usize>) -> bool {
        let text = self.text;
        words.clone().any(|w| {
            text.phrase(w).and_then(|p| p.party).is_some_and(|p| {
                matches!(p.sector, Sector::Reb | Sector::Mil | Sector::Pol) && (p.party.is_some() || p.name.is_some())
            })
        }) && !words.clone().all(|w| text.phrase(w).is_some_and(|p| p.place))
            && words.clone().any(|w| !text.is(w, "generic-doer"))
    }

    /// How surely the report lays a deed to its doer, by the claim that tells it.
    pub(crate) fn confidence(&self, word: usize) -> Confidence {
        let at = self.text.words[word].span.start;
        let claim: Option<&Claim> = self
            .text
            .reading
            .claims
            .iter()
            .filter(|c| c.start <= at && at < c.end)
            .min_by_key(|c| c.end - c.start);
        let Some(claim) = claim else {
            return Confidence::ReportedAsFact;
        };
        let own = claim.source.iter().any(|s| {
            claim
                .events
                .iter()
                .flat_map(|e| &e.actor)
                .any(|a| a.party.is_some() && a.party == s.party)
        });
        let authority = claim
            .source
            .iter()
            .any(|s| matches!(s.sector, Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud));
        let doubt = claim.certainty == Certainty::Hedged || claim.stance == Stance::Accuses;
        match (claim.voice, own, doubt, authority) {
            (Voice::Source, true, ..) => Confidence::ClaimedOrAdmitted,
            (_, _, true, true) => Confidence::SuspectedOrAccusedByAuthorities,
            (_, _, true, false) => Confidence::SuspectedOrAccused,
            _ => Confidence::ReportedAsFact,
        }
    }
}
