use crate::claims::field;
use crate::known::MOST_REPORTS;
use crate::page::page as frame_page;
use crate::server::{Failure, Ledger, Visitor};
use crate::words::fill;
use axum::extract::{Query, State};
use counterclaim_brief::roundup;
use counterclaim_ledger::Selection;
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

/// The form's fields as they stand in an address; an empty one is any.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    party: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    period: String,
}

/// The round-up: what each side claims and the other answers, tolls by source, how claims stand, what is told of when.
pub(crate) async fn page(
    visitor: Visitor,
    State(ledger): State<Ledger>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Failure> {
    let broken = |e| Failure::Broken(visitor, e);
    let count = ledger.ask(|store| store.count()).map_err(broken)?;
    let known = ledger.known().map_err(broken)?;
    let some = |field: &str| Some(field.trim().to_owned()).filter(|field| !field.is_empty());
    let part = Selection {
        parties: some(&wanted.party).into_iter().collect(),
        place: some(&wanted.place),
        period: some(&wanted.period).filter(|period| Selection::is_period(period)),
    };
    let overview = known.overview.clone().only(&known.readings, &part);
    let made = roundup(&known.readings, &overview, visitor.words.language);
    let words = &visitor.words.frame;
    let content = html! {
        (form(visitor, &wanted))
        @if count > MOST_REPORTS { p.note { (fill(&words.latest, "count", MOST_REPORTS)) } }
        div.roundup { (PreEscaped(made.body())) }
    };
    Ok(frame_page(visitor, &words.roundup, &content))
}

fn form(visitor: Visitor, wanted: &Wanted) -> Markup {
    let words = &visitor.words.frame;
    html! {
        form method="get" action="/round-up" {
            (field(&words.party, "party", &wanted.party))
            (field(&words.place, "place", &wanted.place))
            (field(&words.period, "period", &wanted.period))
            @if visitor.asked { input type="hidden" name="lang" value=(visitor.words.language.tag); }
            button { (words.show) }
        }
    }
}
