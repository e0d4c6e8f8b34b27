use crate::roundup::fill;
use counterclaim_claims::{Reading, Sector};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The words of one language that the program itself says.
#[derive(Debug)]
pub struct Language {
    /// BCP 47 tag: the name of its folder in `languages/`.
    pub tag: &'static str,
    terms: BTreeMap<String, BTreeMap<String, String>>,
    /// The names of states by their codes.
    states: BTreeMap<&'static str, &'static str>,
    pub(crate) frame: Frame,
}

/// `brief.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Frame {
    pub(crate) title: String,
    pub(crate) title_undated: String,
    pub(crate) counts: String,
    pub(crate) claimed: String,
    pub(crate) disputed: String,
    pub(crate) others: String,
    pub(crate) demands: String,
    pub(crate) unshown: String,
    pub(crate) tolls: String,
    pub(crate) exhibits: String,
    pub(crate) timeline: String,
    pub(crate) background: String,
    pub(crate) copies: String,
    pub(crate) none: String,
    pub(crate) unreviewed: String,
    pub(crate) nobody: String,
    pub(crate) outlet: String,
    pub(crate) via: String,
    pub(crate) and: String,
    pub(crate) claim: String,
    pub(crate) answer: String,
    pub(crate) dispute: String,
    pub(crate) toll: String,
    pub(crate) exhibit: String,
    pub(crate) copy: String,
    pub(crate) moment: String,
    pub(crate) then: String,
    pub(crate) report: String,
    pub(crate) said: String,
    pub(crate) of: String,
    pub(crate) about: String,
    pub(crate) since: String,
    pub(crate) until: String,
    pub(crate) earlier: String,
    pub(crate) repeated: String,
    pub(crate) standing: String,
    pub(crate) offered: String,
    /// A part of a party.
    pub(crate) side: String,
    pub(crate) whose: String,
    /// Words for several people: who is called by one takes the verb in the plural.
    #[serde(default)]
    pub(crate) several: Vec<String>,
    /// Words behind which it is told whose or where they are.
    #[serde(default)]
    pub(crate) links: Vec<String>,
}

/// A language of the round-up: its tag, its two files, and its names of states.
macro_rules! folder {
    ($tag:literal) => {
        (
            $tag,
            include_str!(concat!("../../../languages/", $tag, "/terms.toml")),
            include_str!(concat!("../../../languages/", $tag, "/brief.toml")),
            include_str!(concat!("../../../languages/", $tag, "/lexicon/countries.tsv")),
        )
    };
}

static ALL: LazyLock<Vec<Language>> = LazyLock::new(|| {
    [folder!("en"), folder!("vi")]
        .into_iter()
        .map(|(tag, terms, frame, states)| Language {
            tag,
            states: states.lines().filter_map(state).collect(),
            terms: toml::from_str(terms).expect("a test reads languages/*/terms.toml"),
            frame: toml::from_str(frame).expect("a test reads languages/*/brief.toml"),
        })
        .collect()
});

/// The code and the name of a row of `countries.tsv`.
fn state(row: &'static str) -> Option<(&'static str, &'static str)> {
    let mut cells = row.split('\t');
    cells.next().zip(cells.next()).filter(|(code, _)| code.len() == 3)
}

