use crate::known::{At, Known};
use crate::page::page as frame_page;
use crate::reports::number;
use crate::server::{Failure, Ledger, Visitor};
use crate::show::{Card, claim};
use crate::words::fill;
use axum::extract::{Query, State};
use counterclaim_claims::{Stance, Voice};
use counterclaim_store::{ClaimRow, Error, Filter};
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
    place: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    report: String,
    page: Option<String>,
}

impl Wanted {
    fn filter(&self) -> Filter {
        let told = |field: &str| Some(field.trim().to_owned()).filter(|field| !field.is_empty());
        Filter {
            party: told(&self.claimant),
            stance: STANCES
                .into_iter()
                .find(|stance| counterclaim_brief::code(stance) == self.stance),
            voice: [Voice::Report, Voice::Source]
                .into_iter()
                .find(|voice| counterclaim_brief::code(voice) == self.voice),
            place: told(&self.place),
            words: told(&self.words),
            document: self.report.parse().ok(),
            ..Filter::default()
        }
    }
}

/// The list of claims, filtered.
pub(crate) async fn page(
    visitor: Visitor,
    State(ledger): State<Ledger>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Failure> {
    let broken = |e| Failure::Broken(visitor, e);
    let filter = wanted.filter();
    let count = match ledger.ask(|store| store.count_claims(&filter)) {
        // Words that cannot be looked for are found nowhere.
        Err(Error::Ask(_)) => return Ok(list(visitor, &wanted, &[], &html! {}, 0)),
        count => count.map_err(broken)?,
    };
    let pages = count.div_ceil(PER_PAGE).max(1);
    let at = number(wanted.page.as_deref()).clamp(1, pages);
    let claims = ledger
        .ask(|store| store.claims(&filter, (at - 1) * PER_PAGE, PER_PAGE))
        .map_err(broken)?;
    let parties = ledger.ask(|store| store.parties()).map_err(broken)?;
    let known = ledger.known().map_err(broken)?;
    let query = |page: u32| {
        let page = page.to_string();
        let fields = [
            ("claimant", wanted.claimant.as_str()),
            ("stance", &wanted.stance),
            ("voice", &wanted.voice),
            ("place", &wanted.place),
            ("words", &wanted.words),
            ("report", &wanted.report),
            ("page", &page),
        ];
        let fields: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        visitor.link("/claims", &fields)
    };
    let entries = html! {
        div.list { @for row in &claims { (entry(visitor, &known, row)) } }
        (visitor.pages(at, pages, query))
    };
    Ok(list(visitor, &wanted, &parties, &entries, count))
}

/// The page around the claims that were found.
fn list(visitor: Visitor, wanted: &Wanted, parties: &[(String, u32)], entries: &Markup, count: u32) -> Markup {
    let words = &visitor.words.frame;
    let content = html! {
        h1 { (words.claims) }
        (form(visitor, wanted, parties))
        p.note { (fill(&words.found, "count", count)) }
        @if count == 0 { p { (words.no_claims) } }
        (entries)
    };
    frame_page(visitor, &words.claims, &content)
}

fn entry(visitor: Visitor, known: &Known, row: &ClaimRow) -> Markup {
    let n = row.number as usize + 1;
    let link = visitor.link(&format!("/report/{}", row.document), &[("claim", &n.to_string())]) + &format!("#c{n}");
    let report = html! {
        a href=(link) { bdi { (row.uri) } }
        @if let Some(day) = &row.published { " " time { (day) } }
    };
    let at = At {
        report: row.document,
        document: &row.id,
        number: row.number as usize,
        claim: &row.claim.id,
    };
    claim(
        visitor,
        &row.claim,
        &Card {
            number: n,
            link: link.clone(),
            words: &row.words,
            stands: known.stands(visitor, at),
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
            (field(&words.place, "place", &wanted.place))
            (field(&words.words, "words", &wanted.words))
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

/// A field to write in.
pub(crate) fn field(name: &str, field: &str, value: &str) -> Markup {
    html! { label { span { (name) } input type="text" name=(field) value=(value) maxlength="100"; } }
}
