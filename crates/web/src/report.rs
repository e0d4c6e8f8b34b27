use crate::known::At;
use crate::mark::{Stretch, stretches};
use crate::page::page as frame_page;
use crate::reports::number;
use crate::server::{Failure, Ledger, Visitor};
use crate::show::{Card, claim, stance_class};
use crate::words::fill;
use axum::extract::{Path, Query, State};
use counterclaim_claims::{Claim, Document, Exhibit, Mark, Reading};
use counterclaim_ledger::label;
use maud::{Markup, html};
use serde::Deserialize;
use std::ops::Range;

/// A part of a long report has about that many code points.
const PART: usize = 20_000;
/// No part shows more claims than that; the list of claims has them all.
const MOST_CLAIMS: usize = 400;

#[derive(Deserialize)]
pub(crate) struct Wanted {
    part: Option<String>,
    /// A claim's number from 1: the part it stands in is shown.
    claim: Option<String>,
}

/// A stretch of text between two cuts.
struct Part<'a> {
    text: &'a str,
    /// Its code points.
    range: Range<usize>,
}

/// A report with its claims marked in its words.
pub(crate) async fn page(
    visitor: Visitor,
    State(ledger): State<Ledger>,
    Path(report): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Failure> {
    let report: i64 = report.parse().map_err(|_| Failure::Absent(visitor))?;
    let reading = ledger
        .ask(|store| store.reading(report))
        .map_err(|e| Failure::Broken(visitor, e))?;
    let reading = reading.ok_or(Failure::Absent(visitor))?;
    let parts = parts(&reading.document.text);
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let at = match wanted.claim.as_deref().map(|claim| number(Some(claim)) as usize) {
        Some(claim) => {
            let start = reading
                .claims
                .get(claim.saturating_sub(1))
                .map_or(0, |claim| claim.start);
            parts.iter().position(|part| start < part.range.end).unwrap_or(0)
        }
        None => number(wanted.part.as_deref()).clamp(1, count) as usize - 1,
    };
    let part = &parts[at];
    let document = &reading.document;
    let shown: Vec<(usize, &Claim)> = reading
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| part.range.contains(&claim.start))
        .take(MOST_CLAIMS)
        .collect();
    let known = ledger.known().map_err(|e| Failure::Broken(visitor, e))?;
    let stands = |number: usize, claim: &str| {
        let document = &document.id;
        known.stands(
            visitor,
            At {
                report,
                document,
                number,
                claim,
            },
        )
    };
    let words = &visitor.words.frame;
    let here = format!("/report/{report}");
    let title = document.title.as_ref().unwrap_or(&document.uri);
    let all = visitor.link("/claims", &[("report", &report.to_string())]);
    let content = html! {
        h1 dir="auto" { (title) }
        p.facts {
            @if let Some(day) = &document.published { time { (day) } }
            @if let Some(tag) = &document.language { span { (tag) } }
            @if let Some(outlet) = &document.outlet { span dir="auto" { (outlet) } }
            a href=(all) { (fill(&words.report_count, "count", reading.claims.len())) }
            @if document.title.is_some() { span.uri dir="auto" { (document.uri) } }
        }
        @if !document.repairs.is_empty() { p.note { (fill(&words.repairs, "count", document.repairs.len())) } }
        (checks(visitor, &reading))
        div.beside {
            section.text aria-label=(words.text) {
                p.note { (words.text_note) }
                (marked(part, &shown, document))
                (visitor.pages(at as u32 + 1, count, |part| visitor.link(&here, &[("part", &part.to_string())])))
            }
            section.claims {
                h2 { (words.claimed_in) }
                @for (n, one) in &shown {
                    (claim(visitor, one, &Card {
                        number: n + 1,
                        link: format!("#t{}", n + 1),
                        words: reading.slice(one.start, one.end),
                        stands: stands(*n, &one.id),
                        report: None,
                    }))
                }
                @if shown.len() == MOST_CLAIMS { p { a href=(all) { (words.more) } } }
                (exhibits(visitor, &reading))
            }
        }
    };
    Ok(frame_page(visitor, title, &content))
}

