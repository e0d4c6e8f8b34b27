//! The last pass: claims in the shape of the contract, in code points, with ids.

use crate::attribution::{Attribution, Content, antecedent};
use crate::claims::{Draft, Found};
use crate::doc::Doc;
use crate::values::{Number, PlaceHit, Time, within};
use crate::who::{self, Context, Who};
use crate::{Input, bits, check, events, exhibits, incidents, mentions, subjects};
use counterclaim_claims::{Certainty, Claim, Mark, Reading, Sector, Source, Stance, Voice};
use counterclaim_lexicon::{Func, PosClass};
use counterclaim_text::{Offsets, Span};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::ops::Range;

/// The values of a document.
pub(crate) struct Values<'v> {
    pub(crate) times: &'v [Time],
    pub(crate) numbers: &'v [Number],
    pub(crate) places: &'v [PlaceHit],
    /// What else stands for a place, for mentions.
    pub(crate) associated: Vec<PlaceHit>,
}

/// `sha256:` and the digest of some bytes.
pub(crate) fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from_digit(u32::from(n), 16).unwrap_or('0');
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

/// The digits of an id that is derived from `key`.
pub(crate) fn hex_id(key: &str) -> String {
    hex(&Sha256::digest(key.as_bytes())[..8])
}

/// What the later passes need to write things down.
pub(crate) struct Writer<'w, 't> {
    pub(crate) doc: &'w Doc<'t>,
    pub(crate) offsets: Offsets<'t>,
    /// The year of the report: that of its publication, else the latest that it tells.
    year: Option<i16>,
}

impl<'w, 't> Writer<'w, 't> {
    pub(crate) fn new(doc: &'w Doc<'t>, values: &Values<'_>) -> Self {
        let told = || values.times.iter().filter_map(|t| year(t.edtf.as_deref()?)).max();
        Writer {
            doc,
            offsets: Offsets::new(doc.text),
            year: doc.published.map(|d| d.year()).or_else(told),
        }
    }

    pub(crate) fn mark(&self, span: Span) -> Mark {
        Mark {
            start: self.offsets.code_point(span.start as usize),
            end: self.offsets.code_point(span.end as usize),
        }
    }

    pub(crate) fn units(&self, units: &Range<usize>) -> Mark {
        self.mark(self.doc.span(units))
    }
}

/// Writes claims, exhibits, checks and mentions into `reading`.
pub(crate) fn reading(
    doc: &Doc<'_>,
    found: &Found<'_>,
    values: &Values<'_>,
    drafts: Vec<Draft>,
    input: &Input,
    reading: &mut Reading,
) {
    let writer = Writer::new(doc, values);
    let mut context = Context::new(doc, values.places, found.starts);
    let mut next_sentence = 0;
    let mut spoke: Vec<Vec<Option<Vec<Who>>>> = found.attributions.iter().map(|l| vec![None; l.len()]).collect();
    let mut teller = events::Teller::new(doc, found, values);
    for draft in drafts {
        // A quotation may be attributed only after its last sentence.
        let known_by = draft.made_by.map_or(draft.sent, |(s, _)| s.max(draft.sent));
        while next_sentence <= known_by {
            sources_of(doc, found, values, next_sentence, &mut context, &mut spoke);
            next_sentence += 1;
        }
        let mut sources = speakers_of(doc, found, &draft, &spoke);
        if let Some(speaker) = &draft.speaker {
            sources.extend(
                who::read(doc, values.places, speaker.clone())
                    .into_iter()
                    .map(|w| context.resolve(w, None)),
            );
        }
        let told = teller.events(&draft, &sources, &context);
        let base = claim(&writer, found, &draft, &spoke, values);
        if draft.mutual && sources.len() > 1 {
            for side in &sources {
                let mut one = base.clone();
                one.source = vec![source(&writer, side)];
                one.events = teller
                    .mutual(&told, side, &sources)
                    .into_iter()
                    .map(|e| e.write(&writer))
                    .collect();
                finish(one, reading);
            }
            continue;
        }
        let mut one = base;
        one.source = sources.iter().map(|w| source(&writer, w)).collect();
        // "It published a video that it said showed P": nobody relays their own words.
        let own = |v: &Source| {
            one.source.iter().any(|s| {
                (&s.party, s.sector, &s.person) == (&v.party, v.sector, &v.person)
                    && (s.name == v.name || s.party.is_some() && s.name.is_none())
            })
        };
        one.via = std::mem::take(&mut one.via).into_iter().filter(|v| !own(v)).collect();
        one.events = told.into_iter().map(|e| e.write(&writer)).collect();
        finish(one, reading);
    }
    let headline: Vec<_> = teller.headline.into_iter().map(|e| e.write(&writer)).collect();
    reading.incidents = incidents::incidents(&reading.document.id, &headline, &reading.claims);
    exhibits::exhibits(&writer, found, values, &spoke, &context, reading);
    check::checks(&writer, values, found, reading);
    if input.mentions {
        reading.mentions = Some(mentions::mentions(&writer, found.phrases, values));
    }
}

