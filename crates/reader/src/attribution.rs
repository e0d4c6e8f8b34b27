//! Pass 6: who says what in a sentence. The rules of the language's `rules/attribution.rules` are tried at every cue; the first
//! that matches makes an [`Attribution`].

use crate::bits::*;
use crate::doc::{Doc, Sent};
use crate::phrases::{Phrase, Phrases};
use counterclaim_claims::Stance;
use counterclaim_grammar::{Chart, Edge, Match, Rule};
use counterclaim_lexicon::{Cue, Frames, Func, NumberKind, PosClass, Sense};
use std::ops::Range;

/// Where the content of an attribution stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// From this unit on, to the end of its clause.
    Right(usize),
    /// The clause that ends before this unit.
    Left(usize),
    /// Before the first and from the second: the attribution stands in the middle.
    Around(usize, usize),
    /// Just these units.
    Exact(Range<usize>),
    /// The clause from this unit on, cue included.
    Whole(usize),
    /// The words that end before this unit, whoever says them: what a denial behind a comma is of.
    Told(usize),
    /// The paragraphs that follow.
    Below,
}

/// One statement, as a rule found it.
#[derive(Debug, Clone)]
pub(crate) struct Attribution {
    /// `<language>/attribution/<rule>`.
    pub(crate) rule: String,
    pub(crate) source: Option<Range<usize>>,
    pub(crate) via: Option<Range<usize>>,
    pub(crate) cues: Vec<Range<usize>>,
    /// All units that the rule matched.
    pub(crate) span: Range<usize>,
    pub(crate) content: Content,
    /// Unit of the main cue.
    pub(crate) anchor: usize,
    pub(crate) stance: Stance,
    pub(crate) hedged: bool,
    /// The cue is negated ("did not say"), or nobody says anything ("declined to comment").
    pub(crate) silent: bool,
    /// How somebody calls a thing, told in passing inside another's words: no statement, and no boundary.
    pub(crate) in_passing: bool,
    /// The source is that of the statement before ("…, adding that").
    pub(crate) inherits: bool,
    /// Whom it charges, where the rule tells: "blamed the raid on X".
    pub(crate) accused: Option<Range<usize>>,
    /// Each source says it of the other.
    pub(crate) mutual: bool,
    /// The report itself says so: "it is unclear whether".
    pub(crate) reported: bool,
    /// The subject is media, not somebody.
    pub(crate) shows: bool,
    /// The content must be a clause: the rule's frame asks for one.
    pub(crate) wants_clause: bool,
    pub(crate) cue: &'static Cue,
}

/// Where a content begins that a match has left a date before: "said that on Friday, troops …", "tuyên bố hồi tháng 11, quân đội …".
/// The date of "said on Friday that …" is the statement's.
fn with_its_date(doc: &Doc<'_>, phrases: &Phrases, matched: Range<usize>) -> usize {
    let from = matched.end;
    let comma = from > matched.start && doc.has(from - 1, COMMA);
    let end = from - usize::from(comma);
    let time = phrases
        .times
        .iter()
        .find(|t| t.units.end == end && t.units.start > matched.start);
    let starts_it = |t: &&Phrase| doc.has(t.units.start - 1, COMP) || comma && doc.pack.head_first;
    time.filter(starts_it).map_or(from, |t| t.units.start)
}

/// What came of a rule at a cue that it could stand at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Taken,
    /// The words around the cue are not those of its pattern.
    Elsewhere,
    /// It matched, and left no content, or a source that says nothing.
    Empty,
}

