//! Pass 9: the happenings that a report tells of, each with the claims that speak of it.
//!
//! Events are joined in the order they are told. Two are one happening where their acts can be one, nothing of place, time and
//! sides speaks against it, and something speaks for it. Only the last happenings are looked at, so that long texts stay linear.

use crate::emit::hex_id;
use counterclaim_claims::{Act, Claim, Event, Family, Incident, IncidentMention, Participant, Place, Stance, Voice};

/// How many of the last happenings an event may belong to.
const KEPT: usize = 40;

/// How many claims on a happening is still what a mention with few particulars means.
const REACH: usize = 6;

/// A happening and what is needed to join more to it.
#[derive(Default)]
struct Open {
    incident: Incident,
    /// The number of the claim that spoke of it last.
    last: usize,
    /// It is told by a claim that does not say that it did not happen.
    affirmed: bool,
    /// By whom the claim was made that told it first.
    told_by: Vec<Option<String>>,
    headline: bool,
}

/// The happenings of a report, in the order they are told. `headline` is what its headline tells, from which no claim is read.
pub(crate) fn incidents(document: &str, headline: &[Event], claims: &[Claim]) -> Vec<Incident> {
    let mut open: Vec<Open> = Vec::new();
    for event in headline.iter().filter(|e| happens(e.act) && !e.negated) {
        open.push(Open {
            headline: true,
            affirmed: true,
            ..Open::new(event, false)
        });
    }
    for (n, claim) in claims.iter().enumerate() {
        if !tells(claim.stance) {
            continue;
        }
        for (number, event) in claim.events.iter().enumerate() {
            let deed = happens(event.act);
            if !deed && !denies_something(claim, event) {
                continue;
            }
            let first = open.len().saturating_sub(KEPT);
            let best = open[first..]
                .iter()
                .enumerate()
                .filter_map(|(i, known)| Some((first + i, link(known, claim, n, event)?)))
                .max_by_key(|(i, link)| (link.score, *i));
            let at = match best {
                Some((at, link)) => {
                    open[at].join(event, &link);
                    at
                }
                None if !deed => continue,
                None => {
                    open.push(Open {
                        told_by: claim.source.iter().map(|s| s.party.clone()).collect(),
                        ..Open::new(event, claim.background)
                    });
                    let at = open.len() - 1;
                    open[at].incident.reasons.push("told first".into());
                    at
                }
            };
            open[at].last = n;
            open[at].affirmed |= !event.negated;
            open[at].incident.mentions.push(IncidentMention {
                claim: claim.id.clone(),
                event: number,
            });
        }
    }
    // What is only said not to have happened is no happening.
    open.retain(|known| known.affirmed && !known.incident.mentions.is_empty());
    open.into_iter()
        .map(|known| {
            let mut incident = known.incident;
            let IncidentMention { claim, event } = &incident.mentions[0];
            incident.id = format!("inc_{}", hex_id(&format!("{document}\n{claim}\n{event}")));
            incident
        })
        .collect()
}

/// Whether the claim is about what happened rather than what may or should.
fn tells(stance: Stance) -> bool {
    matches!(
        stance,
        Stance::Asserts | Stance::Denies | Stance::Accuses | Stance::Supports
    )
}

/// "Denied to have been there": what the words leave unsaid may be a happening told before.
fn denies_something(claim: &Claim, event: &Event) -> bool {
    claim.stance == Stance::Denies && event.act == Act::Other && !event.place.is_empty()
}

/// Whether an act happens at a place and a time; states, talks and wishes do not.
pub(crate) fn happens(act: Act) -> bool {
    matches!(
        act.family(),
        Family::Strike | Family::Battle | Family::Abuse | Family::Unrest
    ) || matches!(act, Act::CaptureTerritory | Act::LoseTerritory)
}

impl Open {
    fn new(event: &Event, background: bool) -> Open {
        let mut new = Open::default();
        new.incident.act = event.act;
        new.incident.background = background;
        new.merge(event);
        new
    }

    fn join(&mut self, event: &Event, link: &Link) {
        let fresh = self.incident.mentions.is_empty();
        if vague(self.incident.act) && !vague(event.act) {
            self.incident.act = event.act;
        }
        self.merge(event);
        let mut reason = link.reason.join(", ");
        if fresh && self.headline {
            reason = format!("headline: {reason}");
        }
        if event.negated {
            reason.push_str(", denied");
        }
        self.incident.reasons.push(reason);
    }

    fn merge(&mut self, event: &Event) {
        let into = &mut self.incident;
        people(&mut into.actor, &event.actor);
        people(&mut into.target, &event.target);
        for place in &event.place {
            if into.place.iter().any(|p| p.name == place.name && p.lat == place.lat) {
                continue;
            }
            // The town is where it was; its country adds nothing.
            if place.is_wide() && into.place.iter().any(|p| !p.is_wide()) {
                continue;
            }
            if !place.is_wide() {
                into.place.retain(|p| !p.is_wide());
            }
            into.place.push(place.clone());
        }
        if let Some(time) = &event.time {
            let width = |t: &str| (t.contains('/'), usize::MAX - t.len());
            if into.time.as_deref().is_none_or(|known| width(time) < width(known)) {
                into.time = Some(time.clone());
            }
        }
    }
}

