//! The names of those who speak, and the words for how and why.

use crate::roundup::{fill, one_line};
use crate::write::Desk;
use counterclaim_claims::{Certainty, Claim, Evidence, Reading, Source, Voice};
use counterclaim_ledger::{ClaimRef, Reason, Who, label};

impl Desk<'_> {
    /// How sure, when and on what ground a claim is made.
    pub(crate) fn facts(&self, claim: &Claim) -> Vec<String> {
        let frame = &self.language.frame;
        let mut facts = Vec::new();
        facts.extend(claim.said.as_ref().map(|day| fill(&frame.said, &[("day", day)])));
        if claim.certainty == Certainty::Hedged {
            facts.push(self.language.name("certainty", &claim.certainty));
        }
        let (shown, told): (Vec<_>, Vec<_>) = claim.evidence.iter().partition(|one| is_shown(one));
        let names = |all: Vec<&Evidence>| {
            all.iter()
                .map(|one| self.language.name("evidence", one))
                .collect::<Vec<_>>()
        };
        if !shown.is_empty() {
            facts.push(fill(&frame.offered, &[("what", &names(shown).join(", "))]));
        }
        facts.extend(names(told));
        facts
    }

    /// The verb of a claim: several speakers, and one that is called by a word for several, take it in the plural.
    pub(crate) fn stance(&self, claim: &Claim) -> String {
        let several = match &claim.source[..] {
            [one] => self.is_several(&label::source(one)),
            all => all.len() > 1,
        };
        let list = if several { "stance-of-several" } else { "stance" };
        self.language.name(list, &claim.stance)
    }

    /// "Two harbour officials in Lome", but not "Ministry of Veterans".
    fn is_several(&self, name: &str) -> bool {
        let frame = &self.language.frame;
        let known = |list: &[String], word: &str| list.iter().any(|w| w.eq_ignore_ascii_case(word));
        let own = name.split_whitespace().take_while(|word| !known(&frame.links, word));
        let head = own.last().unwrap_or_default();
        known(&frame.several, head.trim_end_matches(','))
    }

    pub(crate) fn reason(&self, reason: &Reason) -> String {
        let end = |code: &str| self.language.term("end", code).to_owned();
        let party = |codes: &str| {
            let names = codes.split(", ").map(|code| self.language.party(code));
            names.collect::<Vec<_>>().join(", ")
        };
        let (name, what) = match reason {
            Reason::SameWords => ("same-words", String::new()),
            Reason::Answers => ("answers", String::new()),
            Reason::InWords => ("in-words", String::new()),
            Reason::TakesBack => ("takes-back", String::new()),
            Reason::OtherEnds(a, b) => ("other-ends", format!("{} / {}", end(a), end(b))),
            Reason::Accused(code) => ("accused", party(code)),
            Reason::SameAct(act) => ("same-act", self.language.term("act", act.code()).to_owned()),
            Reason::SameFamily(family) => ("same-family", self.language.term("family", family.code()).to_owned()),
            Reason::SameActor(code) => ("same-actor", party(code)),
            Reason::SameTarget(code) => ("same-target", party(code)),
            Reason::OtherActors(a, b) => ("other-actors", format!("{} / {}", party(a), party(b))),
            Reason::SameIncident => ("same-incident", String::new()),
            Reason::SamePlace(place) => ("same-place", place.clone()),
            Reason::SameTime(time) => ("same-time", self.period(time)),
            Reason::Apart(a, b) => ("apart", format!("{a}, {b}")),
        };
        fill(self.language.term("reason", name), &[("what", &what)])
    }

    /// A time as people write it: what goes on has no end, what began somewhere no beginning.
    pub(crate) fn period(&self, edtf: &str) -> String {
        let frame = &self.language.frame;
        match edtf.split_once('/') {
            Some((from, "..")) => fill(&frame.since, &[("day", from)]),
            Some(("..", to)) => fill(&frame.until, &[("day", to)]),
            Some((from, to)) => format!("{from} – {to}"),
            None => edtf.to_owned(),
        }
    }

    /// Who makes a claim, and who relays it.
    pub(crate) fn speakers(&self, reading: &Reading, claim: &Claim) -> String {
        let frame = &self.language.frame;
        let names = |all: &[Source]| all.iter().map(label::with_codes).collect::<Vec<_>>().join(&frame.and);
        let who = match claim.voice {
            Voice::Report => {
                let document = &reading.document;
                fill(
                    &frame.outlet,
                    &[("who", document.outlet.as_ref().unwrap_or(&document.uri))],
                )
            }
            Voice::Source if claim.source.is_empty() => capital(&frame.nobody),
            Voice::Source => names(&claim.source),
        };
        if claim.via.is_empty() {
            who
        } else {
            fill(&frame.via, &[("who", &who), ("via", &names(&claim.via))])
        }
    }

    pub(crate) fn speakers_of(&self, at: ClaimRef) -> String {
        let (reading, claim) = at.of(self.readings);
        self.speakers(reading, claim)
    }

    /// What somebody is called who makes these claims: a party by the name it has most often in them.
    pub(crate) fn who(&self, who: &Who, claims: &[ClaimRef]) -> String {
        match who {
            Who::Nobody => capital(&self.language.frame.nobody),
            Who::Outlet(name) => fill(&self.language.frame.outlet, &[("who", name)]),
            Who::Named(name) => name.clone(),
            Who::Party { code, sector } => {
                let sources = claims.iter().flat_map(|at| &at.of(self.readings).1.source);
                let theirs: Vec<&Source> = sources.filter(|s| Who::of_source(s) == *who).collect();
                let names = || theirs.iter().filter_map(|s| s.name.as_deref());
                let count = |name: &str| names().filter(|other| *other == name).count();
                // A ministry's name is not that of all who speak for its state.
                let name = names().find(|name| 2 * count(name) > theirs.len());
                name.map_or_else(
                    || self.language.side(code, *sector),
                    |name| format!("{name} ({})", label::codes(Some(code), *sector)),
                )
            }
        }
    }

    /// What stands over the claims of somebody. The codes behind a party's name are those that stand behind the names in its claims.
    pub(crate) fn heading(&self, who: &Who, claims: &[ClaimRef]) -> String {
        match who {
            Who::Party { code, sector } => {
                let side = self.language.side(code, *sector);
                capital(&format!("{side} ({})", label::codes(Some(code), *sector)))
            }
            _ => self.who(who, claims),
        }
    }

    pub(crate) fn report(&self, reading: &Reading) -> String {
        fill(&self.language.frame.report, &[("report", &reading.document.uri)])
    }
}

/// Whether something was put forward; the other kinds tell how it stands with that.
fn is_shown(evidence: &Evidence) -> bool {
    !matches!(
        evidence,
        Evidence::NoneOffered | Evidence::NotVerified | Evidence::Verified
    )
}

/// The content's own words; what stands between its pieces is left out.
pub(crate) fn words(reading: &Reading, claim: &Claim) -> String {
    if claim.parts.is_empty() {
        return one_line(reading.slice(claim.start, claim.end));
    }
    let parts = claim
        .parts
        .iter()
        .map(|part| one_line(reading.slice(part.start, part.end)));
    parts.collect::<Vec<_>>().join(" … ")
}

pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
