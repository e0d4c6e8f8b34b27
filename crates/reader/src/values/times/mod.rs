//! Times: found in the words of a sentence by their classes in the lexicon, then read against the day of writing or
//! the days that the text itself tells.
//!
//! Two things are told of each: an EDTF value for claims, and type and value of TIMEX3 for mentions. No word of any
//! language stands here; what the values of `times.tsv` mean is told at the head of those files.

mod calendar;
mod compose;
mod dates;
mod days;
mod lengths;
mod named;
mod resolve;
mod shape;
mod story;
#[cfg(test)]
mod tests;
mod words;
mod years;

use super::Covers;
use crate::doc::Doc;
use crate::layout::DATELINES;
use counterclaim_lexicon::TimeClass;
use counterclaim_text::{Span, TokenKind};
use resolve::{Expression, Resolver};
use shape::{Core, Matcher, Shape};
use std::ops::Range;
use words::Word;

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Time {
    /// Its units, without the preposition before it ("on", "hôm", "vào").
    pub(crate) units: Range<usize>,
    /// Its words alone, where units hold more than them ("at the time", "27 May-28 May").
    pub(crate) span: Span,
    /// Its units with the preposition: what is left out of noun phrases. Empty where the time is itself a word of a
    /// noun phrase ("the 2003 invasion", "former").
    pub(crate) outer: Range<usize>,
    /// EDTF value, none for durations, sets and what cannot be resolved. Of "from X to Y" the first has the interval.
    pub(crate) edtf: Option<String>,
    /// TIMEX3 type.
    pub(crate) kind: &'static str,
    /// TIMEX3 value.
    pub(crate) timex: String,
}

impl Covers for Time {
    #[allow(clippy::misnamed_getters, reason = "a time covers its preposition too")]
    fn units(&self) -> &Range<usize> {
        &self.outer
    }
}

/// All time expressions of a document, in text order.
pub(crate) fn times(doc: &Doc<'_>, starts: &[usize]) -> Vec<Time> {
    let mut found: Vec<Expression> = Vec::new();
    let (mut list, mut buffer) = (Vec::new(), String::new());
    for (s, sent) in doc.sents.iter().enumerate() {
        if !words::promising(doc, sent.units.clone()) {
            continue;
        }
        words::words(doc, sent.units.clone(), &mut list, &mut buffer);
        let matcher = Matcher {
            text: doc.text,
            words: &list,
            head_first: doc.pack.head_first,
        };
        sentence(
            &matcher,
            s,
            starts.get(s).copied().unwrap_or(sent.units.start),
            &mut found,
        );
    }
    values(doc, &found)
}

/// Finds the expressions of a sentence.
fn sentence(matcher: &Matcher<'_>, s: usize, start: usize, found: &mut Vec<Expression>) {
    let words = matcher.words;
    let (mut at, mut floor) = (0, 0);
    let from = found.len();
    let mut spans: Vec<Range<usize>> = Vec::new();
    while at < words.len() {
        let Some((core, end)) = matcher.expression(at) else {
            at += 1;
            continue;
        };
        let outside = before(words, at, floor);
        let (units, mut outer) = units(words, at..end, outside);
        // Two times may share a unit ("27 May-28 May"): it is the first one's.
        let taken = found.last().map_or(0, |f| f.outer.end);
        outer = outer.start.max(taken)..outer.end.max(taken);
        let mut mark = words[at].span.join(words[end - 1].span);
        if core.tentative && at > 0 && !words[at].spaced && words[at - 1].kind == TokenKind::Punct {
            // "'99": its mark is part of it.
            mark = mark.join(words[at - 1].span);
        }
        let adjective = adjective(matcher, &core, at, end, outside);
        // "From dawn to dusk" is one day.
        let part = matches!(core.shape, Shape::Part);
        let since = (outside..at).any(|i| matcher.prep(i, "since") || matcher.prep(i, "from") && !part);
        found.push(Expression {
            future: future(words, at, end),
            since: since || since_clause(matcher, at, floor),
            reaches: false,
            dateline: units.end <= start && s < DATELINES,
            months: 0,
            sentence: s,
            outer: if adjective { outer.start..outer.start } else { outer },
            units,
            span: mark,
            core,
        });
        spans.push(at..end);
        (at, floor) = (end, end);
    }
    for n in 1..spans.len() {
        found[from + n].months = first_months(matcher, &found[from + n - 1].core, &spans[n - 1], &spans[n]);
        let between = spans[n - 1].end..spans[n].start;
        let a = &found[from + n - 1];
        if range(matcher, &spans[n - 1], between, a, &found[from + n]) {
            let second = &mut found[from + n];
            second.since = false;
            found[from + n - 1].reaches = true;
        }
    }
}

/// Where the prepositions before an expression begin.
fn before(words: &[Word], at: usize, floor: usize) -> usize {
    let mut from = at;
    while from > floor
        && words[from - 1]
            .get(TimeClass::Prep)
            .is_some_and(|v| !matches!(v, "of" | "the" | "and" | "GMT" | "zone" | "clock"))
    {
        from -= 1;
    }
    from
}

/// The units of an expression, and those with its prepositions.
fn units(words: &[Word], at: Range<usize>, outside: usize) -> (Range<usize>, Range<usize>) {
    let mut first = words[at.start].unit;
    let end = words[at.end - 1].unit + 1;
    let outer = words[outside].unit.min(first)..end;
    if at.start > 0 && words[at.start - 1].unit == first && first + 1 < end {
        first += 1;
    }
    (first..end, outer)
}