/// Adds who is not yet there; a known sector takes the place of an unknown one.
fn people(into: &mut Vec<Participant>, from: &[Participant]) {
    for who in from {
        let same = |p: &&mut Participant| p.party == who.party && (p.party.is_some() || p.name == who.name);
        let unknown = counterclaim_claims::Sector::Unk;
        match into
            .iter_mut()
            .filter(same)
            .find(|p| p.sector == who.sector || who.party.is_some() && (p.sector == unknown || who.sector == unknown))
        {
            Some(known) if known.sector == unknown => known.sector = who.sector,
            Some(_) => {}
            None => into.push(who.clone()),
        }
    }
}

/// Why an event belongs to a happening.
struct Link {
    score: u32,
    reason: Vec<&'static str>,
}

/// How an event belongs to a happening, none where it is another.
fn link(known: &Open, claim: &Claim, n: usize, event: &Event) -> Option<Link> {
    let told = &known.incident;
    let beside = !told.mentions.is_empty() && known.last == n;
    let act = if event.act == Act::Other {
        Kin::Unsaid
    } else {
        kin(told.act, event.act)?
    };
    // The headline is of the day.
    if told.background != claim.background || beside && act != Kin::Vague && !event.negated {
        return None;
    }
    let place = place(&told.place, &event.place);
    let time = time(told.time.as_deref(), event.time.as_deref());
    let sides = sides(told, event);
    let blames_another = sides == Fit::Against
        && place == Fit::Plain
        && matches!(act, Kin::Same | Kin::Vague)
        && shared(&told.target, &event.target) != Fit::Against
        && claim.voice == Voice::Source
        && claim.source.iter().all(|s| !known.told_by.contains(&s.party));
    if place == Fit::Against || time == Fit::Against || sides == Fit::Against && !blames_another {
        return None;
    }
    let near = n <= known.last + REACH;
    let own = !event.place.is_empty()
        || event.time.is_some()
        || event
            .actor
            .iter()
            .chain(&event.target)
            .any(|p| p.party.is_some() || p.name.is_some());
    let one = match act {
        // Other means at one place are another happening unless the day is the same, too.
        Kin::Alike => place == Fit::Plain && time == Fit::Plain,
        Kin::Unsaid => place == Fit::Plain && sides == Fit::Plain,
        _ if !own => near || event.negated,
        _ if place == Fit::Plain => true,
        _ if time == Fit::Plain => sides == Fit::Plain || near,
        _ => (place == Fit::Loose || sides == Fit::Plain || time == Fit::Loose) && near,
    };
    if !one {
        return None;
    }
    let mut score = u32::from(act == Kin::Same);
    let mut reason = vec![match act {
        Kin::Same => "same act",
        Kin::Vague => "act in other words",
        Kin::Alike => "like act",
        Kin::Unsaid => "act unsaid",
    }];
    for (fit, plain, loose, weight) in [
        (place, "same place", "place within", 8),
        (time, "same time", "time within", 4),
        (sides, "same sides", "", 4),
    ] {
        match fit {
            Fit::Plain => {
                score += weight;
                reason.push(plain);
            }
            Fit::Loose => {
                score += weight / 4;
                reason.push(loose);
            }
            Fit::Unknown | Fit::Against => {}
        }
    }
    if !own {
        reason.push("nothing of its own");
    }
    if blames_another {
        reason.push("another doer");
    }
    Some(Link { score, reason })
}

/// How two acts can be one happening.
#[derive(Clone, Copy, PartialEq)]
enum Kin {
    Same,
    /// One of them does not say by what means.
    Vague,
    /// Of one family.
    Alike,
    /// What is denied is not said.
    Unsaid,
}

fn vague(act: Act) -> bool {
    matches!(act, Act::Attack | Act::DestroyEquipment)
}

fn kin(a: Act, b: Act) -> Option<Kin> {
    let armed = |act: Act| matches!(act.family(), Family::Strike | Family::Battle) && act != Act::ShootDown;
    if a == b {
        return Some(Kin::Same);
    }
    if (vague(a) || vague(b)) && armed(a) && armed(b) {
        // Fighting is more than an attack in it.
        return Some(if a == Act::Clash || b == Act::Clash {
            Kin::Alike
        } else {
            Kin::Vague
        });
    }
    (a.family() == b.family() && armed(a) && armed(b)).then_some(Kin::Alike)
}

/// How a particular of an event fits that of a happening.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Fit {
    Against,
    Unknown,
    Loose,
    Plain,
}

