//! Whose land and people an act touches, where its words name only the place.

use super::Told;
use crate::values::PlaceHit;
use crate::who::Who;
use counterclaim_claims::{Act, Family, Group, Sector};

/// "Took the town in their battle with": whom a fight of the same clause is with is whom ground is taken from.
pub(super) fn foe(out: &mut Vec<Told>, head_first: bool) {
    let mut met: Option<Who> = None;
    for n in 0..out.len() {
        let told = &out[n];
        if !matches!(told.act, Act::CaptureTerritory | Act::GroundAssault)
            || !told.actor.iter().any(Who::known)
            || told.target.iter().any(Who::known)
        {
            continue;
        }
        let ours = |w: &&Who| told.actor.iter().all(|a| a.party != w.party);
        let fights = out.iter().filter(|t| t.act == Act::Clash && t.mutual);
        let mut foes = fights
            .flat_map(|t| t.actor.iter().chain(&t.target))
            .filter(|w| w.known())
            .filter(ours);
        if let (Some(foe), None) = (foes.next().cloned(), foes.next()) {
            out[n].target = vec![Who {
                units: 0..0,
                ..foe.clone()
            }];
            met = Some(foe);
        }
    }
    // The fight itself only told whom it was with.
    if let Some(foe) = met.filter(|_| !head_first) {
        let alone = |t: &Told| t.actor.iter().all(|w| w.party == foe.party && w.name == foe.name);
        out.retain(|t| !(t.act == Act::Clash && t.noun && t.mutual && t.toll.is_empty() && alone(t)));
    }
}

/// Who is besieged, driven out or overrun at a place is of that place; people without a name who are struck there are its people.
/// `lands` are armed groups, each with a state that it is of.
pub(super) fn land(told: &mut Told, home: Option<&str>, lands: &[(String, String)], head_first: bool) {
    let actor = |side: &str| told.actor.iter().any(|a| a.party.as_deref() == Some(side));
    let of = |fits: fn(&PlaceHit) -> bool| {
        let fine = told.place.iter().filter(|p| fits(p)).map(PlaceHit::side);
        fine.into_iter()
            .find(|side| !side.is_empty() && !actor(side))
            .map(str::to_owned)
    };
    let whole = |p: &PlaceHit| p.kind == "country";
    let any = |_: &PlaceHit| true;
    let (side, sector) = match told.act {
        Act::Siege => (of(any), Sector::Unk),
        Act::CaptureTerritory if told.actor.iter().any(Who::is_state) => (of(any), Sector::Unk),
        // What a group takes in the land that it fights is that land's.
        Act::CaptureTerritory if head_first => (of(any).filter(|side| fights_in(told, side, lands)), Sector::Unk),
        // Where a preposition tells a goal from where somebody is, a place is often only what people flee to.
        Act::Displacement if head_first => (of(any), Sector::Cvl),
        Act::GroundAssault if head_first => (of(whole), Sector::Unk),
        _ => (None, Sector::Unk),
    };
    // Nobody takes what is his own: who is named for it is whom it is taken from, unless a place only stands for him.
    if matches!(told.act, Act::CaptureTerritory | Act::GroundAssault | Act::Siege)
        && let [whom] = &told.target[..]
        && whom.party.as_deref().is_some_and(actor)
    {
        if head_first && matches!(whom.sector, Sector::Mil | Sector::Pol) {
            told.actor.clear();
        } else if told.act != Act::Siege && (head_first || told.act == Act::CaptureTerritory) {
            told.target.clear();
        }
    }
    if told.target.iter().any(Who::known) {
        return;
    }
    if let Some(side) = side {
        match told.target.first_mut() {
            Some(who) => who.party = Some(side),
            None => told.target.push(Who {
                party: Some(side),
                sector,
                ..Who::default()
            }),
        }
        return;
    }
    // "Families in the city": civilians and whose houses are struck live there.
    let abused = told.act.family() == Family::Abuse && told.act != Act::Arrest;
    if told.act.family() == Family::Strike || abused {
        let lives = |w: &&mut Who| {
            let people = w.group == Some(Group::Civilian) || abused && w.group == Some(Group::Unknown);
            w.party.is_none() && w.name.is_none() && people
        };
        // Where no place is told, they are of the one land that the report is about.
        let here = told.place.iter().map(PlaceHit::side).find(|s| !s.is_empty());
        // Rebels live among the people whom they strike.
        let group = told.actor.iter().find_map(|a| a.party.as_deref());
        let mut own = lands
            .iter()
            .filter(|(g, _)| Some(g.as_str()) == group)
            .map(|(_, land)| land.as_str());
        let own = own.next().filter(|_| own.next().is_none());
        let home = home.or(own).filter(|_| told.place.is_empty());
        let Some(side) = here.or(home).map(str::to_owned) else {
            return;
        };
        if let Some(who) = told.target.iter_mut().find(lives) {
            who.party = Some(side);
        }
    }
}

/// Whether rebels who act are of a land.
fn fights_in(told: &Told, side: &str, lands: &[(String, String)]) -> bool {
    let is_of = |group: &str| lands.iter().any(|(g, land)| g == group && land == side);
    let rebels = told.actor.iter().filter(|w| w.sector == Sector::Reb);
    rebels.filter_map(|w| w.party.as_deref()).any(is_of)
}