/// Finds the attributions of a sentence, in text order. `tried` is told of each rule that was tried at a cue, in the order of trial.
pub(crate) fn attributions(
    doc: &Doc<'_>,
    sent: &Sent,
    phrases: &Phrases,
    chart: &mut Chart,
    mut tried: impl FnMut(&'static Rule, Range<usize>, Outcome),
) -> Vec<Attribution> {
    const CUES: u128 = CUE_V | CUE_N | CUE_P | CUE_A | EXHIBIT | COLON;
    let mut out: Vec<Attribution> = Vec::new();
    if sent.units.len() > 600 || !sent.units.clone().any(|u| doc.has(u, CUES)) {
        return out;
    }
    fill(doc, sent, phrases, chart);
    let rules = doc
        .pack
        .rules
        .iter()
        .find(|(name, _)| name == "attribution")
        .map(|(_, rules)| rules.as_slice())
        .unwrap_or_default();
    let anchors: Vec<usize> = (0..chart.edges().len())
        .filter(|&e| chart.edges()[e].features & CUES != 0)
        .collect();
    let mut used = vec![false; anchors.len()];
    let features = chart.edges().iter().fold(0, |all, edge| all | edge.features);
    // Rule by rule, not cue by cue: a special rule has the first word about every cue of the sentence.
    for rule in rules.iter().filter(|rule| rule.pattern.needs() & !features == 0) {
        for (n, &edge) in anchors.iter().enumerate() {
            let at = chart.edges()[edge];
            if used[n] || !rule.pattern.anchors(&at) {
                continue;
            }
            let units = sent.units.start + at.start as usize..sent.units.start + at.end as usize;
            // "told reporters in an interview that P": the noun is no statement beside the verb's.
            let told =
                at.features & CUE_N != 0 && out.iter().any(|a| a.span.contains(&units.start) && a.source.is_some());
            if told && !doc.pack.head_first && rule.pattern.capture("source").is_none() {
                continue;
            }
            if out
                .iter()
                .any(|a| a.cues.iter().any(|c| c.start < units.end && units.start < c.end))
            {
                used[n] = true;
                continue;
            }
            let Some(matched) = rule.pattern.at(chart, edge) else {
                tried(rule, units, Outcome::Elsewhere);
                continue;
            };
            let Some(found) = make(doc, sent, phrases, rule, &matched, at) else {
                tried(rule, units, Outcome::Empty);
                continue;
            };
            tried(rule, units, Outcome::Taken);
            used[n] = true;
            out.push(found);
        }
    }
    out.sort_by_key(|a| a.anchor);
    out
}

fn fill(doc: &Doc<'_>, sent: &Sent, phrases: &Phrases, chart: &mut Chart) {
    chart.clear();
    let base = sent.units.start;
    let edge = |units: &Range<usize>, features: u128, word: u64| Edge {
        start: (units.start - base) as u16,
        end: (units.end - base) as u16,
        features,
        word,
    };
    for i in sent.units.clone() {
        let unit = &doc.units[i];
        // A verb's statement is its group's: the group knows voice and negation, and no pattern goes by it unseen.
        if unit.bits & (CUE_V | CUE_A) != 0 && phrases.vg_at(i).is_some() {
            continue;
        }
        chart.push(edge(&(i..i + 1), unit.bits & !(QUOTE | NP | VG), unit.word));
    }
    for phrase in phrases.nps.iter().chain(&phrases.long).chain(&phrases.subjects) {
        chart.push(edge(
            &phrase.units,
            phrase.bits & !(CUE_N | ACT | HARM | SUBJECT) | NP,
            0,
        ));
    }
    for phrase in &phrases.vgs {
        chart.push(edge(&phrase.units, phrase.bits | VG, 0));
    }
    for phrase in &phrases.times {
        chart.push(edge(&phrase.units, TIME, 0));
    }
    for quote in &doc.quotes[doc.quotes_in(&sent.units)] {
        let units = quote.start.max(sent.units.start)..quote.end.min(sent.units.end);
        if units.len() > 2 {
            chart.push(edge(&units, QUOTE, 0));
        }
    }
    chart.build(sent.units.len() as u16);
}

fn make(
    doc: &Doc<'_>,
    sent: &Sent,
    phrases: &Phrases,
    rule: &'static Rule,
    m: &Match,
    anchor: Edge,
) -> Option<Attribution> {
    let base = sent.units.start;
    let units = |r: Range<u16>| base + r.start as usize..base + r.end as usize;
    let capture = |name: &str| rule.pattern.capture(name).and_then(|slot| m.get(slot)).map(units);
    let anchored = base + anchor.start as usize..base + anchor.end as usize;
    // The cue is the group's last cue word.
    static PLAIN: Cue = Cue::PLAIN;
    let cue_unit = anchored
        .clone()
        .rev()
        .find(|&u| doc.cue(u).is_some())
        .unwrap_or(anchored.start);
    let cue = doc
        .senses(cue_unit)
        .filter_map(|(s, _)| {
            if let counterclaim_lexicon::Sense::Cue(c) = s {
                Some(c)
            } else {
                None
            }
        })
        .find(|c| frames_of(rule).is_none_or(|f| c.frames.has(f)))
        .or((anchor.features & (CUE_V | CUE_N | CUE_P | CUE_A) == 0).then_some(&PLAIN))?;
    if let Some(prep) = capture("prep")
        && !cue.preps.is_empty()
        && !cue.preps.iter().any(|p| *p == doc.units[prep.start].word)
    {
        return None;
    }
    let span = units(m.span.clone());
    let setting = |key: &str| rule.setting(key);
    let content = match setting("content").unwrap_or("right") {
        "left" => Content::Left(span.start),
        "around" => {
            // At the start of its clause the attribution is followed by its content, else it follows it.
            let opens = span.start == base
                || (base..span.start).all(|u| doc.has(u, PUNCT | CC | SUB | ADV))
                || doc.has(span.start - 1, SUB | COMP | COLON)
                || doc.has(span.start - 1, CC);
            let before_quote = doc.has(span.start.saturating_sub(1), OPEN);
            if opens || before_quote {
                Content::Right(span.end)
            } else {
                Content::Left(span.start)
            }
        }
        "told" => Content::Told(span.start),
        "below" => Content::Below,
        "medial" => Content::Around(span.start, span.end),
        "whole" => Content::Whole(capture("subject").map_or(span.start, |s| s.start)),
        // `Keeping the pass "keeps us alive," she said`: the clause began before its quotation.
        "exact" => match (capture("content")?, capture("source")) {
            (quote, Some(source))
                if quote.end <= source.start
                    && quote.start > base
                    && doc.has(quote.start, OPEN)
                    && doc.units[quote.start - 1].class != PosClass::Punct =>
            {
                Content::Left(quote.end)
            }
            (content, _) => Content::Exact(content),
        },
        // `"Who was it?" Clinton said.`: the quotation is a sentence of its own.
        "before" => {
            let quote = doc.quotes.get(doc.quotes.partition_point(|q| q.end < base))?;
            if quote.end != base || doc.units[quote.start].tokens.start == 0 && base == 0 {
                return None;
            }
            Content::Exact(quote.clone())
        }
        _ => {
            let from = capture("content").or(capture("recip")).map_or(span.end, |c| c.start);
            Content::Right(with_its_date(doc, phrases, span.start..from))
        }
    };
    // What stands left of an attribution must state something: "Aram Petrosyan, the spokesman, said" does not end a clause.
    if let Content::Left(to) | Content::Around(to, _) | Content::Told(to) = content {
        let from = (base..to)
            .rev()
            .find(|&u| doc.words(&(u..u + 1)) == ";")
            .unwrap_or(base);
        let verb = phrases
            .vgs
            .iter()
            .any(|v| v.bits & FINITE != 0 && from <= v.units.start && v.units.end <= to);
        // "In the south, the army said, P"; "the ship, he said, sank".
        let opens = matches!(content, Content::Around(_, right)
            if matches!(doc.units[from].class, PosClass::Adp | PosClass::Adv) || phrases.vgs.iter().any(|v| v.units.start == right));
        if !verb && !opens && !(from..to).any(|u| doc.has(u, ACT | HARM | LOSS)) {
            return None;
        }
    }
    let mut cues: Vec<Range<usize>> = vec![anchored.clone()];
    cues.extend(capture("cue2"));
    cues.sort_by_key(|c| c.start);
    let stance = match setting("stance") {
        Some("asserts") => Stance::Asserts,
        Some("denies") => Stance::Denies,
        Some("accuses") => Stance::Accuses,
        Some("calls-for") => Stance::CallsFor,
        Some("threatens") => Stance::Threatens,
        Some("promises") => Stance::Promises,
        Some("supports") => Stance::Supports,
        Some("warns") => Stance::Warns,
        _ => cue.stance,
    };
    // "…, which the bishop welcomed": only a denial is of all that stands before.
    if matches!(content, Content::Told(_)) && stance != Stance::Denies {
        return None;
    }
    let source = capture("source").filter(|units| !units.is_empty());
    if !doc.pack.head_first && source.as_ref().is_some_and(|s| mute(doc, cue, s)) {
        return None;
    }
    // "No group has said": nobody speaks.
    let nobody = source.as_ref().is_some_and(|s| {
        doc.has(s.start, NEG)
            || doc
                .senses(s.start)
                .any(|(sense, _)| matches!(sense, Sense::Number(n) if n.kind == NumberKind::None))
    });
    let negated = anchor.features & NEG != 0 && !matches!(cue.stance, Stance::Denies);
    Some(Attribution {
        rule: format!("{}/attribution/{}", doc.pack.tag, rule.name),
        via: capture("via"),
        accused: capture("accused"),
        cues,
        content,
        anchor: cue_unit,
        stance,
        hedged: cue.hedged || setting("hedged").is_some(),
        in_passing: setting("passing").is_some() || merely_due(doc, &anchored, source.as_ref()),
        silent: negated || nobody || cue.frames == Frames::SILENT || setting("silent").is_some(),
        inherits: source.is_none() && setting("source") == Some("inherit"),
        mutual: capture("recip").is_some() || cue.mutual || reciprocal(doc, cue_unit),
        shows: setting("shows").is_some(),
        wants_clause: setting("frame") == Some("clause") && !cue.frames.has(Frames::NP),
        reported: setting("voice") == Some("report"),
        source,
        span,
        cue,
    })
}

/// "All states should condemn the raid": what somebody ought to say nobody has said. "We must warn that P" is said, and so is "had to admit".
fn merely_due(doc: &Doc<'_>, cue: &Range<usize>, source: Option<&Range<usize>>) -> bool {
    let first_person = |u: usize| doc.is(u, Func::Pron1Sg) || doc.is(u, Func::Pron1Pl);
    let due = |u: usize| doc.is(u, Func::ModalShould) && !doc.starts_with(u, Func::Past);
    // "The council could call on Chad": it has not, and "could not confirm" is a statement all the same.
    let words = |u: usize| {
        doc.cue(u)
            .is_some_and(|c| c.frames.has(Frames::QUOTE) || c.frames.has(Frames::NP_CLAUSE))
    };
    let may = |u: usize| doc.is(u, Func::ModalMay);
    let merely = cue.clone().any(may) && cue.clone().any(words) && !cue.clone().any(|u| doc.has(u, NEG | SHOW));
    !doc.pack.head_first && (cue.clone().any(due) || merely) && source.is_some_and(|s| !s.clone().any(first_person))
}

/// Whether what stands as a source can say nothing: "tanks that threaten the town", "these actions show a disregard".
fn mute(doc: &Doc<'_>, cue: &Cue, source: &Range<usize>) -> bool {
    const SPEAKS: u128 = WHO | PERSON | ORG | PARTY | PROPN | PRON | EXHIBIT | CUE_N | MEDIA | NUMBER;
    if source.len() == 1 && doc.has(source.start, REL) {
        return !antecedent(doc, source.start).any(|u| doc.has(u, SPEAKS));
    }
    cue.frames.has(Frames::SHOW)
        && doc.has(source.start, DET_THIS)
        && source.clone().any(|u| doc.has(u, ACT | HARM))
        && !source.clone().any(|u| doc.has(u, WHO | EXHIBIT))
}

/// The words that a relative pronoun stands for: those before it, back to a verb or the like.
pub(crate) fn antecedent(doc: &Doc<'_>, pronoun: usize) -> Range<usize> {
    let first = doc.sents[doc.sent_of(pronoun)].units.start;
    let end = pronoun - usize::from(pronoun > first && doc.has(pronoun - 1, COMMA));
    let apart = VERB | AUX | PUNCT | CC | COMP;
    let start = (first..end).rev().take(8).take_while(|&u| !doc.has(u, apart)).last();
    start.unwrap_or(pronoun)..end.max(start.unwrap_or(pronoun) + 1)
}

/// Whether the cue's own words end in "each other": "cáo buộc nhau".
fn reciprocal(doc: &Doc<'_>, unit: usize) -> bool {
    let tokens = &doc.units[unit].tokens;
    tokens.len() > 1 && doc.word_is(tokens.end as usize - 1, Func::Recip)
}

/// The frame that a rule is about, so that of a word's several senses the right one is taken.
fn frames_of(rule: &Rule) -> Option<Frames> {
    Some(match rule.setting("frame")? {
        "clause" => Frames::CLAUSE,
        "quote" => Frames::QUOTE,
        "np" => Frames::NP,
        "np-clause" => Frames::NP_CLAUSE,
        "to" => Frames::TO,
        "prep" => Frames::PREP,
        "blame-on" => Frames::BLAME,
        "as" => Frames::AS,
        "source-clause" => Frames::SOURCE_CLAUSE,
        "source" => Frames::SOURCE,
        "show" => Frames::SHOW,
        "silent" => Frames::SILENT,
        _ => return None,
    })
}
