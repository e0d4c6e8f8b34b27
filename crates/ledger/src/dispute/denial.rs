use super::{Alike, DisputeKind, Found, Index, Reason, Told, alike, put, strangers};
use counterclaim_claims::{Act, Materiel, Stance, Voice};
use std::collections::BTreeSet;

/// A denial that fits very many claims is shown with those it fits best.
const MOST_DENIED: usize = 4;

/// Days within which a denial answers what was said elsewhere.
const ANSWERED_WITHIN: i32 = 15;

/// Denials, each against the claims of others that it answers best.
pub(super) fn find<'a>(all: &[Told<'a>], index: &Index<'a>, found: &mut Found) {
    for (n, a) in all.iter().enumerate().filter(|(_, a)| denies(a)) {
        let near = index.around(n, a, all, ANSWERED_WITHIN);
        if a.event.act == Act::Other {
            bare(n, a, &near, all, found);
        }
        let mut fits: Vec<(Vec<Reason>, usize)> = near
            .into_iter()
            .filter(|&m| may_be_denied(a, &all[m]) && a.event.act.family() == all[m].event.act.family())
            .filter_map(|m| Some((denied(a, &all[m])?, m)))
            .collect();
        fits.sort_by_key(|(reasons, m)| (usize::MAX - reasons.len(), a.rank.abs_diff(all[*m].rank), *m));
        // What it answers best, and what it answers nearly as well.
        let most = fits.first().map_or(0, |(reasons, _)| reasons.len());
        fits.retain(|(reasons, _)| reasons.len() + 1 >= most);
        for (reasons, m) in fits.into_iter().take(MOST_DENIED) {
            put(found, DisputeKind::Denial, a, &all[m], reasons);
        }
    }
}

/// Why `a` denies `b`, if it does.
fn denied(a: &Told<'_>, b: &Told<'_>) -> Option<Vec<Reason>> {
    let alike = alike(a, b)?;
    let mut reasons = alike.reasons(a);
    let accused = b.actors.shared(&a.parties).next();
    let actor = a.actors.shared(&b.actors).next();
    reasons.push(match (accused, actor) {
        (Some(party), _) => Reason::Accused(party.to_owned()),
        (None, Some(party)) => Reason::SameActor(party.to_owned()),
        // Another doer's deed is another deed; that nobody did it to them is told of all doers.
        (None, None) => Reason::SameTarget(sufferer(a, b, &alike)?.to_owned()),
    });
    (fits(a, b, &alike) && !by_other_means(a, b, &alike) && !of_other_things(a, b)).then_some(reasons)
}

/// Who is said to have suffered it, or to be backed, by one who denies it without naming a doer but himself.
fn sufferer<'a>(a: &Told<'a>, b: &Told<'a>, alike: &Alike<'_>) -> Option<&'a str> {
    if a.event.act == Act::SupportMilitarily && alike.act {
        // Who denies being backed may be told as who serves with himself.
        let own = a.actors.is_within(&a.parties);
        let mut backed = b.targets.iter();
        return backed.find(|party| own && (a.targets.has(party) || a.parties.has(party)));
    }
    let theirs: BTreeSet<&str> = suffering(b).collect();
    let whose = suffering(a).find(|party| theirs.contains(party));
    whose.filter(|_| a.actors.is_empty() && (a.event.negated || alike.incident))
}

/// The parties to whose people or matériel it is done.
fn suffering<'t, 'a>(told: &'t Told<'a>) -> impl Iterator<Item = &'a str> + use<'t, 'a> {
    let event = told.event;
    let lost = event.losses.iter().filter_map(|loss| loss.party.as_deref());
    told.targets.iter().chain(lost)
}

fn fits(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>) -> bool {
    let place = alike.place.is_some();
    if a.at.reading == b.at.reading {
        // What names no act of its own is answered by where it stands: see `bare`.
        // An attack without its means may be any strike.
        let strike = [a.event.act, b.event.act].contains(&Act::Attack);
        return alike.words || alike.incident || ((alike.act || place || strike) && a.event.act != Act::Other);
    }
    if a.event.act == Act::Other {
        return false;
    }
    // That no foreigner serves, or that none was sent, is said of the war, not of a day of it.
    if a.event.act == Act::SupportMilitarily && alike.act {
        return true;
    }
    // Between reports a like deed is not enough: there are many on a day of war.
    let soon = a.said.words.is_none() || b.said.words.is_none() || b.said.soon_before(a.said);
    (alike.incident || place || (alike.act && alike.time.is_some())) && soon
}

/// "Denied using cluster munitions": who denies a means denies no strike that is told without it. Other weapons go by many names,
/// and a place tells as well what is answered.
fn by_other_means(a: &Told<'_>, b: &Told<'_>, alike: &Alike<'_>) -> bool {
    let (denied, told) = (&a.event.weapon, &b.event.weapon);
    if denied.is_empty() || denied.iter().any(|means| told.contains(means)) {
        return false;
    }
    let outlawed = |means: &Materiel| matches!(means, Materiel::ClusterMunition | Materiel::ChemicalWeapon);
    let same = a.event.act == b.event.act && a.event.act == Act::ChemicalAttack;
    let elsewhere = a.at.reading != b.at.reading && alike.place.is_none();
    !same && (denied.iter().any(outlawed) || elsewhere)
}

/// "Denied losing aircraft": that nothing of one kind was harmed denies no claim that tells of nothing of that kind.
fn of_other_things(a: &Told<'_>, b: &Told<'_>) -> bool {
    let (denied, told) = (&a.event.losses, &b.event.losses);
    let things = |act: Act| matches!(act, Act::DestroyEquipment | Act::ShootDown);
    things(a.event.act) && !denied.is_empty() && !denied.iter().any(|d| told.iter().any(|t| t.class == d.class))
}

/// A denial that names no deed ("denied the accusation"): it answers what was last laid to the denier before it.
fn bare(n: usize, a: &Told<'_>, near: &[usize], all: &[Told<'_>], found: &mut Found) {
    let accuses = |b: &Told<'_>| {
        let here = b.at.reading == a.at.reading && b.claim.start < a.claim.start;
        here && may_be_denied(a, b) && b.event.act != Act::Other && !b.actors.is_apart(&a.parties)
    };
    let last = near.iter().rev().find(|&&m| m < n && accuses(&all[m]));
    if let Some(b) = last.map(|&m| &all[m]) {
        let accused = b.actors.shared(&a.parties).map(str::to_owned).map(Reason::Accused);
        put(found, DisputeKind::Denial, a, b, accused.chain([Reason::Answers]));
    }
}

fn denies(a: &Told<'_>) -> bool {
    a.claim.stance == Stance::Denies && a.claim.voice == Voice::Source
}

/// Somebody else says that it happened.
pub(super) fn may_be_denied(a: &Told<'_>, b: &Told<'_>) -> bool {
    let claimed = matches!(b.claim.stance, Stance::Asserts | Stance::Accuses | Stance::Warns);
    claimed && !b.event.negated && b.claim.voice == Voice::Source && strangers(a, b)
}