/// Who claims what a draft holds. "We can say that P", he said: it is he. Nor is nobody the accuser where somebody tells of one
/// who is accused.
fn speakers_of(doc: &Doc<'_>, found: &Found<'_>, draft: &Draft, spoke: &[Vec<Option<Vec<Who>>>]) -> Vec<Who> {
    let Some((s, a)) = draft.made_by else { return Vec::new() };
    let own = spoke[s][a].clone().unwrap_or_default();
    let attribution = &found.attributions[s][a];
    let first_person = attribution.source.as_ref().is_some_and(|r| first_person(doc, r));
    let nobody = attribution.source.is_none() && own.is_empty();
    let holder = draft
        .held_by
        .iter()
        .filter_map(|(s, a)| spoke[*s][*a].as_ref())
        .find(|w| !w.is_empty());
    match holder {
        Some(holder) if first_person => {
            let mut out = holder.clone();
            // The pronoun's own span, the person's name.
            if let ([one], [i]) = (out.as_mut_slice(), own.as_slice()) {
                one.units = i.units.clone();
            }
            out
        }
        Some(holder) if nobody => holder.clone(),
        _ => own,
    }
}

fn first_person(doc: &Doc<'_>, units: &Range<usize>) -> bool {
    units
        .clone()
        .any(|u| doc.is(u, Func::Pron1Sg) || doc.is(u, Func::Pron1Pl))
}

