use crate::Language;
use counterclaim_claims::{Certainty, Claim, Evidence, Reading, Source, Stance, Voice};
use counterclaim_ledger::{
    ClaimRef, Claimant, Copies, Dispute, ExhibitRef, Overview, Reason, TollFigure, TollRow, Who, label,
};
use std::collections::BTreeSet;

/// The round-up of some readings and what the ledger makes of them.
pub fn markdown(readings: &[Reading], overview: &Overview, language: &Language) -> String {
    Roundup {
        readings,
        overview,
        language,
    }
    .write()
}

/// Text that stands for itself in Markdown and HTML, on one line.
///
/// ```
/// assert_eq!(counterclaim_brief::escape("<b>\n[x](y)"), "&lt;b&gt; \\[x\\](y)");
/// ```
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => out.extend(['\\', c]),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

struct Roundup<'a> {
    readings: &'a [Reading],
    overview: &'a Overview,
    language: &'a Language,
}

impl Roundup<'_> {
    fn write(&self) -> String {
        let frame = &self.language.frame;
        let mut out = String::new();
        let days: BTreeSet<&str> = self
            .readings
            .iter()
            .filter_map(|r| r.document.published.as_deref())
            .collect();
        let title = match (days.first(), days.last()) {
            (Some(first), Some(last)) if first == last => fill(&frame.title, &[("days", first)]),
            (Some(first), Some(last)) => fill(&frame.title, &[("days", &format!("{first} – {last}"))]),
            _ => frame.title_undated.clone(),
        };
        let claims: usize = self.readings.iter().map(|r| r.claims.len()).sum();
        let counts = [
            ("reports", &*self.readings.len().to_string()),
            ("claims", &*claims.to_string()),
        ];
        out += &format!("# {title}\n\n{}\n", fill(&frame.counts, &counts));

        let claimed = self
            .overview
            .claimants
            .iter()
            .map(|one| self.claimant(one))
            .collect::<Vec<_>>()
            .join("\n");
        self.section(&mut out, &frame.claimed, claimed);
        self.section(&mut out, &frame.disputed, self.disputed());
        let claims = |all: &[ClaimRef]| all.iter().map(|at| self.claim(*at)).collect::<String>();
        self.section(&mut out, &frame.unshown, claims(&self.overview.unshown));
        self.section(&mut out, &frame.tolls, self.tolls(&self.overview.tolls));
        self.section(
            &mut out,
            &frame.exhibits,
            self.overview.exhibits.iter().map(|at| self.exhibit(*at)).collect(),
        );
        let mut background = claims(&self.overview.background);
        if !self.overview.background_tolls.is_empty() {
            background += &format!("\n{}", self.tolls(&self.overview.background_tolls));
        }
        self.section(&mut out, &frame.background, background);
        if !self.overview.copies.is_empty() {
            let copies = self.overview.copies.iter().map(|one| self.copies(one)).collect();
            self.section(&mut out, &frame.copies, copies);
        }
        out
    }

    /// Reports with one text: the first, and those that print it, too.
    fn copies(&self, one: &Copies) -> String {
        let names: Vec<String> = one
            .reports
            .iter()
            .map(|&n| {
                let reading = &self.readings[n];
                let day = reading.document.published.as_deref();
                outlet(reading) + &day.map(|day| format!(" ({day})")).unwrap_or_default()
            })
            .collect();
        let Some((first, others)) = names.split_first() else {
            return String::new();
        };
        let sentence = fill(
            &self.language.frame.copy,
            &[("first", first), ("others", &others.join(", "))],
        );
        format!("- {sentence}\n")
    }

    fn section(&self, out: &mut String, title: &str, content: String) {
        let content = if content.is_empty() {
            self.language.frame.none.clone() + "\n"
        } else {
            content
        };
        *out += &format!("\n## {title}\n\n{content}");
    }

    fn claimant(&self, one: &Claimant) -> String {
        let name = self.who(&one.who, &one.claims);
        let claims: String = one.claims.iter().map(|at| self.claim(*at)).collect();
        format!("### {name}\n\n{claims}")
    }

    fn claim(&self, at: ClaimRef) -> String {
        let (reading, claim) = at.of(self.readings);
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
        facts.push(self.report(reading));
        let sentence = fill(
            &frame.claim,
            &[
                ("who", &self.speakers(reading, claim)),
                ("stance", &self.stance(claim)),
                ("words", &words(reading, claim)),
                ("facts", &facts.join("; ")),
            ],
        );
        format!("- {sentence} {}\n", ids([claim]))
    }

    /// The verb of a claim: several speakers take it in the plural.
    fn stance(&self, claim: &Claim) -> String {
        let several = claim.source.len() > 1;
        let list = if several { "stance-of-several" } else { "stance" };
        self.language.name(list, &claim.stance)
    }

    fn disputed(&self) -> String {
        let mut out: String = self.overview.disputes.iter().map(|one| self.dispute(one)).collect();
        // A denial of what no report of the ledger claims is a denial still.
        let answered: BTreeSet<ClaimRef> = self.overview.disputes.iter().flat_map(|d| [d.a, d.b]).collect();
        let all = self
            .overview
            .claimants
            .iter()
            .flat_map(|one| &one.claims)
            .copied()
            .collect::<BTreeSet<_>>();
        let alone = |at: &ClaimRef| at.of(self.readings).1.stance == Stance::Denies && !answered.contains(at);
        out.extend(all.into_iter().filter(alone).map(|at| self.claim(at)));
        out
    }

    fn dispute(&self, one: &Dispute) -> String {
        let [(ra, a), (rb, b)] = [one.a, one.b].map(|at| at.of(self.readings));
        let mut reasons: Vec<_> = one.reasons.iter().map(|reason| self.reason(reason)).collect();
        let mut reports = vec![self.report(ra), self.report(rb)];
        reports.dedup();
        reasons.extend(reports);
        let sentence = fill(
            &self.language.frame.dispute,
            &[
                ("kind", self.language.term("dispute", one.kind.code())),
                ("a", &self.speakers(ra, a)),
                ("stance-a", &self.stance(a)),
                ("words-a", &words(ra, a)),
                ("b", &self.speakers(rb, b)),
                ("stance-b", &self.stance(b)),
                ("words-b", &words(rb, b)),
                ("reasons", &reasons.join("; ")),
            ],
        );
        format!("- {sentence} {}\n", ids([a, b]))
    }

    fn reason(&self, reason: &Reason) -> String {
        let (name, what) = match reason {
            Reason::SameWords => ("same-words", String::new()),
            Reason::Answers => ("answers", String::new()),
            Reason::Accused(party) => ("accused", escape(party)),
            Reason::SameAct(act) => ("same-act", self.language.term("act", act.code()).to_owned()),
            Reason::SameFamily(family) => ("same-family", self.language.term("family", family.code()).to_owned()),
            Reason::SameActor(party) => ("same-actor", escape(party)),
            Reason::SameTarget(party) => ("same-target", escape(party)),
            Reason::OtherActors(a, b) => ("other-actors", escape(&format!("{a} / {b}"))),
            Reason::SameIncident => ("same-incident", String::new()),
            Reason::SamePlace(place) => ("same-place", escape(place)),
            Reason::SameTime(time) => ("same-time", escape(time)),
            Reason::Apart(a, b) => ("apart", format!("{a}, {b}")),
        };
        fill(self.language.term("reason", name), &[("what", &what)])
    }

    fn tolls(&self, rows: &[TollRow]) -> String {
        let row = |row: &TollRow| {
            let whose = row
                .party
                .as_ref()
                .map(|party| fill(&self.language.frame.whose, &[("party", &escape(party))]));
            let (harm, group) = (
                self.language.name("harm", &row.harm),
                self.language.name("group", &row.who),
            );
            let head = [Some(format!("{group}, {harm}")), whose]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ");
            let figures: String = row.by.iter().map(|figure| self.figure(figure)).collect();
            format!("### {}\n\n{figures}", capital(&head))
        };
        rows.iter().map(row).collect::<Vec<_>>().join("\n")
    }

    fn figure(&self, figure: &TollFigure) -> String {
        let frame = &self.language.frame;
        let who: Vec<_> = figure.source.iter().map(|who| self.who(who, &figure.claims)).collect();
        let mut facts: Vec<String> = figure.places.iter().map(|place| escape(place)).collect();
        facts.extend(figure.time.as_ref().map(|time| fill(&frame.about, &[("day", time)])));
        facts.extend(figure.said.as_ref().map(|day| fill(&frame.of, &[("day", day)])));
        let claims: Vec<&Claim> = figure.claims.iter().map(|at| at.of(self.readings).1).collect();
        let mut quotes: Vec<_> = figure.claims.iter().map(|at| at.of(self.readings)).collect();
        quotes.truncate(1);
        facts.extend(
            quotes
                .into_iter()
                .map(|(reading, claim)| format!("“{}”", words(reading, claim))),
        );
        let range = label::range(figure.min, figure.max, figure.approx);
        let sentence = fill(
            &frame.toll,
            &[
                ("range", &range),
                ("who", &who.join(&frame.and)),
                ("facts", &facts.join("; ")),
            ],
        );
        format!("- {} {}\n", capital(&sentence.replace('~', "\\~")), ids(claims))
    }

    fn exhibit(&self, at: ExhibitRef) -> String {
        let (reading, exhibit) = at.of(self.readings);
        let publisher = &exhibit.publisher;
        let codes = label::codes(publisher.party.as_deref(), publisher.sector);
        let who = match &publisher.name {
            Some(name) if codes.is_empty() => escape(name),
            Some(name) => format!("{} ({})", escape(name), escape(&codes)),
            None if codes.is_empty() => self.language.frame.nobody.clone(),
            None => escape(&codes),
        };
        let mut facts: Vec<String> = exhibit.published.iter().cloned().collect();
        facts.push(self.report(reading));
        let sentence = fill(
            &self.language.frame.exhibit,
            &[
                ("kind", &self.language.name("exhibit", &exhibit.kind)),
                ("who", &who),
                ("words", &escape(reading.slice(exhibit.start, exhibit.end))),
                ("facts", &facts.join("; ")),
            ],
        );
        let shown = exhibit
            .shows
            .iter()
            .map(|shown| id(shown))
            .collect::<Vec<_>>()
            .join(" ");
        format!("- {sentence} {shown}").trim_end().to_owned() + "\n"
    }

    /// Who makes a claim, and who relays it.
    fn speakers(&self, reading: &Reading, claim: &Claim) -> String {
        let frame = &self.language.frame;
        let names = |all: &[Source]| all.iter().map(named).collect::<Vec<_>>().join(&frame.and);
        let who = match claim.voice {
            Voice::Report => fill(&frame.outlet, &[("who", &outlet(reading))]),
            Voice::Source if claim.source.is_empty() => capital(&frame.nobody),
            Voice::Source => names(&claim.source),
        };
        if claim.via.is_empty() {
            who
        } else {
            fill(&frame.via, &[("who", &who), ("via", &names(&claim.via))])
        }
    }

    /// What somebody is called who makes these claims: a party by the name it has most often in them.
    fn who(&self, who: &Who, claims: &[ClaimRef]) -> String {
        match who {
            Who::Nobody => capital(&self.language.frame.nobody),
            Who::Outlet(name) => fill(&self.language.frame.outlet, &[("who", &escape(name))]),
            Who::Named(name) => escape(name),
            Who::Party { code, sector } => {
                let sources = claims.iter().flat_map(|at| &at.of(self.readings).1.source);
                let names: Vec<_> = sources
                    .filter(|s| Who::of_source(s) == *who)
                    .filter_map(|s| s.name.as_deref())
                    .collect();
                let count = |name: &str| names.iter().filter(|other| **other == name).count();
                let name = names.iter().rev().max_by_key(|name| count(name));
                let codes = escape(&label::codes(Some(code), *sector));
                name.map_or(codes.clone(), |name| format!("{} ({codes})", escape(name)))
            }
        }
    }

    fn report(&self, reading: &Reading) -> String {
        fill(
            &self.language.frame.report,
            &[("report", &escape(&reading.document.uri))],
        )
    }
}

