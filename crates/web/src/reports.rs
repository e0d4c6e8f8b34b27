use crate::page::page as frame_page;
use crate::server::{Failure, Ledger, Visitor};
use crate::words::fill;
use axum::extract::{Query, State};
use counterclaim_store::Report;
use maud::{Markup, html};
use serde::Deserialize;

/// Reports on one page.
const PER_PAGE: u32 = 50;

#[derive(Deserialize)]
pub(crate) struct Wanted {
    page: Option<String>,
}

/// The list of reports, newest first.
pub(crate) async fn page(
    visitor: Visitor,
    State(ledger): State<Ledger>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Failure> {
    let broken = |e| Failure::Broken(visitor, e);
    let count = ledger.ask(|store| store.count()).map_err(broken)?;
    let pages = count.div_ceil(PER_PAGE).max(1);
    let at = number(wanted.page.as_deref()).clamp(1, pages);
    let reports = ledger
        .ask(|store| store.reports((at - 1) * PER_PAGE, PER_PAGE))
        .map_err(broken)?;
    let words = &visitor.words.frame;
    let content = html! {
        h1 { (words.reports) }
        @if reports.is_empty() { p { (words.no_reports) } }
        ol.reports {
            @for report in &reports { li { (entry(visitor, report)) } }
        }
        (visitor.pages(at, pages, |page| visitor.link("/", &[("page", &page.to_string())])))
    };
    Ok(frame_page(visitor, &words.reports, &content))
}

fn entry(visitor: Visitor, report: &Report) -> Markup {
    html! {
        a href=(visitor.link(&format!("/report/{}", report.number), &[])) dir="auto" {
            (report.title.as_ref().unwrap_or(&report.uri))
        }
        p.facts {
            @if let Some(day) = &report.published { time { (day) } }
            @if let Some(tag) = &report.language { span { (tag) } }
            span { (fill(&visitor.words.frame.report_count, "count", report.claims)) }
            @if report.title.is_some() { span.uri dir="auto" { (report.uri) } }
        }
    }
}

/// A page number as it stands in an address; what is none is the first.
pub(crate) fn number(words: Option<&str>) -> u32 {
    words.and_then(|words| words.parse().ok()).unwrap_or(1)
}