impl Language {
    /// All languages that round-ups are written in; the first is the one for want of a better.
    pub fn all() -> &'static [Language] {
        &ALL
    }

    /// The language of a tag, or of its first part: `vi-VN` is `vi`.
    pub fn of_tag(tag: &str) -> Option<&'static Language> {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        ALL.iter().find(|language| language.tag.eq_ignore_ascii_case(first))
    }

    /// The language that most of the reports are in, as far as round-ups are written in it.
    pub fn of_most(readings: &[Reading]) -> &'static Language {
        let count = |language: &Language| {
            let same = |r: &&Reading| {
                r.document.language.as_deref().and_then(Language::of_tag).map(|l| l.tag) == Some(language.tag)
            };
            readings.iter().filter(same).count()
        };
        // The first of those that are equal.
        ALL.iter()
            .rev()
            .max_by_key(|language| count(language))
            .unwrap_or(&ALL[0])
    }

    /// What a code of a list is called: `term("stance", "denies")`. A code without a name is its own name.
    pub fn term<'a>(&'a self, list: &str, code: &'a str) -> &'a str {
        self.terms
            .get(list)
            .and_then(|list| list.get(code))
            .map_or(code, String::as_str)
    }

    /// What a party is called.
    ///
    /// ```
    /// use counterclaim_brief::Language;
    ///
    /// let vietnamese = Language::of_tag("vi").unwrap();
    /// assert_eq!(vietnamese.party("RUS"), "Nga");
    /// assert_eq!(vietnamese.party("UN"), "Liên Hợp Quốc");
    /// ```
    pub fn party<'a>(&'a self, code: &'a str) -> &'a str {
        let named = self.term("party", code);
        if named == code {
            self.states.get(code).copied().unwrap_or(code)
        } else {
            named
        }
    }

    /// What a part of a party is called: "Azerbaijan, armed forces". Of a body that is one whole, its name says what it is.
    pub(crate) fn side(&self, code: &str, sector: Sector) -> String {
        let party = self.party(code);
        match sector {
            Sector::Unk | Sector::Ngo | Sector::Igo => party.to_owned(),
            _ => fill(
                &self.frame.side,
                &[("party", party), ("sector", self.term("sector", sector.code()))],
            ),
        }
    }

    /// What a value of a code list is called.
    pub fn name(&self, list: &str, value: &impl Serialize) -> String {
        self.term(list, &code(value)).to_owned()
    }
}

/// A value by its code in the contract.
pub fn code(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterclaim_claims::{Act, Materiel};
    use counterclaim_ledger::{DisputeKind, Standing};

    #[test]
    fn every_code_has_a_name_in_every_language() {
        let schema = counterclaim_claims::schema();
        let list = |name: &str| {
            let node = &schema["$defs"][name];
            let listed = node["enum"].as_array().cloned().unwrap_or_default();
            let described = node["oneOf"].as_array().cloned().unwrap_or_default();
            let single = described.iter().filter_map(|v| v.get("const").cloned());
            let several = described.iter().filter_map(|v| v["enum"].as_array().cloned()).flatten();
            listed
                .into_iter()
                .chain(single)
                .chain(several)
                .map(|v| v.as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let ends = ["taken", "held", "freed", "killed", "unharmed"];
        let mut wanted: Vec<(&str, Vec<String>)> = vec![
            (
                "dispute",
                DisputeKind::ALL.iter().map(|kind| kind.code().into()).collect(),
            ),
            ("standing", Standing::ALL.iter().map(|one| one.code().into()).collect()),
            (
                "end",
                ends.into_iter().map(str::to_owned).chain(list("LossHarm")).collect(),
            ),
            ("act", Act::ALL.iter().map(|a| a.code().into()).collect()),
            ("family", Act::ALL.iter().map(|a| a.family().code().into()).collect()),
            ("materiel", Materiel::ALL.iter().map(|m| m.code().into()).collect()),
        ];
        for (name, of) in [
            ("stance", "Stance"),
            ("stance-of-several", "Stance"),
            ("voice", "Voice"),
            ("certainty", "Certainty"),
            ("evidence", "Evidence"),
            ("exhibit", "ExhibitKind"),
            ("harm", "Harm"),
            ("group", "Group"),
            ("loss", "LossHarm"),
            ("sector", "Sector"),
        ] {
            wanted.push((name, list(of)));
        }
        let parties = include_str!("../../claims/codes/parties.tsv").lines().skip(1);
        let codes = parties.filter_map(|row| row.split('\t').next());
        wanted.push(("party", codes.map(str::to_owned).collect()));
        for language in Language::all() {
            for (name, codes) in &wanted {
                assert!(!codes.is_empty(), "{name}");
                for code in codes {
                    assert!(
                        language.terms[*name].contains_key(code),
                        "{}: {name}.{code}",
                        language.tag
                    );
                }
            }
        }
    }

    #[test]
    fn languages_are_found_by_tag_and_by_the_reports() {
        assert_eq!(Language::of_tag("VI-vn").unwrap().tag, "vi");
        assert!(Language::of_tag("xx").is_none());
        let report = |tag: &str| {
            let mut reading = Reading::default();
            reading.document.language = Some(tag.into());
            reading
        };
        assert_eq!(Language::of_most(&[]).tag, "en");
        assert_eq!(Language::of_most(&[report("vi"), report("en")]).tag, "en");
        assert_eq!(Language::of_most(&[report("vi"), report("fr")]).tag, "vi");
    }
}
