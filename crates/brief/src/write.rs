//! What a round-up says, from a ledger's overview.

use crate::roundup::{Line, Part, Roundup, Run, Section, fill, runs};
use crate::{Language, tell};
use counterclaim_claims::{Claim, Reading, Stance};
use counterclaim_ledger::{
    Checked, ClaimRef, Claimant, Copies, Dispute, DisputeKind, ExhibitRef, Moment, Overview, Standing, Teller,
    TollFigure, TollRow, Why, label,
};
use std::collections::{BTreeMap, BTreeSet};

/// The round-up of some readings and what the ledger makes of them.
pub fn roundup(readings: &[Reading], overview: &Overview, language: &'static Language) -> Roundup {
    Desk::of(readings, overview, language).write()
}

/// All that a round-up is written from.
pub(crate) struct Desk<'a> {
    pub(crate) readings: &'a [Reading],
    pub(crate) overview: &'a Overview,
    pub(crate) language: &'static Language,
    /// The claims that deny or take back each claim.
    answers: BTreeMap<ClaimRef, Vec<&'a Dispute>>,
    /// The claims of later reports that repeat each claim.
    repeats: BTreeMap<ClaimRef, &'a [ClaimRef]>,
}

impl<'a> Desk<'a> {
    fn of(readings: &'a [Reading], overview: &'a Overview, language: &'static Language) -> Self {
        let mut answers: BTreeMap<ClaimRef, Vec<&Dispute>> = BTreeMap::new();
        for one in overview.disputes.iter().filter(|one| is_answer(one)) {
            answers.entry(one.b).or_default().push(one);
        }
        let repeats = overview
            .statements
            .iter()
            .map(|one| (one.first, one.repeats.as_slice()))
            .collect();
        Desk {
            readings,
            overview,
            language,
            answers,
            repeats,
        }
    }

    fn write(&self) -> Roundup {
        let frame = &self.language.frame;
        let claims = self.claims();
        let reports: BTreeSet<usize> = claims.iter().map(|at| at.reading).collect();
        let days: BTreeSet<&str> = reports
            .iter()
            .filter_map(|&n| self.readings[n].document.published.as_deref())
            .collect();
        let title = match (days.first(), days.last()) {
            (Some(first), Some(last)) if first == last => fill(&frame.title, &[("days", first)]),
            (Some(first), Some(last)) => fill(&frame.title, &[("days", &format!("{first} – {last}"))]),
            _ => frame.title_undated.clone(),
        };
        let counts = [
            ("reports", &*reports.len().to_string()),
            ("claims", &*claims.len().to_string()),
        ];
        let sides: BTreeSet<&str> = self
            .overview
            .conflicts
            .iter()
            .flat_map(|one| &one.parties)
            .map(String::as_str)
            .collect();
        let is_side = |one: &&Claimant| sides.is_empty() || one.who.party().is_some_and(|party| sides.contains(party));
        let (ours, others): (Vec<&Claimant>, Vec<&Claimant>) =
            by_party(&self.overview.claimants).into_iter().partition(is_side);
        let mut sections = vec![
            self.section("claimed", &frame.claimed, self.claimants(&ours, |_| true)),
            self.section("disputed", &frame.disputed, self.disputed()),
            self.section(
                "others",
                &frame.others,
                self.claimants(&others, |claim| claim.stance != Stance::CallsFor),
            ),
            self.section("demands", &frame.demands, self.demands(&others)),
            self.section("unshown", &frame.unshown, self.plain(&self.overview.unshown)),
            self.section("tolls", &frame.tolls, self.tolls(&self.overview.tolls)),
            self.section(
                "exhibits",
                &frame.exhibits,
                one_part(self.overview.exhibits.iter().map(|at| self.exhibit(*at))),
            ),
            self.section("timeline", &frame.timeline, self.timeline()),
        ];
        let mut background = self.plain(&self.overview.background);
        background.extend(self.tolls(&self.overview.background_tolls));
        sections.push(self.section("background", &frame.background, background));
        sections.push(self.section(
            "copies",
            &frame.copies,
            one_part(self.overview.copies.iter().map(|one| self.copies(one))),
        ));
        // What a ledger rarely has is told only where it has it.
        sections.retain(|one| one.none.is_none() || !["others", "demands", "timeline", "copies"].contains(&one.name));
        Roundup {
            language: self.language.tag,
            title,
            counts: fill(&frame.counts, &counts),
            notes: vec![frame.unreviewed.clone()],
            sections,
        }
    }

