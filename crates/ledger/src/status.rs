//! How each claim stands: what contradicts it, what bears it out, and what people found.

use crate::few;
use crate::incident::Happening;
use crate::range::Range;
use crate::reports::Reports;
use crate::review::{Finding, Review};
use crate::when::When;
use crate::{ClaimRef, Decision, Dispute, DisputeKind, EventRef, Statement, Who, place};
use counterclaim_claims::{Act, Claim, Event, Family, Loss, LossHarm, Stance, Toll};
use std::collections::{BTreeMap, BTreeSet};

/// How a claim stands, from the least that is known to the most. A later one goes before an earlier one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Somebody says so, and that is all.
    #[default]
    Asserted,
    /// A source of another side, or a third party, says so, too.
    Corroborated,
    /// Something that cannot be true beside it is claimed.
    Disputed,
    /// Somebody denies it.
    Denied,
    /// Who made it has taken it back.
    Withdrawn,
    /// A reviewer found it to be true.
    Verified,
    /// A reviewer found it to be untrue.
    Refuted,
}

impl Standing {
    /// All of them, in order.
    pub const ALL: [Standing; 7] = [
        Standing::Asserted,
        Standing::Corroborated,
        Standing::Disputed,
        Standing::Denied,
        Standing::Withdrawn,
        Standing::Verified,
        Standing::Refuted,
    ];

    /// Its name in files.
    pub fn code(self) -> &'static str {
        match self {
            Standing::Asserted => "asserted",
            Standing::Corroborated => "corroborated",
            Standing::Disputed => "disputed",
            Standing::Denied => "denied",
            Standing::Withdrawn => "withdrawn",
            Standing::Verified => "verified",
            Standing::Refuted => "refuted",
        }
    }
}

/// Why a claim stands as it does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A dispute that it is part of: its kind, and the claim on the other side.
    Against(DisputeKind, ClaimRef),
    /// An independent source says it, too.
    Alike(ClaimRef),
    /// A reviewer found so, for the reason given.
    Found {
        /// Who.
        reviewer: String,
        /// Why, in their words.
        reason: String,
    },
}

impl Why {
    /// The reason in codes: `denial: CLAIM`, `corroborated-by: CLAIM`, `found-by: REVIEWER: REASON`. A claim is named by the id
    /// that `id` gives.
    pub fn code(&self, id: impl Fn(ClaimRef) -> String) -> String {
        match self {
            Why::Against(kind, at) => format!("{}: {}", kind.code(), id(*at)),
            Why::Alike(at) => format!("corroborated-by: {}", id(*at)),
            Why::Found { reviewer, reason } if reason.is_empty() => format!("found-by: {reviewer}"),
            Why::Found { reviewer, reason } => format!("found-by: {reviewer}: {reason}"),
        }
    }
}

/// How a claim stands, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// How.
    pub standing: Standing,
    /// All that speaks for that or another standing, each once, what other claims say in the order of the reports' dates.
    pub why: Vec<Why>,
}

impl Status {
    fn take(&mut self, standing: Standing, why: Why) {
        self.standing = self.standing.max(standing);
        few::put(&mut self.why, why);
    }
}

/// So many that bear a claim out are named.
const MOST_ALIKE: usize = 3;