/// Resolves who speaks in each attribution of a sentence, and remembers whom the sentence names.
fn sources_of(
    doc: &Doc<'_>,
    found: &Found<'_>,
    values: &Values<'_>,
    s: usize,
    context: &mut Context,
    spoke: &mut [Vec<Option<Vec<Who>>>],
) {
    if s >= doc.sents.len() {
        return;
    }
    let sent = doc.sents[s].units.clone();
    context.recall.sent = s;
    for (a, attribution) in found.attributions[s].iter().enumerate() {
        if let Some(land) = land_before(values, found.starts[s], &sent, attribution.span.start) {
            context.recall.here = Some(land);
        }
        let near = nearest_party(doc, found.starts[s].min(attribution.span.start)..attribution.span.start);
        context.recall.beside = spoke[s][..a].iter().rev().flatten().flatten().find_map(|w| {
            let official = matches!(w.sector, Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud);
            w.party.clone().filter(|_| official)
        });
        let whom: Vec<Who> = match &attribution.source {
            Some(units) => {
                let stands = |f: Func| units.len() == 1 && doc.is(units.start, f);
                let it = stands(Func::PronIt) && !doc.pack.head_first;
                let told = (it || stands(Func::PronPl))
                    .then(|| clause_subject(doc, found, s, units.start))
                    .flatten()
                    .filter(|r| !it || !r.clone().any(|u| doc.has(u, bits::PERSON)));
                let told = accused(doc, found, s, a).or(told);
                let mut who = speakers(
                    doc,
                    values,
                    context,
                    told.clone().unwrap_or_else(|| units.clone()),
                    near.as_deref(),
                    attribution,
                );
                if let (Some(told), [one]) = (told, who.as_mut_slice()) {
                    one.stands_for = told;
                    one.units = units.clone();
                    one.anaphor = true;
                }
                who
            }
            None if attribution.inherits => {
                let before = outermost(found, s, a)
                    .or_else(|| {
                        (0..a)
                            .rev()
                            .find(|&m| spoke[s][m].as_ref().is_some_and(|w| !w.is_empty()))
                    })
                    .and_then(|m| spoke[s][m].clone())
                    .filter(|w| !w.is_empty());
                before
                    .or_else(|| subject_before(doc, found, values, context, s, attribution))
                    .or_else(|| context.speaker().cloned().map(|w| vec![w]))
                    .unwrap_or_default()
            }
            None if attribution.shows => exhibits::publisher(doc, values, context, attribution),
            None => Vec::new(),
        };
        for who in &whom {
            // "The embassy did not comment. It said …": who says nothing is still whom the next pronoun means.
            let body = who.known() && who.person.is_none() && who.sector != Sector::Med && !doc.pack.head_first;
            context.note(who, !attribution.silent);
            if attribution.silent && body {
                context.pass_over(who);
            }
        }
        context.spoke(&whom);
        if let [by] = whom.as_slice() {
            let source = attribution.source.clone().unwrap_or_default();
            for paper in found.starts[s].min(attribution.span.start)..attribution.span.end {
                if doc.has(paper, bits::CUE_N) && !source.contains(&paper) {
                    context.recall.issued(who::called(doc, paper), by);
                }
            }
        }
        spoke[s][a] = Some(whom);
    }
    context.recall.beside = None;
    if let Some(units) = clause_subject(doc, found, s, sent.end) {
        for who in who::read(doc, values.places, units) {
            context.recall.about(&who);
        }
    }
    for np in &found.phrases[s].nps {
        if np.bits & (bits::PARTY | bits::PERSON | bits::ORG) != 0 && np.bits & bits::PRONOUN == 0 {
            for who in who::read(doc, values.places, np.units.clone()) {
                if who.known() {
                    context.note(&who, false);
                }
            }
        }
    }
}

/// Whose land a sentence tells of, read from `start` on: the last place before `at`, else the first behind it.
fn land_before(values: &Values<'_>, start: usize, sent: &Range<usize>, at: usize) -> Option<String> {
    let from = values.places.partition_point(|p| p.units.start < start);
    let to = values.places.partition_point(|p| p.units.start < sent.end);
    let mut lands = values
        .places
        .get(from..to)?
        .iter()
        .filter(|p| p.literal && !p.side().is_empty());
    let before = lands.clone().rev().find(|p| p.units.start < at);
    before.or_else(|| lands.next()).map(|p| p.side().to_owned())
}

/// The party named last in a range of units: whose "military spokesman" it is.
fn nearest_party(doc: &Doc<'_>, units: Range<usize>) -> Option<String> {
    units.rev().find_map(|u| {
        doc.senses(u).find_map(|(s, _)| match s {
            counterclaim_lexicon::Sense::Party { party, .. } => Some(doc.pack.parties[*party as usize].clone()),
            _ => None,
        })
    })
}