fn outlet(reading: &Reading) -> String {
    escape(reading.document.outlet.as_ref().unwrap_or(&reading.document.uri))
}

fn named(source: &Source) -> String {
    let codes = label::codes(source.party.as_deref(), source.sector);
    let name = escape(&label::source(source));
    if codes.is_empty() {
        name
    } else {
        format!("{name} ({})", escape(&codes))
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
fn words(reading: &Reading, claim: &Claim) -> String {
    if claim.parts.is_empty() {
        return escape(reading.slice(claim.start, claim.end));
    }
    claim
        .parts
        .iter()
        .map(|part| escape(reading.slice(part.start, part.end)))
        .collect::<Vec<_>>()
        .join(" … ")
}

fn ids<'a>(claims: impl IntoIterator<Item = &'a Claim>) -> String {
    claims
        .into_iter()
        .map(|claim| id(&claim.id))
        .collect::<Vec<_>>()
        .join(" ")
}

/// An id in brackets, as it is: people search for it. Only another reader's odd one needs escaping.
fn id(id: &str) -> String {
    let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if plain {
        format!("[{id}]")
    } else {
        format!("[{}]", escape(id))
    }
}

/// Fills a template in one go, so that braces in what is filled in stay what they are.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out += before;
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        out += values
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| *value);
        rest = after;
    }
    out + rest
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