fn place(known: &[Place], told: &[Place]) -> Fit {
    let fine = |list: &[Place]| list.iter().any(|p| !p.is_wide());
    // A town is held against towns: two of one province are two places.
    let towns = fine(known) && fine(told);
    let pairs = known
        .iter()
        .flat_map(|a| told.iter().map(move |b| (a, b)))
        .filter(|(a, b)| !towns || !a.is_wide() && !b.is_wide());
    let mut best = None;
    for (a, b) in pairs {
        let fit = pair(a, b);
        if best.is_none_or(|other| fit > other) {
            best = Some(fit);
        }
    }
    best.unwrap_or(Fit::Unknown)
}

fn pair(a: &Place, b: &Place) -> Fit {
    let is = |p: &Place, kind: &str| p.kind.as_deref() == Some(kind);
    if a.name == b.name && a.lat == b.lat {
        return if is(a, "country") { Fit::Unknown } else { Fit::Plain };
    }
    // Seas and continents hold no list of what lies in them.
    let wide = |p: &Place| is(p, "sea") || is(p, "continent") || is(p, "bloc");
    if wide(a) || wide(b) {
        return Fit::Unknown;
    }
    let one_state = match (&a.country, &b.country) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    if is(a, "country") || is(b, "country") {
        // Much happens in a state at once.
        return if one_state { Fit::Unknown } else { Fit::Against };
    }
    let (Some(lat), Some(lon)) = (a.lat.zip(b.lat), a.lon.zip(b.lon)) else {
        return Fit::Unknown;
    };
    let apart = (lat.0 - lat.1)
        .abs()
        .max((lon.0 - lon.1).abs() * lat.0.to_radians().cos());
    // In degrees: a neighbouring place, a district, a province.
    let (limit, fit) = match (a.is_wide() || b.is_wide(), is(a, "admin2") || is(b, "admin2")) {
        (false, false) => (0.08, Fit::Plain),
        (false, true) => (0.4, Fit::Loose),
        _ if a.is_wide() && b.is_wide() => (0.0, Fit::Loose),
        _ => (2.0, Fit::Loose),
    };
    if apart < limit { fit } else { Fit::Against }
}

/// EDTF dates of one precision compare as words do.
fn time(known: Option<&str>, told: Option<&str>) -> Fit {
    // What has gone on since then is more than one happening.
    let open = |t: Option<&str>| t.is_some_and(|t| t.contains(".."));
    if (open(known) || open(told)) && known != told {
        return Fit::Against;
    }
    let (Some(a), Some(b)) = (known, told) else {
        return Fit::Unknown;
    };
    let day = |t: &str| t.len() >= 10 && !t.contains('/');
    if a.starts_with("XXXX") || b.starts_with("XXXX") {
        return match (a.get(4..), b.get(4..)) {
            (Some(a), Some(b)) if a == b => Fit::Plain,
            (Some(a), Some(b)) if !a.starts_with(b) && !b.starts_with(a) => Fit::Against,
            _ => Fit::Unknown,
        };
    }
    if a == b && day(a) {
        return Fit::Plain;
    }
    let ((a_from, a_to), (b_from, b_to)) = (a.split_once('/').unwrap_or((a, a)), b.split_once('/').unwrap_or((b, b)));
    let no_later = |from: &str, to: &str| from <= to || from.starts_with(to);
    if no_later(a_from, b_to) && no_later(b_from, a_to) {
        Fit::Loose
    } else {
        Fit::Against
    }
}

/// Whether two lists name one of the same; who has no code is known by name.
fn shared(a: &[Participant], b: &[Participant]) -> Fit {
    let known = |p: &&Participant| p.party.is_some() || p.name.is_some();
    if !a.iter().any(|p| known(&p)) || !b.iter().any(|p| known(&p)) {
        return Fit::Unknown;
    }
    let same = |p: &Participant, q: &Participant| match (&p.party, &q.party) {
        (Some(p), Some(q)) => p == q,
        (None, None) => p.name.is_some() && p.name == q.name,
        _ => false,
    };
    if a.iter().any(|p| b.iter().any(|q| same(p, q))) {
        Fit::Plain
    } else {
        Fit::Against
    }
}

fn sides(told: &Incident, event: &Event) -> Fit {
    let mutual = |act: Act| act == Act::Clash;
    if mutual(told.act) || mutual(event.act) {
        let all = |a: &[Participant], b: &[Participant]| a.iter().chain(b).cloned().collect::<Vec<_>>();
        return shared(&all(&told.actor, &told.target), &all(&event.actor, &event.target));
    }
    let (actor, target) = (shared(&told.actor, &event.actor), shared(&told.target, &event.target));
    if actor == Fit::Against || target == Fit::Against {
        return Fit::Against;
    }
    if actor == Fit::Plain || target == Fit::Plain {
        return Fit::Plain;
    }
    // Who was struck does not strike in the same happening.
    let crossed = shared(&told.actor, &event.target) == Fit::Plain || shared(&told.target, &event.actor) == Fit::Plain;
    if crossed { Fit::Against } else { Fit::Unknown }
}