fn speakers(
    doc: &Doc<'_>,
    values: &Values<'_>,
    context: &Context,
    units: Range<usize>,
    near: Option<&str>,
    attribution: &Attribution,
) -> Vec<Who> {
    let mut out = Vec::new();
    let relative = units.len() == 1 && doc.has(units.start, bits::REL);
    for mut who in who::read(
        doc,
        values.places,
        if relative {
            antecedent(doc, units.start)
        } else {
            units.clone()
        },
    ) {
        if relative {
            who.units = units.clone();
        }
        let two = if doc.is(who.units.start, Func::Both) {
            context.both()
        } else {
            context.sides()
        };
        if who.both_sides && !two.is_empty() {
            out.extend(two.into_iter().map(|side| Who {
                units: who.units.clone(),
                ..side
            }));
            continue;
        }
        // A body's own statement: the headline tells whose ministers speak in it.
        if attribution.content == Content::Below && who.party.is_none() && who.role && context.speaker().is_none() {
            who.party = context.recall.subject.as_ref().and_then(|w| w.party.clone());
        }
        // Who denies may be whoever was accused.
        let denies = attribution.stance == Stance::Denies;
        let goes_on = context.goes_on(&who).filter(|_| !denies);
        let mut who = goes_on.unwrap_or_else(|| context.resolve(who, near));
        // "Baku said": a capital or a state that speaks is its government.
        if who.sector == Sector::Unk && who.party.is_some() {
            who.sector = Sector::Gov;
        }
        out.push(who);
    }
    if attribution.mutual && out.len() == 1 {
        return out;
    }
    out
}

/// "X accused Y of P, a charge it denies": who denies is who was accused.
fn accused(doc: &Doc<'_>, found: &Found<'_>, s: usize, a: usize) -> Option<Range<usize>> {
    let (list, denial) = (&found.attributions[s], &found.attributions[s][a]);
    // "It", "the group": words that point back.
    let points = |r: &Range<usize>| {
        let definite = doc.has(r.start, bits::DET) && !r.clone().any(|u| doc.has(u, bits::PARTY | bits::PROPN));
        r.len() == 1 && doc.has(r.start, bits::PRONOUN) || definite
    };
    let pronoun = denial.source.as_ref().is_some_and(points);
    if doc.pack.head_first
        || !pronoun
        || denial.stance != Stance::Denies
        || !matches!(denial.content, Content::Exact(_) | Content::Told(_))
    {
        return None;
    }
    // "The panel said Chad had armed them, allegations it calls baseless": who is told of in what was said.
    let told = |o: &&Attribution| o.stance == Stance::Accuses || o.stance == Stance::Asserts && o.source.is_some();
    let charge = list[..a].iter().rev().find(told)?;
    let Content::Right(from) = charge.content else {
        return None;
    };
    let np = found.phrases[s].nps.iter().find(|n| n.units.start == from)?;
    let party = charge.stance == Stance::Accuses || np.bits & (bits::PARTY | bits::ORG) != 0;
    (party && np.bits & bits::PRONOUN == 0).then(|| np.units.clone())
}

/// Who is told of as the subject of the first clause of a sentence that ends before `end`.
fn clause_subject(doc: &Doc<'_>, found: &Found<'_>, s: usize, end: usize) -> Option<Range<usize>> {
    if doc.pack.head_first {
        return None;
    }
    let phrases = &found.phrases[s];
    let from = found.starts[s];
    let verb = phrases
        .vgs
        .iter()
        .find(|v| v.bits & bits::FINITE != 0 && from < v.units.start && v.units.end <= end)?;
    // "The senate flatly rejects": how it does so stands between.
    let adverbs = |u: &usize| doc.units[*u].class == PosClass::Adv;
    let start = (from..verb.units.start).rev().take_while(adverbs).last();
    let start = start.unwrap_or(verb.units.start);
    let ends = |p: &&crate::phrases::Phrase| p.units.end == start;
    let subject = phrases.nps.iter().find(ends)?;
    let who = subject.bits & (bits::PARTY | bits::PERSON | bits::ORG) != 0 && subject.bits & bits::PRONOUN == 0;
    who.then(|| subject.units.clone())
}

/// The statement before that a dropped subject goes on with, rather than one told inside it: "X said Y denied P, adding Q".
fn outermost(found: &Found<'_>, s: usize, a: usize) -> Option<usize> {
    let list = &found.attributions[s];
    let inside = |m: usize| {
        list[..m].iter().any(|o| match o.content {
            Content::Right(from) => from <= list[m].span.start && list[m].span.start <= from + 2,
            _ => false,
        })
    };
    (0..a).rev().find(|&m| list[m].source.is_some() && !inside(m))
}

