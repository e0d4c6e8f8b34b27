//! Readings as the incident templates of MUC-4 (1992), and the score of them against a key.
//!
//! In: a [`Reading`] with its mentions. Out: [`Template`]s ([`templates`]), an incident each, and their [`Score`] beside the
//! templates of a key ([`keyed`]). The way: `text` lays the reading's mentions over its words; `nps` finds noun phrases; `roles`
//! finds the words of violence of `data/triggers.tsv` and who stands where beside them; `incidents` gathers what they tell into
//! happenings and keeps those that the task asks for; `blame` adds who claims or is blamed for them. `fill`, `doers` and
//! `setting` write down whom and what, who, and when, where and with what, as the key has it. `score` is the measure of
//! Du, Rush and Cardie (2021), which `assign` helps to align.
//!
//! ```
//! use counterclaim_muc4::{Filled, Score, read, templates};
//!
//! let reading = read("X-1", "ORO, 3 MAY 88 -- GUERRILLAS KILLED TWO PEASANTS YESTERDAY IN THE VILLAGE OF ORO. THE MEN USED RIFLES, A NEIGHBOR SAID.");
//! let found = templates(&reading);
//! assert_eq!(found[0].victims[0].0, "PEASANTS");
//! ```

mod assign;
mod blame;
mod doers;
mod fill;
mod incidents;
mod key;
mod nps;
mod roles;
mod score;
mod setting;
mod template;
mod text;
mod words;

use counterclaim_claims::Reading;
use counterclaim_reader::{Input, Reader};
pub use key::{Entity, Filled, Keyed, Slot, keyed, normal};
pub use score::{Score, Tally};
use std::sync::OnceLock;
pub use template::{Confidence, Effect, Kind, Template};

/// Reads a report of the corpus, which carries its date in its first line.
pub fn read(id: &str, text: &str) -> Reading {
    Reader::embedded().read(&Input {
        uri: id.to_owned(),
        text: text.to_owned(),
        language: Some("en".to_owned()),
        published: dateline(text),
        mentions: true,
        ..Input::default()
    })
}

/// The date of a dateline: `BOGOTA, 9 JAN 90 (EFE) -- `.
fn dateline(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ];
    let head: String = text.chars().take(200).collect();
    let words: Vec<&str> = head
        .split_whitespace()
        .map(|w| w.trim_end_matches([',', '.']))
        .collect();
    words.windows(3).find_map(|w| {
        let day: u8 = w[0].parse().ok()?;
        let month = 1 + MONTHS.iter().position(|m| w[1].starts_with(m))?;
        let year: u16 = w[2].parse().ok().filter(|y| *y < 100)?;
        Some(format!("19{year:02}-{month:02}-{day:02}"))
    })
}

/// The templates of a reading, which must have been made with its mentions.
pub fn templates(reading: &Reading) -> Vec<Template> {
    static WORDS: OnceLock<words::Words> = OnceLock::new();
    let words = WORDS.get_or_init(words::Words::new);
    incidents::templates(&text::Text::new(reading, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Template> {
        templates(&read("X-1", text))
    }

    #[test]
    fn a_bomb_a_place_and_those_who_claim_it() {
        let text = "PORTO, 4 MAY 88 (XYZ) -- [TEXT] A POWERFUL BOMB EXPLODED LAST NIGHT IN FRONT OF THE CENTRAL BANK IN DOWNTOWN PORTO, \
                    WOUNDING TWO PASSERSBY.\n\n   THE SHINING PATH CLAIMED RESPONSIBILITY FOR THIS ATTACK IN LEAFLETS.";
        let all = found(text);
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(all[0].kind, Kind::Bombing);
        assert_eq!(all[0].targets[0].0, "CENTRAL BANK");
        assert_eq!(all[0].weapons, ["POWERFUL BOMB"]);
        assert_eq!(
            all[0].organisations,
            [("SHINING PATH".to_owned(), Confidence::ClaimedOrAdmitted)]
        );
    }

    #[test]
    fn clashes_plans_and_old_deeds_are_not_asked_for() {
        let text = "PORTO, 4 MAY 88 -- [TEXT] FIVE GUERRILLAS AND TWO SOLDIERS WERE KILLED YESTERDAY IN A CLASH NEAR PORTO.  THE REBELS \
                    THREATENED TO KILL THE MAYOR.  IN MARCH 1980, REBELS KILLED THREE PEASANTS IN THE SAME AREA.";
        assert_eq!(found(text), []);
    }

    #[test]
    fn any_text_can_be_read() {
        for text in [
            "",
            "BY",
            "KILLED",
            "ATTACK ON",
            "THE",
            "BOMB . , ;",
            "[",
            "KILLED BY , AND OF",
        ] {
            let text = format!("{text}{}", " ".repeat(3));
            let _ = found(&text);
            let _ = found(&format!(
                "PORTO, 4 MAY 88 -- {text} {text} NOTHING ELSE HAS BEEN TOLD OF IT IN THIS REPORT SO FAR {text}"
            ));
        }
    }
}
