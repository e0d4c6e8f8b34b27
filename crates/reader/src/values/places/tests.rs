//! A document of our own for each rule of context.

use super::{PlaceHit, associated, places};
use crate::doc::Doc;

fn read<'t>(text: &'t str, tag: &str) -> (Doc<'t>, Vec<PlaceHit>) {
    let pack = counterclaim_packs::pack(tag).unwrap();
    let doc = Doc::new(
        text,
        pack,
        counterclaim_packs::gazetteer(),
        crate::tagging::Tagger::of(pack),
        None,
    );
    let times = crate::values::times(&doc, &[]);
    let mut hits = places(&doc);
    hits.extend(associated(&doc, &hits, &times));
    hits.sort_by_key(|h| h.span.start);
    (doc, hits)
}

/// Each toponym of a text with the state, division and kind of its place.
fn told(text: &str, tag: &str) -> Vec<String> {
    let (doc, hits) = read(text, tag);
    hits.iter()
        .map(|h| {
            let literal = if h.literal { "" } else { " ~" };
            format!("{}: {} {} {}{literal}", h.span.of(doc.text), h.name, h.country, h.kind)
        })
        .collect()
}

/// The point that a name of an English text was resolved to, in whole degrees.
fn point(text: &str, name: &str) -> Option<(i32, i32)> {
    let (doc, hits) = read(text, "en");
    let hit = hits.iter().find(|h| h.span.of(doc.text) == name)?;
    Some((hit.lat.round() as i32, hit.lon.round() as i32))
}

#[test]
fn a_state_named_after_a_town_tells_which_it_is() {
    assert_eq!(
        point("She grew up in Paris, Texas, and left at 18.", "Paris"),
        Some((34, -96))
    );
    assert_eq!(
        point("She grew up in Paris (France) and left at 18.", "Paris"),
        Some((49, 2))
    );
    assert_eq!(
        point("The depot in Springfield, Ill., burned down.", "Springfield"),
        Some((40, -90))
    );
}

#[test]
fn one_name_has_one_sense_in_a_document() {
    let text = "The mill in Athens, Ga., closed on Monday. People in Athens had feared it for years.";
    let (doc, hits) = read(text, "en");
    let athens: Vec<_> = hits.iter().filter(|h| h.span.of(doc.text) == "Athens").collect();
    assert_eq!(athens.len(), 2);
    assert!(athens.iter().all(|h| h.country == "USA"));
}

#[test]
fn towns_near_by_tell_the_region_that_a_report_is_from() {
    let local = "Crews from Chillicothe, Circleville and Lancaster fought the fire near Lancaster until dawn. \
                 The sheriff of Pickaway County closed two roads.";
    assert_eq!(point(local, "Lancaster"), Some((40, -83)));
}

#[test]
fn a_state_is_told_from_a_division_by_what_is_named_with_it() {
    let war = "Georgia said its troops had left Gori after talks in Tbilisi with Russian envoys.";
    assert!(told(war, "en").contains(&"Georgia: Georgia GEO country ~".to_owned()));
    let local = "Deputies in Atlanta, Macon and Savannah joined the search across north Georgia on Friday.";
    assert!(told(local, "en").contains(&"Georgia: Georgia USA admin1".to_owned()));
}

#[test]
fn persons_and_bodies_are_no_places() {
    for text in [
        "The jury heard Andrew Lincoln on Monday. Lincoln said he had seen nothing.",
        "Coach Denton was pleased with the result.",
        "The clinic was opened by Chad Walker in May.",
        "The study was led by Columbia University.",
    ] {
        assert_eq!(told(text, "en"), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_name_that_is_usually_a_word_needs_its_state() {
    assert_eq!(
        told("The committee likes reading. Orange was her colour.", "en"),
        Vec::<String>::new()
    );
    let hits = told("Two men were held in Orange, Calif., on Sunday.", "en");
    assert_eq!(hits, ["Orange: Orange USA city", "Calif.: California USA admin1"]);
}

#[test]
fn a_county_is_one_name() {
    let hits = told("Laurel County deputies found the car.", "en");
    assert_eq!(hits, ["Laurel County: Laurel County USA admin2"]);
}

#[test]
fn people_and_adjectives_are_told_as_not_literal() {
    let hits = told(
        "The Georgian army shelled a village, South Ossetian officials said.",
        "en",
    );
    assert!(hits.contains(&"Georgian: Georgia GEO country ~".to_owned()), "{hits:?}");
    let hits = told("A London-based monitor said so.", "en");
    assert_eq!(hits, ["London: London GBR capital ~"]);
}

#[test]
fn streets_and_waters_are_told_whole() {
    let hits = told("The car was found on Wichita Drive beside the Neches River.", "en");
    assert_eq!(hits, ["Wichita Drive:   road", "Neches River:   site"]);
}

#[test]
fn the_word_for_its_kind_chooses_town_or_division() {
    assert_eq!(
        told("Giao tranh ở tỉnh Idlib.", "vi"),
        ["Idlib: Idlib Governorate SYR admin1"]
    );
    assert_eq!(told("Giao tranh ở thành phố Idlib.", "vi"), ["Idlib: Idlib SYR city"]);
    assert_eq!(
        told("Fighting went on in the city of Basra.", "en"),
        ["Basra: Basra IRQ city"]
    );
}

#[test]
fn names_of_several_words_may_begin_with_a_function_word() {
    assert_eq!(
        told("Tên lửa rơi xuống Dải Gaza.", "vi"),
        ["Dải Gaza: Gaza Strip PSE territory"]
    );
}

#[test]
fn names_in_other_scripts_are_found() {
    assert_eq!(
        told("The sign said Донецкая область in large letters.", "en"),
        ["Донецкая область: Donetsk Oblast UKR admin1"]
    );
    assert_eq!(
        told("The banner read سوريا and nothing else.", "en"),
        ["سوريا: Syria SYR country ~"]
    );
    assert_eq!(
        told("Tấm biển ghi Україна ở hai bên.", "vi"),
        ["Україна: Ukraine UKR country ~"]
    );
}