/// The subject of the verb before a dropped one.
fn subject_before(
    doc: &Doc<'_>,
    found: &Found<'_>,
    values: &Values<'_>,
    context: &Context,
    s: usize,
    attribution: &Attribution,
) -> Option<Vec<Who>> {
    let phrases = &found.phrases[s];
    let first = found.starts[s];
    let subject = subjects::before(doc, phrases, first, attribution.span.start)?;
    Some(speakers(doc, values, context, subject, None, attribution))
}

fn claim(
    writer: &Writer<'_, '_>,
    found: &Found<'_>,
    draft: &Draft,
    spoke: &[Vec<Option<Vec<Who>>>],
    values: &Values<'_>,
) -> Claim {
    let doc = writer.doc;
    let made_by = draft.made_by.map(|(s, a)| &found.attributions[s][a]);
    let Mark { start, end } = writer.units(&draft.units);
    let mut via = Vec::new();
    if let Some(units) = made_by.and_then(|a| a.via.clone()) {
        via.extend(who::read(doc, values.places, units).iter().map(|w| source(writer, w)));
    }
    let nested = made_by.is_some_and(|a| a.source.as_ref().is_some_and(|r| !first_person(doc, r)));
    for (s, a) in draft.held_by.iter().filter(|_| nested) {
        via.extend(spoke[*s][*a].iter().flatten().map(|w| source(writer, w)));
    }
    let quoted = draft.units.clone().any(|u| {
        doc.quote_of(u)
            .is_some_and(|q| crate::clauses::is_quote_mark(doc, q.start))
    });
    let said = draft.made_by.and_then(|a| said(doc, found, values, a, draft));
    let background = draft.voice == Voice::Report && is_background(writer, values, draft);
    Claim {
        id: String::new(),
        start,
        end,
        voice: draft.voice,
        source: Vec::new(),
        via,
        cue: made_by
            .map(|a| a.cues.iter().map(|c| writer.units(c)).collect())
            .unwrap_or_default(),
        parts: draft
            .parts
            .iter()
            .filter(|p| !p.is_empty())
            .map(|p| writer.units(p))
            .collect(),
        quoted,
        stance: draft.stance,
        certainty: if draft.hedged {
            Certainty::Hedged
        } else {
            Certainty::Plain
        },
        evidence: draft.evidence.clone(),
        said,
        background,
        events: Vec::new(),
        rule: draft.rule.clone(),
    }
}

