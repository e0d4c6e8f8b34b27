//! Pass 7: harm to matériel, counted.

use crate::bits::*;
use crate::clauses::View;
use crate::values;
use crate::who;
use counterclaim_claims::{Loss, LossHarm};
use counterclaim_lexicon::{Func, Inflection, Sense};
use std::ops::Range;

/// Matériel in a noun phrase and what follows it in a list, as losses.
pub(crate) fn losses(
    view: &View<'_, '_>,
    values: &crate::emit::Values<'_>,
    units: &Range<usize>,
    bounds: &Range<usize>,
    harm: LossHarm,
    owner: Option<&str>,
) -> Vec<Loss> {
    let doc = view.doc;
    let mut out: Vec<Loss> = Vec::new();
    let mut end = units.end;
    // On through the list: "5 máy bay, 1 trực thăng và 8 xe tăng".
    while end < bounds.end && doc.has(end, COMMA | CC) {
        let mut next = end + 1;
        while next < bounds.end && doc.has(next, CC) {
            next += 1;
        }
        match view
            .phrases
            .longest_from(next)
            .filter(|n| n.units.end <= bounds.end && n.units.clone().any(|u| doc.has(u, MATERIEL)))
        {
            Some(np) => end = np.units.end,
            None => break,
        }
    }
    let party = who::read(doc, values.places, units.start..end)
        .into_iter()
        .find_map(|w| w.party)
        .or_else(|| owner.map(str::to_owned));
    let mut count: Option<(Option<u64>, Option<u64>)> = None;
    let mut plural = false;
    for u in units.start..end {
        if doc.has(u, COMMA | CC) {
            (count, plural) = (None, false);
        }
        if let Some(number) = values::at(values.numbers, u) {
            count = Some((number.min, number.max));
        }
        plural |= doc.is(u, Func::Plural);
        let found = doc.senses(u).find_map(|(s, i)| {
            if let Sense::Materiel {
                class, object: true, ..
            } = s
            {
                Some((*class, i))
            } else {
                None
            }
        });
        if let Some((class, inflection)) = found {
            let (min, max) = count.unwrap_or(if plural || inflection == Inflection::Plural {
                (Some(2), None)
            } else if doc.pack.head_first {
                (Some(1), None)
            } else {
                (Some(1), Some(1))
            });
            if !out.iter().any(|l| l.class == class && l.min == min) {
                out.push(Loss {
                    class,
                    harm,
                    party: party.clone(),
                    min,
                    max,
                });
            }
        }
    }
    out
}