    /// All claims that the round-up is made of.
    fn claims(&self) -> BTreeSet<ClaimRef> {
        let own = self
            .overview
            .claimants
            .iter()
            .flat_map(|one| &one.claims)
            .chain(&self.overview.background);
        own.chain(self.overview.statements.iter().flat_map(|one| &one.repeats))
            .copied()
            .collect()
    }

    fn section(&self, name: &'static str, title: &str, parts: Vec<Part>) -> Section {
        Section {
            name,
            title: title.to_owned(),
            none: parts.is_empty().then(|| self.language.frame.none.clone()),
            parts,
        }
    }

    /// A part for each claimant. What only answers another's claim stands there.
    fn claimants(&self, all: &[&Claimant], wanted: impl Fn(&Claim) -> bool) -> Vec<Part> {
        let answering: BTreeSet<ClaimRef> = self.answers.values().flatten().map(|one| one.a).collect();
        let part = |one: &&Claimant| {
            let own = one
                .claims
                .iter()
                .filter(|at| wanted(at.of(self.readings).1) && !answering.contains(*at));
            Part {
                title: Some(self.heading(&one.who, &one.claims)),
                lines: own.map(|at| self.claim(*at)).collect(),
            }
        };
        all.iter().map(part).filter(|part| !part.lines.is_empty()).collect()
    }

    fn demands(&self, others: &[&Claimant]) -> Vec<Part> {
        let demands: BTreeSet<ClaimRef> = others
            .iter()
            .flat_map(|one| &one.claims)
            .copied()
            .filter(|at| at.of(self.readings).1.stance == Stance::CallsFor)
            .collect();
        one_part(demands.into_iter().map(|at| self.claim(at)))
    }

    fn plain(&self, claims: &[ClaimRef]) -> Vec<Part> {
        one_part(claims.iter().map(|at| self.sentence(*at)))
    }

    /// A claim with what answers it.
    fn claim(&self, at: ClaimRef) -> Line {
        let mut line = self.sentence(at);
        let answers = self.answers.get(&at).into_iter().flatten();
        line.answers = answers.map(|one| self.answer(one)).collect();
        line
    }

    fn sentence(&self, at: ClaimRef) -> Line {
        let (reading, claim) = at.of(self.readings);
        let frame = &self.language.frame;
        let mut facts = self.facts(claim);
        let status = self.overview.status(at);
        let mut ids = vec![at];
        if status.standing != Standing::Asserted {
            let named = self.language.term("standing", status.standing.code());
            let mut alike: Vec<ClaimRef> = Vec::new();
            if status.standing == Standing::Corroborated {
                alike.extend(status.why.iter().filter_map(|why| match why {
                    Why::Alike(other) => Some(*other),
                    _ => None,
                }));
            }
            let mut who: Vec<String> = alike.iter().map(|other| self.speakers_of(*other)).collect();
            who.extend(status.why.iter().filter_map(|why| match why {
                Why::Found { reviewer, .. } => Some(reviewer.clone()),
                _ => None,
            }));
            who.dedup();
            facts.push(if who.is_empty() {
                named.to_owned()
            } else {
                fill(&frame.standing, &[("standing", named), ("who", &who.join(&frame.and))])
            });
            ids.extend(alike);
        }
        facts.push(self.report(reading));
        if let Some(repeats) = self.repeats.get(&at) {
            let names: BTreeSet<&str> = repeats
                .iter()
                .map(|other| outlet(self.readings, other.reading))
                .collect();
            let names = names.into_iter().collect::<Vec<_>>().join(", ");
            facts.push(fill(&frame.repeated, &[("reports", &names)]));
            ids.extend(*repeats);
        }
        let values = [
            ("who", &*self.speakers(reading, claim)),
            ("stance", &*self.stance(claim)),
            ("words", &*tell::words(reading, claim)),
            ("facts", &*facts.join("; ")),
        ];
        let mut line = self.line(runs(&frame.claim, &values), ids);
        line.status = (status.standing != Standing::Asserted).then(|| status.standing.code());
        line
    }