/// The date beside the cue: between source and cue, right after it, or at the head of the sentence.
fn said(
    doc: &Doc<'_>,
    found: &Found<'_>,
    values: &Values<'_>,
    (s, n): (usize, usize),
    draft: &Draft,
) -> Option<String> {
    let (a, first) = (&found.attributions[s][n], found.starts[s]);
    let verb = |from: usize, to: usize| {
        // "Lực lượng tự xưng": where verbs do not inflect, one that tells nothing may stand in a name.
        let tells = bits::ACT | bits::HARM | bits::LOSS | bits::CUE_V | bits::COPULA | bits::EXIST;
        let vgs = &found.phrases[s].vgs;
        let bare = |v: &crate::phrases::Phrase| doc.pack.head_first && v.units.len() == 1 && v.bits & tells == 0;
        vgs.iter()
            .any(|v| v.bits & bits::FINITE != 0 && from <= v.units.start && v.units.end <= to && !bare(v))
    };
    // A date in what the attribution says is none of its saying, whoever goes on with it.
    let content = |at: usize| match &a.content {
        Content::Right(from) => at >= *from,
        Content::Exact(units) => units.contains(&at),
        _ => false,
    };
    // A date at the head of the sentence dates the verb that follows it, if that is the cue; so does one in what opens the
    // sentence, where that tells of speaking: "in a statement on 3 March, he said".
    let leading = within(values.times, first..a.span.start).iter().find(|t| {
        let from = t.outer.end;
        let heads = t.outer.start <= first + 1
            && (a.span.start <= from + 2
                || doc.has(from, bits::COMMA)
                    && doc.has(from + 1, bits::SUB)
                    && doc.has(a.span.start - 1, bits::COMMA)
                || !verb(from, a.span.start) && !(from + 1..a.span.start).any(|u| doc.has(u, bits::COMMA)));
        let aside = doc.pack.head_first && doc.has(first, bits::SUB | bits::ADP);
        let opens = (aside || !verb(first, a.span.start))
            && doc.has(a.span.start.saturating_sub(1), bits::COMMA)
            && ((first..a.span.start).any(|u| doc.has(u, bits::CUE_N | bits::CUE_V))
                || aside
                    && t.outer.end + 1 == a.span.start
                    && !(first..a.span.start).any(|u| doc.has(u, bits::ACT | bits::HARM | bits::LOSS)));
        (heads || opens) && !draft.units.contains(&t.units.start)
    });
    let own = within(values.times, a.span.clone())
        .iter()
        .filter(|t| !draft.units.contains(&t.units.start) && !content(t.units.start))
        .chain(leading)
        .find_map(|t| t.edtf.clone())
        // "Has warned since 7 March": it was first said then.
        .map(|day| day.trim_end_matches("/..").to_owned());
    // "Iran said today P, adding that Q"
    let before = || {
        let m = outermost(found, s, n).filter(|_| a.inherits)?;
        said(doc, found, values, (s, m), draft)
    };
    own.or_else(before)
}

/// History: a year well before the report's own, a word that marks it.
fn is_background(writer: &Writer<'_, '_>, values: &Values<'_>, draft: &Draft) -> bool {
    let (doc, now) = (writer.doc, writer.year);
    if draft.units.clone().any(|u| doc.has(u, bits::BACKGROUND)) {
        return true;
    }
    let years: Vec<i16> = within(values.times, draft.units.clone())
        .iter()
        .filter_map(|t| year(t.edtf.as_deref()?))
        .collect();
    match (now, years.iter().max()) {
        (Some(now), Some(latest)) => *latest < now,
        _ => false,
    }
}

fn year(edtf: &str) -> Option<i16> {
    edtf.get(..4)?.parse().ok()
}

pub(crate) fn source(writer: &Writer<'_, '_>, who: &Who) -> Source {
    let units = &who.units;
    let mark = (!units.is_empty()).then(|| writer.units(units));
    // "It said": the words that name them, so that nobody need look back.
    let named = || {
        let mut named = who.stands_for.clone();
        while !named.is_empty() && writer.doc.has(named.end - 1, bits::PUNCT) {
            named.end -= 1;
        }
        (!named.is_empty()).then(|| writer.doc.words(&named).to_owned())
    };
    Source {
        mark,
        text: if units.is_empty() {
            String::new()
        } else {
            writer.doc.words(units).to_owned()
        },
        name: who
            .name
            .clone()
            .or_else(|| if who.person.is_none() { named() } else { None }),
        person: who.person.clone(),
        party: who.party.clone(),
        sector: who.sector,
    }
}

fn finish(mut claim: Claim, reading: &mut Reading) {
    let mut key = format!("{}\n{}\n{}\n", reading.document.id, claim.start, claim.end);
    for (n, s) in claim.source.iter().enumerate() {
        let comma = if n > 0 { "," } else { "" };
        let name = s.party.as_deref().or(s.name.as_deref()).unwrap_or("-");
        let _ = write!(key, "{comma}{name}/{:?}", s.mark);
    }
    let _ = write!(key, "\n{:?}", claim.stance);
    claim.id = format!("clm_{}", hex_id(&key));
    // Claims stand in text order: one that is alike begins where this one does.
    let mut beside = reading.claims.iter().rev().take_while(|c| c.start == claim.start);
    if beside.any(|c| c.id == claim.id) {
        return;
    }
    reading.claims.push(claim);
}
