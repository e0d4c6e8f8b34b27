//! Names that two bodies share, and acronyms that are words when written small.

use counterclaim_reader::{Input, Reader};

/// Party and name of who makes each claim of a text.
fn sources(text: &str) -> Vec<(Option<String>, Option<String>)> {
    let reading = Reader::embedded().read(&Input {
        text: text.into(),
        language: Some("en".into()),
        ..Input::default()
    });
    reading
        .claims
        .iter()
        .flat_map(|claim| claim.source.iter())
        .map(|s| (s.party.clone(), s.name.clone()))
        .collect()
}

#[test]
fn a_name_that_two_groups_share_is_the_one_the_text_is_about() {
    let darfur = "Sudanese aircraft bombed a village in Sudan's Darfur region on Monday. JEM said 12 soldiers died.";
    let kashmir = "A bomb killed five people in Indian Kashmir on Monday. JEM said it carried out the attack.";
    assert!(sources(darfur).contains(&(None, Some("Justice and Equality Movement".into()))));
    assert!(
        sources(kashmir)
            .iter()
            .any(|(party, _)| party.as_deref() == Some("JEM"))
    );
}

#[test]
fn a_rare_sense_needs_its_state() {
    let text = "The National Guard said two people died in Ohio.";
    assert!(
        sources(text)
            .iter()
            .all(|(party, _)| !matches!(party.as_deref(), Some("MEX" | "SLV")))
    );
}

#[test]
fn an_acronym_opens_no_sentence_in_small_letters() {
    let text = "Model said it had captured a town in Liberia.";
    assert!(sources(text).iter().all(|(_, name)| name.is_none()));
    let acronym = "MODEL said it had captured a town in Liberia.";
    assert!(sources(acronym).contains(&(None, Some("Movement for Democracy in Liberia".into()))));
}