    fn line(&self, words: Vec<Run>, claims: Vec<ClaimRef>) -> Line {
        let checked = |at: &ClaimRef| {
            matches!(
                self.overview.review(*at).reading,
                Checked::Accepted | Checked::Corrected
            )
        };
        let mut ids: Vec<String> = Vec::new();
        for at in &claims {
            let id = &at.of(self.readings).1.id;
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        Line {
            words,
            reviewed: claims.iter().all(checked),
            claims: ids,
            status: None,
            answers: Vec::new(),
        }
    }

    /// What a claim's denial or taking back says.
    fn answer(&self, one: &Dispute) -> Line {
        let (reading, claim) = one.a.of(self.readings);
        let mut facts = self.facts(claim);
        facts.push(self.report(reading));
        let values = [
            ("who", &*self.speakers(reading, claim)),
            ("stance", &*self.stance(claim)),
            ("words", &*tell::words(reading, claim)),
            ("facts", &*facts.join("; ")),
        ];
        self.line(runs(&self.language.frame.answer, &values), vec![one.a])
    }

    /// What stands against what, a part a kind; denials of what no report claims with them.
    fn disputed(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for kind in DisputeKind::ALL {
            let of_kind = self.overview.disputes.iter().filter(|one| one.kind == kind);
            let lines: Vec<Line> = of_kind.map(|one| self.dispute(one)).collect();
            parts.extend((!lines.is_empty()).then_some(Part { title: None, lines }));
        }
        let answered: BTreeSet<ClaimRef> = self.overview.disputes.iter().flat_map(|d| [d.a, d.b]).collect();
        let all: BTreeSet<ClaimRef> = self
            .overview
            .claimants
            .iter()
            .flat_map(|one| &one.claims)
            .copied()
            .collect();
        let alone = |at: &ClaimRef| at.of(self.readings).1.stance == Stance::Denies && !answered.contains(at);
        let lines: Vec<Line> = all.into_iter().filter(alone).map(|at| self.sentence(at)).collect();
        parts.extend((!lines.is_empty()).then_some(Part { title: None, lines }));
        parts
    }

    fn dispute(&self, one: &Dispute) -> Line {
        let [(ra, a), (rb, b)] = [one.a, one.b].map(|at| at.of(self.readings));
        let mut reasons: Vec<_> = one.reasons.iter().map(|reason| self.reason(reason)).collect();
        let mut reports = vec![self.report(ra), self.report(rb)];
        reports.dedup();
        reasons.extend(reports);
        let values = [
            ("kind", self.language.term("dispute", one.kind.code())),
            ("a", &*self.speakers(ra, a)),
            ("stance-a", &*self.stance(a)),
            ("words-a", &*tell::words(ra, a)),
            ("b", &*self.speakers(rb, b)),
            ("stance-b", &*self.stance(b)),
            ("words-b", &*tell::words(rb, b)),
            ("reasons", &*reasons.join("; ")),
        ];
        self.line(runs(&self.language.frame.dispute, &values), vec![one.a, one.b])
    }

    /// Figures under whom, what and of which place and time they are told, as far as they agree on that.
    fn tolls(&self, rows: &[TollRow]) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for row in rows {
            let title = Some(self.toll_title(row));
            let lines = row.by.iter().map(|figure| self.figure(figure));
            match parts.iter_mut().find(|part| part.title == title) {
                Some(part) => part.lines.extend(lines),
                None => parts.push(Part {
                    title,
                    lines: lines.collect(),
                }),
            }
        }
        parts
    }