/// The claims that do more than stand there, with their statuses.
pub(crate) fn of(
    reports: &Reports<'_>,
    claims: &[ClaimRef],
    happening: &Happening,
    disputes: &[Dispute],
    statements: &[Statement],
    (reviews, decisions): (&BTreeMap<ClaimRef, Review>, &[Decision]),
) -> BTreeMap<ClaimRef, Status> {
    let mut all: BTreeMap<ClaimRef, Status> = BTreeMap::new();
    for one in disputes {
        let (a, b) = match one.kind {
            // Who denies is contradicted by what is denied.
            DisputeKind::Denial => (Some(Standing::Disputed), Some(Standing::Denied)),
            // Neither denies what the other claims.
            DisputeKind::MirroredAccusation => (None, None),
            DisputeKind::Withdrawn => (None, Some(Standing::Withdrawn)),
            _ => (Some(Standing::Disputed), Some(Standing::Disputed)),
        };
        for (standing, mine, other) in [(a, one.a, one.b), (b, one.b, one.a)] {
            if let Some(standing) = standing {
                all.entry(mine)
                    .or_default()
                    .take(standing, Why::Against(one.kind, other));
            }
        }
    }
    for (at, other) in corroborated(reports, claims, happening) {
        all.entry(at)
            .or_default()
            .take(Standing::Corroborated, Why::Alike(other));
    }
    // What is said of a statement is said of its repeats.
    for Statement { first, repeats } in statements {
        let together: Vec<Status> = std::iter::once(first)
            .chain(repeats)
            .filter_map(|at| all.get(at).cloned())
            .collect();
        if let Some(standing) = together.iter().map(|one| one.standing).max() {
            let mut why = Vec::new();
            few::put_all(&mut why, together.into_iter().flat_map(|one| one.why));
            for &at in std::iter::once(first).chain(repeats) {
                let why = why.clone();
                all.insert(at, Status { standing, why });
            }
        }
    }
    for (&at, review) in reviews {
        let Some(finding) = review.finding else { continue };
        let standing = match finding {
            Finding::Verified => Standing::Verified,
            Finding::Refuted => Standing::Refuted,
        };
        let found = review
            .decisions
            .iter()
            .rev()
            .map(|&n| &decisions[n])
            .find(|one| finding.is_of(&one.what));
        if let Some(Decision { reviewer, reason, .. }) = found {
            let (reviewer, reason) = (reviewer.clone(), reason.clone());
            all.entry(at)
                .or_default()
                .take(standing, Why::Found { reviewer, reason });
        }
    }
    for status in all.values_mut() {
        status.why.sort_by_key(|why| order(reports, why));
    }
    all
}

/// What reasons are put in order by: claims in the order of the reports' dates, not of their arrival. Stable: of one claim, kinds of
/// disputes and findings stay as they are.
fn order(reports: &Reports<'_>, why: &Why) -> (u8, Option<DisputeKind>, Option<(usize, usize)>) {
    match why {
        Why::Against(kind, at) => (0, Some(*kind), Some(reports.key(*at))),
        Why::Alike(at) => (1, None, Some(reports.key(*at))),
        Why::Found { .. } => (2, None, None),
    }
}

/// Who fights whom, by what is claimed: what tells one side from another.
struct Sides<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Sides<'a> {
    fn of(reports: &Reports<'a>, claims: &[ClaimRef]) -> Self {
        let mut enemies: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for event in claims.iter().flat_map(|&at| &reports.claim(at).events) {
            if !matches!(event.act.family(), Family::Strike | Family::Battle) {
                continue;
            }
            let actors = codes(&event.actor);
            let others: Vec<&str> = if event.act == Act::Clash {
                actors.iter().copied().chain(codes(&event.target)).collect()
            } else {
                codes(&event.target)
            };
            for &a in &actors {
                for &b in others.iter().filter(|b| **b != a) {
                    enemies.entry(a).or_default().insert(b);
                    enemies.entry(b).or_default().insert(a);
                }
            }
        }
        Sides(enemies)
    }

    /// Whether two parties are one, or fight one enemy and not each other.
    fn one(&self, a: &str, b: &str) -> bool {
        let (Some(x), Some(y)) = (self.0.get(a), self.0.get(b)) else {
            return a == b;
        };
        a == b || (!x.is_disjoint(y) && !x.contains(b))
    }

    /// Whether nobody of one side stands behind both. What an outlet says in its own voice may be what it was told, and so may
    /// what nobody is named for.
    fn independent(&self, a: &[Who], b: &[Who]) -> bool {
        let apart = |a: &Who, b: &Who| match (a, b) {
            (Who::Party { code: x, .. }, Who::Party { code: y, .. }) => !self.one(x, y),
            (_, Who::Outlet(_) | Who::Nobody) => false,
            _ => a != b,
        };
        !b.is_empty() && a.iter().all(|a| b.iter().all(|b| apart(a, b)))
    }
}

fn codes(people: &[counterclaim_claims::Participant]) -> Vec<&str> {
    people.iter().filter_map(|who| who.party.as_deref()).collect()
}

/// One that tells of an incident.
struct Teller<'a> {
    at: ClaimRef,
    who: Vec<Who>,
    claim: &'a Claim,
    event: &'a Event,
    /// The day that it was said, or that of the report.
    said: When<'a>,
}

