use super::mention::{Told, apart};
use crate::place::{Nearness, is_state, is_town, nearness};
use crate::when::When;
use counterclaim_claims::{Act, Event, Family, Place, Stance, Toll};

/// How well two mentions fit one happening, and what speaks for it.
pub(super) struct Link {
    /// Hundredths of a point.
    pub(super) points: i32,
    /// Where both name towns, whether these may be of one happening.
    pub(super) towns: Option<bool>,
    /// As many as can speak for it; the first of them do.
    reasons: [&'static str; 10],
    count: usize,
}

impl Link {
    pub(super) fn reasons(&self) -> String {
        self.reasons[..self.count].join(", ")
    }

    fn add(&mut self, points: i32, reason: &'static str) {
        self.points += points;
        if points > 0 {
            self.because(reason);
        }
    }

    fn because(&mut self, reason: &'static str) {
        self.reasons[self.count] = reason;
        self.count += 1;
    }
}

/// The link of two mentions, the first of which is told first; none where they cannot be one happening.
pub(super) fn link(first: Told<'_>, second: Told<'_>) -> Option<Link> {
    let (a, b) = (first.event, second.event);
    let one_report = first.at.at.reading == second.at.at.reading;
    let between = if one_report {
        first.at.at.claim.abs_diff(second.at.at.claim)
    } else {
        usize::MAX
    };
    // A claim that names two acts tells of two; what is wished for is not what happened.
    if between == 0 || first.told() != second.told() {
        return None;
    }
    // Of one thing said by two sides, each means what the other did.
    let same_words = one_report && (first.claim.start, first.claim.end) == (second.claim.start, second.claim.end);
    if same_words && !first.actors.is_empty() && !second.actors.is_empty() && apart(&first.actors, &second.actors) {
        return None;
    }
    // Who accuse each other speak of two deeds.
    if a.act != Act::Clash && accuses(first, second) && accuses(second, first) {
        return None;
    }
    let mut link = Link {
        points: 0,
        towns: None,
        reasons: [""; 10],
        count: 0,
    };
    let act = acts(a, second, between)?;
    let times = times(first.time(), second.time())?;
    link.points += act;
    if act == 0 {
        link.because("same act");
    }
    let places = places(&a.place, &b.place);
    link.add(places.unwrap_or(0), "same place");
    // Of a day on which much is told of many places, what is told of another place is another happening.
    let fine = |event: &Event| event.place.iter().any(|place| !place.is_wide());
    // A battle is told of all the towns along its way.
    let strikes = a.act.family() == Family::Strike && b.act.family() == Family::Strike;
    link.towns = towns(&a.place, &b.place).filter(|_| strikes);
    let elsewhere = places.is_some_and(|fit| fit < 250) && fine(a) && fine(b);
    // And who holds one town need not hold the next.
    let held = a.act == Act::Control && b.act == Act::Control;
    if elsewhere && (first.crowded || second.crowded || held) {
        link.points -= 600;
    }
    link.add(times, "same time");
    let sides = sides(first, second);
    link.add(sides, "same sides");
    let state = a.act.family() == Family::Control;
    if state && a.act == b.act && places.is_some_and(|fit| fit >= 250) && sides > 0 {
        link.add(200, "same state");
    }
    // History and news; but a state and a backing last.
    if first.claim.background != second.claim.background && !state && a.act.family() != Family::Force {
        link.points -= 300;
    }
    link.add(figures(first, second), "same figures");
    #[allow(clippy::cast_possible_truncation, reason = "from 0 to 250")]
    link.add((first.alike(&second) * 250.0) as i32, "like words");
    let denies = |mention: Told<'_>| mention.claim.stance == Stance::Denies;
    if denies(first) != denies(second) {
        link.add(400, "denied");
    }
    if one_report {
        if between <= 2 && second.bare() {
            link.add(350, "told on");
        }
        link.add(near(between), "near by");
    }
    Some(link)
}

/// Whether one lays it to somebody for whom the other speaks, and not to those for whom it speaks itself.
fn accuses(one: Told<'_>, other: Told<'_>) -> bool {
    let blames = |speaker: Told<'_>| !apart(&speaker.parties, &one.actors);
    blames(other) && !blames(one)
}

/// What two acts take from being one happening; none where they cannot be.
fn acts(a: &Event, second: Told<'_>, between: usize) -> Option<i32> {
    let b = second.event;
    let armed = |event: &Event| matches!(event.act.family(), Family::Strike | Family::Battle);
    let vague = |event: &Event| matches!(event.act, Act::Attack | Act::DestroyEquipment);
    let harm_only = b.act == Act::Clash && second.bare() && !(b.toll.is_empty() && b.losses.is_empty());
    let kin = matches!(a.act.family(), Family::Strike | Family::Battle | Family::Talks);
    if a.act == b.act {
        Some(if a.act == Act::Other { -100 } else { 0 })
    } else if (vague(a) || vague(b)) && armed(a) && armed(b) {
        Some(-300)
    } else if harm_only && armed(a) && between <= 3 {
        Some(-150)
    } else if kin && a.act.family() == b.act.family() {
        Some(-500)
    } else {
        None
    }
}

fn places(a: &[Place], b: &[Place]) -> Option<i32> {
    a.iter().flat_map(|a| b.iter().map(move |b| near_places(a, b))).max()
}

/// Whether any of the towns lie so near each other that one happening may be told of both; none where that is not known.
fn towns(a: &[Place], b: &[Place]) -> Option<bool> {
    let fine = |place: &&Place| is_town(place);
    let pairs = a
        .iter()
        .filter(fine)
        .flat_map(|a| b.iter().filter(fine).map(move |b| near_places(a, b)));
    pairs.filter(|fit| *fit != 0).map(|fit| fit >= 100).max()
}

fn near_places(a: &Place, b: &Place) -> i32 {
    let state = is_state(a) || is_state(b);
    match nearness(a, b) {
        None => 0,
        Some(Nearness::SameName) if state => 100,
        Some(Nearness::SameName) => 300,
        Some(Nearness::OneTown) => 250,
        Some(Nearness::NextTown) => 100,
        Some(Nearness::OneLand) if state => 30,
        Some(Nearness::OneLand) => -50,
        Some(Nearness::OneState) if state => 0,
        Some(Nearness::OneState | Nearness::Far) => -1500,
    }
}

/// What two times give; none where they cannot be one.
fn times(first: When<'_>, second: When<'_>) -> Option<i32> {
    let (Some(a), Some(b)) = (first.words, second.words) else {
        return Some(0);
    };
    let yearless = a.starts_with("XXXX") || b.starts_with("XXXX");
    let (x, y) = (a.get(4..).unwrap_or(""), b.get(4..).unwrap_or(""));
    if a == b {
        return Some(if a.len() >= 7 && !a.contains('/') { 500 } else { 200 });
    }
    if yearless && x == y {
        return Some(400);
    }
    let one = if yearless {
        x.starts_with(y) || y.starts_with(x)
    } else {
        first.overlaps(second)
    };
    one.then_some(200)
}

fn sides(first: Told<'_>, second: Told<'_>) -> i32 {
    let mutual = |act: Act| act == Act::Clash || act.family() == Family::Talks;
    if mutual(first.event.act) || mutual(second.event.act) {
        return same(&first.sides, &second.sides);
    }
    same(&first.actors, &second.actors) + same(&first.targets, &second.targets)
}

fn same(a: &[u32], b: &[u32]) -> i32 {
    if a.is_empty() || b.is_empty() {
        0
    } else if a == b {
        75
    } else if apart(a, b) {
        -125
    } else {
        50
    }
}

/// The same number of the same harm speaks for one happening; other numbers by the same source against it, less so where they are of
/// another report, which may have newer ones.
fn figures(first: Told<'_>, second: Told<'_>) -> i32 {
    let same = |x: &Toll, y: &Toll| (x.harm, x.min, x.max) == (y.harm, y.min, y.max);
    if tolls(first).any(|x| tolls(second).any(|y| same(x, y))) {
        return 500;
    }
    let told = tolls(first).next().is_some() && tolls(second).next().is_some();
    if !told || first.sources != second.sources {
        0
    } else if first.at.at.reading == second.at.at.reading {
        -500
    } else {
        -200
    }
}

/// The figures that tell one happening from another.
fn tolls<'a>(mention: Told<'a>) -> impl Iterator<Item = &'a Toll> {
    let event = mention.event;
    event
        .toll
        .iter()
        .filter(|toll| toll.min.is_some_and(|min| min == 1 || min > 2))
}

/// What standing near each other in one report is worth, by the claims between.
fn near(between: usize) -> i32 {
    const POINTS: [i32; 12] = [0, 195, 152, 118, 92, 72, 56, 43, 34, 26, 21, 16];
    POINTS.get(between).copied().unwrap_or(0)
}