    fn toll_title(&self, row: &TollRow) -> String {
        let frame = &self.language.frame;
        let (harm, group) = (
            self.language.name("harm", &row.harm),
            self.language.name("group", &row.who),
        );
        let mut words = vec![group, harm];
        words.extend(
            row.party
                .as_ref()
                .map(|code| fill(&frame.whose, &[("party", self.language.party(code))])),
        );
        let places: BTreeSet<&str> = row.by.iter().flat_map(|one| &one.places).map(String::as_str).collect();
        let times: BTreeSet<&str> = row.by.iter().filter_map(|one| one.time.as_deref()).collect();
        if let (Some(place), 1) = (places.first(), places.len()) {
            words.push((*place).to_owned());
        }
        if let (Some(time), 1) = (times.first(), times.len()) {
            words.push(self.period(time));
        }
        tell::capital(&words.join(", "))
    }

    fn figure(&self, figure: &TollFigure) -> Line {
        let frame = &self.language.frame;
        let who: Vec<_> = figure.source.iter().map(|who| self.who(who, &figure.claims)).collect();
        let mut facts: Vec<String> = figure.places.clone();
        facts.extend(figure.time.as_ref().map(|time| {
            let period = self.period(time);
            if time.contains('/') {
                period
            } else {
                fill(&frame.about, &[("day", &period)])
            }
        }));
        facts.extend(figure.said.as_ref().map(|day| fill(&frame.of, &[("day", day)])));
        let earlier = |one: &TollFigure| {
            let range = label::range(one.min, one.max, one.approx);
            let day = one.said.as_ref().map(|day| fill(&frame.of, &[("day", day)]));
            [Some(range), day].into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        let before: Vec<String> = figure.earlier.iter().map(earlier).collect();
        if !before.is_empty() {
            facts.push(fill(&frame.earlier, &[("figures", &before.join(", "))]));
        }
        let quote = figure.claims.first().map(|at| at.of(self.readings));
        let words = quote.map_or_else(String::new, |(reading, claim)| tell::words(reading, claim));
        facts.extend(quote.map(|(reading, _)| self.report(reading)));
        let range = label::range(figure.min, figure.max, figure.approx);
        let values = [
            ("range", &*range),
            ("who", &*who.join(&frame.and)),
            ("facts", &*facts.join("; ")),
            ("words", &*words),
        ];
        let claims = figure
            .claims
            .iter()
            .chain(figure.earlier.iter().flat_map(|one| &one.claims));
        self.line(runs(&frame.toll, &values), claims.copied().collect())
    }

    fn exhibit(&self, at: ExhibitRef) -> Line {
        let (reading, exhibit) = at.of(self.readings);
        let publisher = &exhibit.publisher;
        let codes = label::codes(publisher.party.as_deref(), publisher.sector);
        let who = match &publisher.name {
            Some(name) if codes.is_empty() => name.clone(),
            Some(name) => format!("{name} ({codes})"),
            None => match &publisher.party {
                Some(code) => self.language.side(code, publisher.sector),
                None if codes.is_empty() => self.language.frame.nobody.clone(),
                None => self.language.term("sector", &codes).to_owned(),
            },
        };
        let mut facts: Vec<String> = exhibit.published.iter().cloned().collect();
        facts.push(self.report(reading));
        let values = [
            ("kind", &*self.language.name("exhibit", &exhibit.kind)),
            ("who", &*who),
            ("words", reading.slice(exhibit.start, exhibit.end)),
            ("facts", &*facts.join("; ")),
        ];
        let words = runs(&self.language.frame.exhibit, &values);
        let shown = |claim: &usize| exhibit.shows.contains(&reading.claims[*claim].id);
        let claims = (0..reading.claims.len()).filter(shown).map(|claim| ClaimRef {
            reading: at.reading,
            claim,
        });
        let mut line = self.line(words, claims.collect());
        if line.claims.is_empty() {
            line.claims.push(reading.document.id.clone());
            line.reviewed = false;
        }
        line
    }

    /// What is told of when, a part a war.
    fn timeline(&self) -> Vec<Part> {
        let conflicts = self.overview.conflicts.iter();
        let parts = conflicts.map(|one| Part {
            title: Some(self.names(&one.parties)),
            lines: one
                .moments
                .iter()
                .filter(|moment| moment.dated && !moment.background)
                .map(|moment| self.moment(moment))
                .collect(),
        });
        parts.filter(|part| !part.lines.is_empty()).collect()
    }

    fn names(&self, parties: &[String]) -> String {
        let names = parties.iter().map(|code| self.language.party(code));
        names.collect::<Vec<_>>().join(" – ")
    }

    fn moment(&self, moment: &Moment) -> Line {
        let frame = &self.language.frame;
        let incident = &self.overview.incidents[moment.incident];
        let events = incident.mentions.iter().map(|mention| mention.of(self.readings));
        let act = events
            .clone()
            .next()
            .map_or("", |event| self.language.term("act", event.act.code()));
        let place = events
            .clone()
            .find_map(|event| event.place.first())
            .map(|place| place.name.as_str());
        let what = [Some(act), place].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let when = moment.when.as_deref().map(|when| self.period(when)).unwrap_or_default();
        let (reading, claim) = moment.tellers[0].claim.of(self.readings);
        // Of those who told it on one day nobody knows who was first.
        let first = moment
            .tellers
            .iter()
            .take_while(|one| one.said == moment.tellers[0].said)
            .count();
        let names = |all: &[Teller]| all.iter().map(|one| self.speakers_of(one.claim)).collect::<Vec<_>>();
        let (first, later) = moment.tellers.split_at(first);
        let then = if later.is_empty() {
            String::new()
        } else {
            fill(&frame.then, &[("others", &names(later).join(", "))])
        };
        let values = [
            ("when", &*when),
            ("what", &*what),
            ("first", &*names(first).join(&frame.and)),
            ("words", &*tell::words(reading, claim)),
            ("then", &*then),
        ];
        self.line(
            runs(&frame.moment, &values),
            moment.tellers.iter().map(|one| one.claim).collect(),
        )
    }

    /// Reports with one text: the first, and those that print it, too.
    fn copies(&self, one: &Copies) -> Line {
        let name = |&n: &usize| {
            let day = self.readings[n].document.published.as_deref();
            outlet(self.readings, n).to_owned() + &day.map(|day| format!(" ({day})")).unwrap_or_default()
        };
        let names: Vec<String> = one.reports.iter().map(name).collect();
        let values = [("first", &*names[0]), ("others", &*names[1..].join(", "))];
        let first =
            |&reading: &usize| (!self.readings[reading].claims.is_empty()).then_some(ClaimRef { reading, claim: 0 });
        self.line(
            runs(&self.language.frame.copy, &values),
            one.reports.iter().filter_map(first).collect(),
        )
    }
}

/// The claimants, the parts of each party together; who claims most comes first.
fn by_party(claimants: &[Claimant]) -> Vec<&Claimant> {
    let mut claims: BTreeMap<&str, usize> = BTreeMap::new();
    for one in claimants {
        *claims.entry(one.who.party().unwrap_or_default()).or_default() += one.claims.len();
    }
    let mut all: Vec<&Claimant> = claimants.iter().collect();
    // Stable: parts of one party, and those of none, stay as they are.
    all.sort_by_key(|one| {
        let party = one.who.party();
        (party.is_none(), party.map(|party| (usize::MAX - claims[party], party)))
    });
    all
}

/// Whether a dispute is told under the claim that it answers.
fn is_answer(one: &Dispute) -> bool {
    matches!(one.kind, DisputeKind::Denial | DisputeKind::Withdrawn)
}

fn one_part(lines: impl Iterator<Item = Line>) -> Vec<Part> {
    let lines: Vec<Line> = lines.collect();
    if lines.is_empty() {
        Vec::new()
    } else {
        vec![Part { title: None, lines }]
    }
}

pub(crate) fn outlet(readings: &[Reading], reading: usize) -> &str {
    let document = &readings[reading].document;
    document.outlet.as_deref().unwrap_or(&document.uri)
}