/// Whether an expression is a word of a noun phrase, as an adjective is: "the 2003 invasion", "Thursday's attack".
fn adjective(matcher: &Matcher<'_>, core: &Core, at: usize, end: usize, outside: usize) -> bool {
    let next = matcher.words.get(end);
    if matcher.head_first {
        return false;
    }
    if next.is_some_and(|w| !w.spaced && w.kind == TokenKind::Word && matcher.word(end).starts_with(['\'', '’'])) {
        return true;
    }
    let noun = next.is_some_and(|w| w.grammar.noun || w.grammar.counted);
    match core.shape {
        Shape::Reference(_) | Shape::Length(_) => noun && outside == at,
        Shape::Date(_) | Shape::Part | Shape::Month(..) | Shape::Season(..) | Shape::Set(_) => {
            noun && outside == at
                && at > 0
                && (matcher.after(at, &["the"]) || matcher.words[at - 1].kind == TokenKind::Word)
                && !matcher.prep(at, "the")
                && end == at + 1
        }
        _ => core.adjective,
    }
}

/// Whether the clause of an expression speaks of what is to come.
fn future(words: &[Word], at: usize, end: usize) -> bool {
    let stop = |w: &&Word| w.kind != TokenKind::Punct;
    let told = |w: &Word| w.grammar.future || w.grammar.past;
    let near = words[..at]
        .iter()
        .rev()
        .take_while(stop)
        .take(12)
        .find(|w| told(w))
        .or_else(|| {
            let rest = words[end..].iter();
            let skip = usize::from(words.get(end).is_some_and(|w| w.kind == TokenKind::Punct));
            rest.skip(skip).take_while(stop).take(10).find(|w| told(w))
        });
    near.is_some_and(|w| w.grammar.future)
}

/// Whether a clause of "since" leads to an expression: "since the civil war began in 2011".
fn since_clause(matcher: &Matcher<'_>, at: usize, floor: usize) -> bool {
    (floor..at)
        .rev()
        .take(10)
        .take_while(|i| matcher.words[*i].kind != TokenKind::Punct)
        .any(|i| matcher.prep(i, "since"))
}

/// Whether two expressions are the ends of one stretch of time.
fn range(matcher: &Matcher<'_>, first: &Range<usize>, between: Range<usize>, a: &Expression, b: &Expression) -> bool {
    let dated = |c: &Core| {
        matches!(
            c.shape,
            Shape::Date(_)
                | Shape::Month(..)
                | Shape::DayOfMonth(_)
                | Shape::Weekday(..)
                | Shape::Shift(..)
                | Shape::Season(..)
        )
    };
    if !dated(&a.core) || !dated(&b.core) || between.is_empty() || between.len() > 3 {
        return false;
    }
    let opened =
        |value: &str| first.start > 0 && (first.start.saturating_sub(2)..first.start).any(|i| matcher.prep(i, value));
    let joins = |i: usize| {
        matcher.prep(i, "to")
            || matcher.prep(i, "until") && (opened("from") || opened("since"))
            || matcher.dash(i)
            || matcher.prep(i, "and") && opened("between")
    };
    let mut rest = between.clone().skip(1);
    joins(between.start) && rest.all(|i| matcher.words[i].get(TimeClass::Prep).is_some())
}

/// "The first eight months of this year", "9 tháng đầu năm 2020": how many months of the second are meant.
fn first_months(matcher: &Matcher<'_>, length: &Core, at: &Range<usize>, year: &Range<usize>) -> u8 {
    let Shape::Length(text) = &length.shape else { return 0 };
    let months = text.strip_prefix('P').and_then(|t| t.strip_suffix('M'));
    let Some(months) = months.and_then(|m| m.parse().ok()).filter(|m| (1..12).contains(m)) else {
        return 0;
    };
    let first = if matcher.head_first {
        year.start == at.end && matcher.is(year.start, TimeClass::Modifier, "early")
    } else {
        year.start == at.end + 1
            && matcher.prep(at.end, "of")
            && at.clone().any(|i| matcher.is(i, TimeClass::Ordinal, "1"))
    };
    if first { months } else { 0 }
}

/// Reads the expressions in text order.
fn values(doc: &Doc<'_>, found: &[Expression]) -> Vec<Time> {
    let mut resolver = Resolver::new(found, doc.published, doc.text.len());
    let mut out: Vec<Time> = Vec::with_capacity(found.len());
    let mut open: Option<usize> = None;
    for (n, e) in found.iter().enumerate() {
        let Some(mut value) = resolver.value(e, &found[n + 1..]) else {
            open = None;
            continue;
        };
        if let Some(first) = open.take()
            && let (Some(from), Some(to)) = (out[first].edtf.clone(), value.edtf.clone())
        {
            out[first].edtf = Some(interval(&from, &to));
            value.edtf = None;
        }
        if e.since && !e.reaches {
            value.edtf = value.edtf.map(|d| {
                let from = d.split('/').next().unwrap_or(&d);
                format!("{from}/..")
            });
        }
        if e.months > 0 && value.edtf.as_deref().is_none_or(|y| y.len() == 4) {
            let year = value.edtf.as_deref().unwrap_or("XXXX");
            value.edtf = Some(format!("{year}-01/{year}-{:02}", e.months));
        }
        if e.reaches {
            open = Some(out.len());
        }
        out.push(Time {
            units: e.units.clone(),
            span: e.span,
            outer: e.outer.clone(),
            edtf: value.edtf,
            kind: value.kind,
            timex: value.timex,
        });
    }
    out
}

/// From the first of one to the last of another.
fn interval(from: &str, to: &str) -> String {
    let first = from.split('/').next().unwrap_or(from);
    let last = to.split('/').next_back().unwrap_or(to);
    format!("{first}/{last}")
}