/// Days between two reports that tell of one happening without its time.
const SAME_DAYS: i32 = 3;

impl Teller<'_> {
    /// Whether both tell of one time. Where one gives none, it tells of the days in which it spoke.
    fn when_meets(&self, other: &Self) -> bool {
        let when = |one: &Self| Some(When::of(one.event.time.as_deref())).filter(|when| when.words.is_some());
        match (when(self), when(other)) {
            (Some(a), Some(b)) => a.overlaps(b),
            (None, None) if self.at.reading == other.at.reading => true,
            (a, b) => a.unwrap_or(self.said).within(b.unwrap_or(other.said), SAME_DAYS),
        }
    }
}

/// Claims, each with another by an independent source that bears it out.
fn corroborated(reports: &Reports<'_>, claims: &[ClaimRef], happening: &Happening) -> Vec<(ClaimRef, ClaimRef)> {
    let sides = Sides::of(reports, claims);
    let mut by_incident: BTreeMap<usize, Vec<Teller<'_>>> = BTreeMap::new();
    for &at in claims {
        let claim = reports.claim(at);
        let says = matches!(claim.stance, Stance::Asserts | Stance::Accuses | Stance::Supports);
        for (number, event) in claim
            .events
            .iter()
            .enumerate()
            .filter(|(_, event)| says && !event.negated)
        {
            if let Some(&incident) = happening.get(&EventRef { at, event: number }) {
                by_incident.entry(incident).or_default().push(Teller {
                    at,
                    who: reports.who(at),
                    claim,
                    event,
                    said: When::of(reports.said(at)),
                });
            }
        }
    }
    let mut found = Vec::new();
    for tellers in by_incident.values() {
        // Each source once for what it says: ten papers that repeat it bear it out no better.
        let mut voices: Vec<&Teller<'_>> = Vec::new();
        for one in tellers {
            let known = |other: &&Teller<'_>| other.who == one.who && other.event == one.event;
            if !one.who.iter().any(|who| matches!(who, Who::Outlet(_) | Who::Nobody)) && !voices.iter().any(known) {
                voices.push(one);
            }
            if voices.len() == MOST_VOICES {
                break;
            }
        }
        for one in tellers {
            let bears_out = |other: &&&Teller<'_>| {
                other.at != one.at && bears_out(one, other) && sides.independent(&one.who, &other.who)
            };
            found.extend(
                voices
                    .iter()
                    .filter(bears_out)
                    .take(MOST_ALIKE)
                    .map(|other| (one.at, other.at)),
            );
        }
    }
    found
}

/// So many voices on one incident are held against all that is said of it.
const MOST_VOICES: usize = 64;

/// Whether what another says of the happening carries what one says: the same act, and doer, sufferer, place, time and figures as far as they are told.
/// An act without a name is borne out by nothing, and so is one of which neither town nor toll nor loss is told: what it was is not known.
fn bears_out(one: &Teller<'_>, other: &Teller<'_>) -> bool {
    let (a, b) = (one.event, other.event);
    let (mine, theirs) = (codes(&a.actor), codes(&b.actor));
    let doer = mine.is_empty() || mine.iter().any(|party| theirs.contains(party));
    let (hit, said) = (codes(&a.target), codes(&b.target));
    let sufferer = hit.is_empty() || said.is_empty() || hit.iter().any(|party| said.contains(party));
    let toll = |x: &Toll, y: &Toll| (x.harm, x.who) == (y.harm, y.who) && Range::from(x).meets(y.into());
    let lost = |x: &Loss, y: &Loss| (x.class, x.harm) == (y.class, y.harm) && Range::from(x).meets(y.into());
    // What was only aimed at is no loss.
    let losses: Vec<&Loss> = a.losses.iter().filter(|loss| loss.harm != LossHarm::Targeted).collect();
    let counted = !a.toll.is_empty() || !losses.is_empty();
    a.act.family() == b.act.family()
        && a.act != Act::Other
        && (counted || a.place.iter().any(place::is_town))
        && doer
        && sufferer
        && place::stands_in(&a.place, &b.place)
        && one.when_meets(other)
        && a.toll.iter().all(|x| b.toll.iter().any(|y| toll(x, y)))
        && losses.iter().all(|x| b.losses.iter().any(|y| lost(x, y)))
        && one.claim.background == other.claim.background
}
