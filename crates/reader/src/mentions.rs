//! Everything of value in a text, whether or not a claim speaks of it: for `--mentions`.

use crate::bits;
use crate::doc::Doc;
use crate::emit::{Values, Writer};
use crate::phrases::{Phrase, Phrases};
use crate::values;
use crate::who;
use counterclaim_claims::{
    Mark, MaterielMention, Mentions, NumberMention, PartyMention, PlaceMention, Sector, TimeMention,
};
use counterclaim_lexicon::{Kind, PosClass, Sense};
use counterclaim_text::TokenKind;
use std::ops::Range;

/// The mentions of a document, each kind in the order of the text.
pub(crate) fn mentions(writer: &Writer<'_, '_>, phrases: &[Phrases], values: &Values<'_>) -> Mentions {
    Mentions {
        places: places(writer, values),
        times: times(writer, values),
        numbers: numbers(writer, values),
        parties: phrases
            .iter()
            .flat_map(|p| &p.nps)
            .flat_map(|np| parties(writer, values, np))
            .collect(),
        materiel: phrases
            .iter()
            .zip(&writer.doc.sents)
            .flat_map(|(p, sent)| sent.units.clone().filter_map(|u| materiel(writer, values, p, u)))
            .collect(),
    }
}

fn places(writer: &Writer<'_, '_>, values: &Values<'_>) -> Vec<PlaceMention> {
    let mut hits: Vec<&values::PlaceHit> = values.places.iter().chain(&values.associated).collect();
    hits.sort_by_key(|p| p.span.start);
    let place = |p: &values::PlaceHit| {
        let Mark { start, end } = writer.mark(p.span);
        let words = p.span.of(writer.doc.text);
        PlaceMention {
            start,
            end,
            name: if p.name.is_empty() { words } else { p.name }.to_owned(),
            lat: p.lat.is_finite().then_some(p.lat),
            lon: p.lon.is_finite().then_some(p.lon),
            geonames: (p.geonames != 0).then_some(u64::from(p.geonames)),
            country: (!p.country.is_empty()).then(|| p.country.to_owned()),
            kind: (!p.kind.is_empty()).then(|| p.kind.to_owned()),
            literal: p.literal,
        }
    };
    hits.into_iter().map(place).collect()
}

fn times(writer: &Writer<'_, '_>, values: &Values<'_>) -> Vec<TimeMention> {
    let time = |t: &values::Time| {
        let Mark { start, end } = writer.mark(t.span);
        TimeMention {
            start,
            end,
            kind: t.kind.to_owned(),
            value: t.timex.clone(),
        }
    };
    values.times.iter().map(time).collect()
}

fn numbers(writer: &Writer<'_, '_>, values: &Values<'_>) -> Vec<NumberMention> {
    let doc = writer.doc;
    let number = |n: &values::Number| {
        let Mark { start, end } = writer.units(&n.units);
        let unit = doc
            .units
            .get(n.units.end)
            .filter(|u| u.bits & (bits::NOUN | bits::WHO | bits::MATERIEL) != 0)
            .map(|u| u.span.of(doc.text).to_owned());
        NumberMention {
            start,
            end,
            min: n.min,
            max: n.max,
            approx: n.approx,
            unit,
        }
    };
    values.numbers.iter().map(number).collect()
}

/// The somebodies of a noun phrase. A place alone, a pronoun and a thing are nobody.
fn parties(writer: &Writer<'_, '_>, values: &Values<'_>, np: &Phrase) -> Vec<PartyMention> {
    if np.bits & (bits::WHO | bits::PERSON | bits::ORG | bits::PARTY) == 0 || np.bits & bits::PRONOUN != 0 {
        return Vec::new();
    }
    who::read(writer.doc, values.places, np.units.clone())
        .into_iter()
        .filter(|w| w.known() || w.group.is_some() || w.role || w.person.is_some() || w.sector != Sector::Unk)
        .map(|w| {
            let Mark { start, end } = writer.units(&w.units);
            PartyMention {
                start,
                end,
                party: w.party,
                sector: w.sector,
                name: w.name,
                person: w.person,
                group: w.group,
                plural: w.plural,
            }
        })
        .collect()
}

/// The matériel that a unit names, with the words before it that tell which: "armoured personnel carriers", "T-72 tanks".
fn materiel(writer: &Writer<'_, '_>, values: &Values<'_>, phrases: &Phrases, u: usize) -> Option<MaterielMention> {
    let doc = writer.doc;
    let (class, weapon, object) = doc.of_kind(u, Kind::MATERIEL).find_map(|sense| match sense {
        Sense::Materiel { class, weapon, object } => Some((*class, *weapon, *object)),
        _ => None,
    })?;
    let np = phrases.np_at(u);
    let units = np
        .filter(|np| np.head == u)
        .map_or(u..u + 1, |np| own_words(doc, values, np));
    let Mark { start, end } = writer.units(&units);
    let word = &doc.units[u];
    let digits = doc.tokens[word.tokens.start as usize..word.tokens.end as usize]
        .iter()
        .any(|t| t.kind != TokenKind::Number && t.of(doc.text).contains(|c: char| c.is_ascii_digit()));
    let named = word.capital && (digits || word.class == PosClass::Propn);
    Some(MaterielMention {
        start,
        end,
        class,
        weapon,
        object,
        name: named.then(|| word.span.of(doc.text).to_owned()),
    })
}

/// A noun phrase without the determiners and counts at its start.
fn own_words(doc: &Doc<'_>, values: &Values<'_>, np: &Phrase) -> Range<usize> {
    let mut from = np.units.start;
    while from < np.head
        && (matches!(doc.units[from].class, PosClass::Det | PosClass::Num | PosClass::Adv)
            || values::at(values.numbers, from).is_some()
            || doc.units[from].bits & bits::DET_THIS != 0)
    {
        from += 1;
    }
    from..np.units.end
}