/// Cuts a text at line ends into parts that a page can show.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut byte, mut at) = (0, 0);
    let (mut length, mut end) = (0, 0);
    for (here, c) in text.char_indices() {
        length += 1;
        end = here + c.len_utf8();
        // A line without end is cut where it is twice too long.
        if (length >= PART && c == '\n') || length >= 2 * PART {
            parts.push(Part {
                text: &text[byte..end],
                range: at..at + length,
            });
            (byte, at, length) = (end, at + length, 0);
        }
    }
    if length > 0 || parts.is_empty() {
        parts.push(Part {
            text: &text[byte..end],
            range: at..at + length,
        });
    }
    parts
}

/// The text with every claim's words marked, a paragraph a line.
///
/// The headline stands over the page already.
fn marked(part: &Part<'_>, claims: &[(usize, &Claim)], document: &Document) -> Markup {
    let spans: Vec<Vec<Mark>> = claims
        .iter()
        .map(|(_, claim)| match claim.parts.as_slice() {
            [] => vec![Mark {
                start: claim.start,
                end: claim.end,
            }],
            parts => parts.to_vec(),
        })
        .collect();
    html! {
        div.words lang=[document.language.as_deref()] {
            @for (start, line) in lines(part) {
                @let range = start..start + line.chars().count();
                @let near = near(&spans, &range);
                @let headline = start == 0 && Some(line.trim()) == document.title.as_deref();
                @if !headline || near.iter().any(|spans| !spans.is_empty()) {
                    p dir="auto" {
                        @for (stretch, words) in pieces(line, stretches(range, &near)) { (piece(&stretch, words, claims)) }
                    }
                }
            }
        }
    }
}

/// The lines of a part that are not blank, each with its first code point.
fn lines<'a>(part: &Part<'a>) -> impl Iterator<Item = (usize, &'a str)> {
    let mut at = part.range.start;
    let numbered = part.text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.chars().count();
        (start, line.trim_end_matches('\n'))
    });
    numbered.filter(|(_, line)| !line.trim().is_empty())
}

/// The spans that touch a line; the others are left empty, so that numbers stay what they are.
fn near(spans: &[Vec<Mark>], line: &Range<usize>) -> Vec<Vec<Mark>> {
    let touches = |all: &&Vec<Mark>| all.iter().any(|s| s.start < line.end && line.start < s.end);
    spans
        .iter()
        .map(|all| Some(all).filter(touches).cloned().unwrap_or_default())
        .collect()
}

/// Each stretch with its words.
fn pieces(line: &str, stretches: Vec<Stretch>) -> impl Iterator<Item = (Stretch, &str)> {
    let mut rest = line;
    stretches.into_iter().map(move |stretch| {
        let cut = rest
            .char_indices()
            .nth(stretch.range.len())
            .map_or(rest.len(), |(byte, _)| byte);
        let (words, after) = rest.split_at(cut);
        rest = after;
        (stretch, words)
    })
}

fn piece(stretch: &Stretch, words: &str, claims: &[(usize, &Claim)]) -> Markup {
    let number = |n: &usize| claims[*n].0 + 1;
    html! {
        @for n in &stretch.begins { span id={ "t" (number(n)) } {} }
        @match stretch.inner {
            None => (words),
            Some(n) => {
                a.mark.(stance_class(claims[n].1)).shared[stretch.shared] href={ "#c" (number(&n)) } { (words) }
            }
        }
        @for n in &stretch.ends { a.note href={ "#c" (number(n)) } { (number(n)) } }
    }
}

fn checks(visitor: Visitor, reading: &Reading) -> Markup {
    html! {
        @for check in &reading.checks {
            p.check {
                bdi { "“" (reading.slice(check.start, check.end)) "”" } ": "
                (fill(&fill(&visitor.words.frame.check, "says", &check.says), "computed", &check.computed))
            }
        }
    }
}

fn exhibits(visitor: Visitor, reading: &Reading) -> Markup {
    let publisher = |exhibit: &Exhibit| {
        let codes = label::codes(exhibit.publisher.party.as_deref(), exhibit.publisher.sector);
        [exhibit.publisher.name.clone(), Some(codes)]
            .into_iter()
            .flatten()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    };
    html! {
        @if !reading.exhibits.is_empty() {
            h2 { (visitor.words.frame.exhibits) }
            ul.exhibits {
                @for one in &reading.exhibits {
                    li {
                        span.kind { (visitor.words.language.name("exhibit", &one.kind)) }
                        " " bdi { (publisher(one)) }
                        @if let Some(day) = &one.published { " " time { (day) } }
                        ": " q dir="auto" { (reading.slice(one.start, one.end)) }
                    }
                }
            }
        }
    }
}
