//! Parties and matériel as mentions, and texts in capitals.

use counterclaim_claims::{Group, Materiel, Reading, Sector};
use counterclaim_reader::{Input, Reader};

fn read(text: &str) -> Reading {
    Reader::embedded().read(&Input {
        text: text.into(),
        language: Some("en".into()),
        mentions: true,
        ..Input::default()
    })
}

#[test]
fn parties_are_whole_noun_phrases() {
    let reading =
        read("Three Armenian soldiers and a reporter were wounded near the village, the Azerbaijani army said.");
    let parties: Vec<_> = reading.mentions.iter().flat_map(|m| &m.parties).collect();
    let words: Vec<_> = parties.iter().map(|p| reading.slice(p.start, p.end)).collect();
    assert_eq!(words, ["Three Armenian soldiers", "a reporter", "the Azerbaijani army"]);
    assert_eq!(parties[0].party.as_deref(), Some("ARM"));
    assert_eq!(
        (parties[0].sector, parties[0].group, parties[0].plural),
        (Sector::Mil, Some(Group::Military), true)
    );
    assert_eq!((parties[1].group, parties[1].plural), (Some(Group::Civilian), false));
    assert_eq!(parties[2].party.as_deref(), Some("AZE"));
}

#[test]
fn materiel_is_told_with_the_words_that_say_which() {
    let reading = read("Two T-72 tanks shelled the old stone bridge with mortars.");
    let found: Vec<_> = reading
        .mentions
        .iter()
        .flat_map(|m| &m.materiel)
        .map(|m| (reading.slice(m.start, m.end), m.class, m.name.as_deref()))
        .collect();
    assert!(
        found.contains(&("old stone bridge", Materiel::Infrastructure, None)),
        "{found:?}"
    );
    assert!(found.iter().any(|m| m.1 == Materiel::Tank), "{found:?}");
    assert!(found.contains(&("mortars", Materiel::Mortar, None)), "{found:?}");
}

/// What is said in capitals is read as it would be in small letters, and quoted as it stands.
#[test]
fn capitals_are_read_as_running_text() {
    let text = "PORTO VELO, 4 MAY 88 -- COLONEL TOMAS AREVALO SAID TODAY THAT GUERRILLAS\nBLEW UP A BRIDGE \
                NEAR THE TOWN AND KILLED TWO PEASANTS.  IT IS NOT KNOWN WHO THE MEN WERE, HE SAID.";
    let reading = read(text);
    assert_eq!(reading.document.text, text);
    let claim = reading.claims.first().expect("a claim");
    assert_eq!(claim.source[0].text, "COLONEL TOMAS AREVALO");
    assert_eq!(claim.source[0].person.as_deref(), Some("Tomas Arevalo"));
    assert_eq!(
        reading.slice(claim.start, claim.end).replace('\n', " "),
        "GUERRILLAS BLEW UP A BRIDGE NEAR THE TOWN"
    );
    let parties = &reading.mentions.as_ref().expect("mentions").parties;
    assert!(
        parties.iter().all(|p| p.party.as_deref() != Some("UN")),
        "\"WHO\" is a pronoun here: {parties:?}"
    );
}
