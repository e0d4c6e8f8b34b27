//! Pieces that several pages show.

use crate::server::Visitor;
use crate::words::fill;
use counterclaim_brief::code;
use counterclaim_claims::{Certainty, Claim, Event, Evidence, Loss, Participant, Source, Toll, Voice};
use counterclaim_ledger::label;
use maud::{Markup, html};

/// What stands on a claim's card besides the claim.
pub(crate) struct Card<'a> {
    /// Its number as people count, from 1.
    pub(crate) number: usize,
    /// Where its number leads to.
    pub(crate) link: String,
    /// Its words.
    pub(crate) words: &'a str,
    /// How it stands, and what people decided about it.
    pub(crate) stands: Markup,
    /// The report it stands in, where that is not plain.
    pub(crate) report: Option<Markup>,
}

/// A claim: who, how, what, in which words.
pub(crate) fn claim(visitor: Visitor, claim: &Claim, card: &Card<'_>) -> Markup {
    let (frame, language) = (&visitor.words.frame, visitor.words.language);
    let told = |one: &&Evidence| matches!(one, Evidence::NoneOffered | Evidence::NotVerified | Evidence::Verified);
    let (told, shown): (Vec<_>, Vec<_>) = claim.evidence.iter().partition(told);
    let shown: Vec<_> = shown.into_iter().map(|one| language.name("evidence", one)).collect();
    html! {
        article.claim.(stance_class(claim)) id={ "c" (card.number) } {
            h3 {
                a.number href=(card.link) { (card.number) }
                " " bdi { (claimants(visitor, claim)) }
            }
            p.facts {
                span.stance { (language.name("stance", &claim.stance)) }
                @if claim.certainty == Certainty::Hedged { span { (language.name("certainty", &claim.certainty)) } }
                @if !shown.is_empty() { span { (fill(&frame.offered, "what", shown.join(", "))) } }
                @for one in told { span { (language.name("evidence", one)) } }
                @if let Some(day) = &claim.said { span { (fill(&frame.said, "day", day)) } }
                @if claim.background { span { (frame.background) } }
            }
            blockquote dir="auto" { (card.words) }
            @if !claim.events.is_empty() {
                ul.events { @for one in &claim.events { li { (event(visitor, one)) } } }
            }
            (card.stands)
            p.source {
                @if let Some(report) = &card.report { (report) " " }
                code { (claim.id) }
            }
        }
    }
}

/// The class that gives a claim its colour; the words beside it say the same.
pub(crate) fn stance_class(claim: &Claim) -> String {
    match claim.voice {
        Voice::Report => "own".into(),
        Voice::Source => code(&claim.stance),
    }
}

/// Who claims, and who relays it.
pub(crate) fn claimants(visitor: Visitor, claim: &Claim) -> String {
    let frame = &visitor.words.frame;
    let names = |all: &[Source]| {
        let each: Vec<_> = all.iter().map(label::with_codes).collect();
        each.join(&frame.and)
    };
    let who = match claim.voice {
        Voice::Report => frame.own_voice.clone(),
        Voice::Source if claim.source.is_empty() => frame.nobody.clone(),
        Voice::Source => names(&claim.source),
    };
    if claim.via.is_empty() {
        who
    } else {
        format!("{who}, {}", fill(&frame.via, "via", names(&claim.via)))
    }
}

/// What is said to have happened.
fn event(visitor: Visitor, event: &Event) -> Markup {
    let language = visitor.words.language;
    let act = language.term("act", event.act.code());
    let act = if event.negated {
        fill(&visitor.words.frame.not, "what", act)
    } else {
        act.to_owned()
    };
    let side = |who: &[Participant]| who.iter().map(label::participant).collect::<Vec<_>>().join(" + ");
    let places: Vec<_> = event.place.iter().map(|place| place.name.as_str()).collect();
    let weapons: Vec<_> = event
        .weapon
        .iter()
        .map(|weapon| language.term("materiel", weapon.code()))
        .collect();
    let party = |party: &Option<String>| party.as_ref().map(|party| format!(" ({party})")).unwrap_or_default();
    let toll = |toll: &Toll| {
        let Toll {
            harm,
            who,
            party: whose,
            min,
            max,
            approx,
        } = toll;
        let (group, harm) = (language.name("group", who), language.name("harm", harm));
        format!("{} {group}{}, {harm}", label::range(*min, *max, *approx), party(whose))
    };
    let loss = |loss: &Loss| {
        let Loss {
            class,
            harm,
            party: whose,
            min,
            max,
        } = loss;
        let (class, harm) = (language.term("materiel", class.code()), language.name("loss", harm));
        format!("{} × {class}{}, {harm}", label::range(*min, *max, false), party(whose))
    };
    html! {
        span.act { (act) }
        @if !event.actor.is_empty() || !event.target.is_empty() {
            span.roles { (side(&event.actor)) @if !event.target.is_empty() { " → " (side(&event.target)) } }
        }
        @if !places.is_empty() { span.place { (places.join(", ")) } }
        @if let Some(time) = &event.time { time { (time) } }
        @if !weapons.is_empty() { span { (weapons.join(", ")) } }
        @for one in &event.toll { span.toll { (toll(one)) } }
        @for one in &event.losses { span { (loss(one)) } }
    }
}
