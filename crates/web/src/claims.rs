use crate::page::page as frame_page;
use crate::reports::number;
use crate::server::{Failure, Ledger, Visitor};
use crate::show::{Card, claim};
use crate::words::fill;
use axum::extract::{Query, State};
use counterclaim_claims::{Stance, Voice};
use counterclaim_store::{ClaimRow, Filter};
use maud::{Markup, html};
use serde::Deserialize;

/// Claims on one page.
const PER_PAGE: u32 = 50;

const STANCES: [Stance; 8] = [
    Stance::Asserts,
    Stance::Denies,
    Stance::Accuses,
    Stance::CallsFor,
    Stance::Threatens,
    Stance::Promises,
    Stance::Supports,
    Stance::Warns,
];

/// The form's fields as they stand in an address; an empty one is any.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    claimant: String,
    #[serde(default)]
    stance: String,
    #[serde(default)]
    voice: String,
    #[serde(default)]
    report: String,
    page: Option<String>,
}

/// The list of claims, filtered.
pub(crate) async fn page(
    visitor: Visitor,
    State(ledger): State<Ledger>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Failure> {
    let broken = |e| Failure::Broken(visitor, e);
    let code = |value: &dyn Fn() -> String, wanted: &str| value() == wanted;
    let filter = Filter {
        party: Some(wanted.claimant.clone()).filter(|party| !party.is_empty()),
        stance: STANCES
            .into_iter()
            .find(|stance| code(&|| counterclaim_brief::code(stance), &wanted.stance)),
        voice: [Voice::Report, Voice::Source]
            .into_iter()
            .find(|voice| code(&|| counterclaim_brief::code(voice), &wanted.voice)),
        document: wanted.report.parse().ok(),
        ..Filter::default()
    };
    let count = ledger.ask(|store| store.count_claims(&filter)).map_err(broken)?;
    let pages = count.div_ceil(PER_PAGE).max(1);
    let at = number(wanted.page.as_deref()).clamp(1, pages);
    let claims = ledger
        .ask(|store| store.claims(&filter, (at - 1) * PER_PAGE, PER_PAGE))
        .map_err(broken)?;
    let parties = ledger.ask(|store| store.parties()).map_err(broken)?;
    let words = &visitor.words.frame;
    let query = |page: u32| {
        let page = page.to_string();
        let fields = [
            ("claimant", wanted.claimant.as_str()),
            ("stance", &wanted.stance),
            ("voice", &wanted.voice),
            ("report", &wanted.report),
            ("page", &page),
        ];
        visitor.link(
            "/claims",
            &fields
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .collect::<Vec<_>>(),
        )
    };
    let content = html! {
        h1 { (words.claims) }
        (form(visitor, &wanted, &parties))
        p.note { (fill(&words.found, "count", count)) }
        @if claims.is_empty() { p { (words.no_claims) } }
        div.list { @for row in &claims { (entry(visitor, row)) } }
        (visitor.pages(at, pages, query))
    };
    Ok(frame_page(visitor, &words.claims, &content))
}

fn entry(visitor: Visitor, row: &ClaimRow) -> Markup {
    let n = row.number as usize + 1;
    let link = visitor.link(&format!("/report/{}", row.document), &[("claim", &n.to_string())]) + &format!("#c{n}");
    let report = html! {
        a href=(link) { bdi { (row.uri) } }
        @if let Some(day) = &row.published { " " time { (day) } }
    };
    claim(
        visitor,
        &row.claim,
        &Card {
            number: n,
            link: link.clone(),
            words: &row.words,
            report: Some(report),
        },
    )
}

fn form(visitor: Visitor, wanted: &Wanted, parties: &[(String, u32)]) -> Markup {
    let (words, language) = (&visitor.words.frame, visitor.words.language);
    let named = |list: &str, code: String| (language.term(list, &code).to_owned(), code);
    let parties: Vec<_> = parties
        .iter()
        .map(|(party, count)| (format!("{party} ({count})"), party.clone()))
        .collect();
    let stances: Vec<_> = STANCES
        .iter()
        .map(|stance| named("stance", counterclaim_brief::code(stance)))
        .collect();
    let voices: Vec<_> = [Voice::Report, Voice::Source]
        .iter()
        .map(|v| named("voice", counterclaim_brief::code(v)))
        .collect();
    html! {
        form method="get" action="/claims" {
            (choice(&words.claimant, "claimant", &words.any, &wanted.claimant, &parties))
            (choice(&words.stance, "stance", &words.any, &wanted.stance, &stances))
            (choice(&words.voice, "voice", &words.any, &wanted.voice, &voices))
            @if !wanted.report.is_empty() { input type="hidden" name="report" value=(wanted.report); }
            @if visitor.asked { input type="hidden" name="lang" value=(language.tag); }
            button { (words.show) }
        }
    }
}

/// A list to choose from: what each choice is called, and its code.
fn choice(name: &str, field: &str, any: &str, chosen: &str, choices: &[(String, String)]) -> Markup {
    html! {
        label {
            span { (name) }
            select name=(field) {
                option value="" { (any) }
                @for (name, code) in choices { option value=(code) selected[code == chosen] { (name) } }
            }
        }
    }
}
