//! From a language folder to a [`Pack`]: the only place where lexicon files are parsed. It runs when the program is
//! built (`crates/packs/build.rs`), and takes file contents, not paths, since this crate does no I/O.

mod gazetteer;
mod geonames;
mod paradigm;
mod rows;
mod senses;
mod sides;

pub use gazetteer::{GazetteerBuilder, NameFlags, gazetteer};
pub use geonames::GeoNames;
pub use sides::{sides, wars};

use crate::packed::Table;
use crate::table::NamesBuilder;
use crate::{Beside, Hit, Inflection, Kind, Pack, Sense, TagClass};
use counterclaim_grammar::{Features, word_hash};
use counterclaim_text::{TokenRules, tokenize};
use paradigm::Paradigm;
use rows::{Row, parse_tags, rows};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// A mistake in a language folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct Mistake {
    /// The file's path inside the folder.
    pub file: String,
    /// Line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

/// The files of a language folder, by their path inside it, with what they hold.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// Text files: `language.toml`, `lexicon/*.tsv`, `rules/*.rules`, `tags.tsv`, `paradigm.tsv`. Those of `languages/shared` stand under `shared/`.
    pub files: Vec<(String, String)>,
    /// The tagger's model as its crate prepares `tagger.bin`, empty if there is none.
    pub tagger: Vec<u8>,
    /// The tagger's tags, in the order its model numbers them.
    pub tags: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    tag: String,
    name: String,
    paradigm: String,
    #[serde(default)]
    head_first: bool,
    #[serde(default)]
    clitics: Vec<String>,
    #[serde(default)]
    abbreviations: Vec<String>,
}

/// Every form that a folder's lexicons hold, inflected ones included, in small letters and in no order.
pub fn forms(folder: &Folder) -> Result<Vec<String>, Vec<Mistake>> {
    let mut forms = Vec::new();
    compile(folder, &[], Some(&mut forms))?;
    Ok(forms)
}

/// Compiles a folder. `features` are the names that rules may use. All mistakes found are told at once.
pub fn pack(folder: &Folder, features: &[&str]) -> Result<Pack, Vec<Mistake>> {
    compile(folder, features, None)
}

fn compile(folder: &Folder, features: &[&str], forms: Option<&mut Vec<String>>) -> Result<Pack, Vec<Mistake>> {
    let file = |name: &str| {
        folder
            .files
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, text)| text.as_str())
    };
    let whole = |file: &str, what: String| {
        vec![Mistake {
            file: file.into(),
            line: 0,
            what,
        }]
    };
    let head =
        file("language.toml").ok_or_else(|| whole("language.toml", "is missing; it names the language".into()))?;
    let language: Language = toml::from_str(head).map_err(|e| whole("language.toml", e.message().to_owned()))?;

    let mut pack = Pack {
        tag: language.tag,
        name: language.name,
        head_first: language.head_first,
        paradigm: language.paradigm != "none",
        clitics: language.clitics,
        abbreviations: language.abbreviations,
        tagger: folder.tagger.clone().into(),
        ..Pack::default()
    };
    let mut mistakes = Vec::new();
    let paradigm = match language.paradigm.as_str() {
        "none" => Paradigm::none(),
        _ => Paradigm::read(
            file("paradigm.tsv").unwrap_or_default(),
            file("lexicon/irregular.tsv").unwrap_or_default(),
            &mut mistakes,
        ),
    };
    if let Some(tags) = file("tags.tsv") {
        pack.tags = parse_tags(tags, &folder.tags, &mut mistakes);
    }
    let mut small: Vec<u64> = file("words.tsv")
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .map(word_hash)
        .collect();
    small.sort_unstable();
    pack.small = Table::new(&small);
    let mut draft = Draft {
        rules: pack.token_rules().clone(),
        pack: &mut pack,
        paradigm,
        builder: NamesBuilder::new(),
        entries: Vec::new(),
        seen: FxHashMap::default(),
        forms,
    };
    let mut beside = FxHashMap::default();
    for (name, text) in &folder.files {
        let Some(kind) = name
            .rsplit('/')
            .next()
            .and_then(|n| n.strip_suffix(".tsv"))
            .filter(|_| name.contains("lexicon/") || name.starts_with("shared/"))
        else {
            continue;
        };
        if matches!(kind, "irregular" | "langid" | "syllables" | "joined") {
            continue;
        }
        match rows(name, text) {
            Ok(rows) => {
                for row in rows {
                    let added = if matches!(kind, "toponyms" | "census") {
                        add_beside(&mut beside, &row)
                    } else {
                        draft.add(kind, &row)
                    };
                    if let Err(what) = added {
                        mistakes.push(Mistake {
                            file: name.clone(),
                            line: row.line,
                            what,
                        });
                    }
                }
            }
            Err(mistake) => mistakes.push(mistake),
        }
    }
    let Draft { builder, entries, .. } = draft;
    pack.set_beside(&beside);
    pack.set_oppositions();
    pack.names = builder.build();
    let mut firsts = vec![0];
    for hits in entries {
        pack.hits.extend(hits);
        firsts.push(pack.hits.len() as u32);
    }
    pack.firsts = Table::new(&firsts);
    let mut names = Features::closed(features);
    for (name, text) in folder.files.iter().filter(|(n, _)| n.ends_with(".rules")) {
        let stem = name
            .rsplit('/')
            .next()
            .unwrap_or(name)
            .trim_end_matches(".rules")
            .to_owned();
        match counterclaim_grammar::parse_rules(name, text, &mut names) {
            Ok(rules) => pack.rules.push((stem, rules)),
            Err(e) => mistakes.push(Mistake {
                file: e.file,
                line: e.line as usize,
                what: e.what,
            }),
        }
    }
    pack.rules.sort_by(|a, b| a.0.cmp(&b.0));
    if mistakes.is_empty() { Ok(pack) } else { Err(mistakes) }
}

fn add_beside(words: &mut FxHashMap<String, Beside>, row: &Row<'_>) -> Result<(), String> {
    let class = row.must("class")?;
    let class = Beside::named(class).ok_or_else(|| {
        format!("there is no class `{class}` of words beside places' names; docs/languages.md names them")
    })?;
    for form in row.must("form")?.split('|').map(str::trim).filter(|f| !f.is_empty()) {
        let known = words.entry(form.to_owned()).or_default();
        *known = known.or(class);
    }
    Ok(())
}

struct Draft<'p> {
    pack: &'p mut Pack,
    rules: TokenRules,
    paradigm: Paradigm,
    builder: NamesBuilder,
    entries: Vec<Vec<Hit>>,
    seen: FxHashMap<String, u32>,
    forms: Option<&'p mut Vec<String>>,
}

impl Draft<'_> {
    fn add(&mut self, kind: &str, row: &Row<'_>) -> Result<(), String> {
        for (forms, pos, sense) in senses::of_row(kind, row, self.pack)? {
            let plain = Hit {
                kind: Kind::of(&sense),
                pos: sense.pos(),
                sense: self.number(sense),
                inflection: Inflection::Base,
                capitals: 0,
            };
            for form in forms.split('|').map(str::trim).filter(|f| !f.is_empty()) {
                for (inflected, inflection) in self.paradigm.forms(form, pos) {
                    self.insert(&inflected, Hit { inflection, ..plain });
                }
            }
        }
        Ok(())
    }

    /// Senses that are alike share a number.
    fn number(&mut self, sense: Sense) -> u32 {
        let key = format!("{sense:?}");
        let senses = &mut self.pack.senses;
        *self.seen.entry(key).or_insert_with(|| {
            senses.push(sense);
            senses.len() as u32 - 1
        })
    }

    /// Enters a form with its hit, whose capitals are told by the form.
    fn insert(&mut self, form: &str, plain: Hit) {
        if let Some(forms) = &mut self.forms {
            forms.push(form.to_lowercase());
        }
        for words in spellings(form, &self.rules) {
            let mut capitals = 0u16;
            for (i, word) in words.iter().enumerate().take(15) {
                capitals |= u16::from(word.chars().next().is_some_and(char::is_uppercase)) << i;
            }
            if let [word] = words.as_slice()
                && word.chars().filter(|c| c.is_alphabetic()).count() > 1
                && word.chars().all(|c| !c.is_lowercase())
            {
                capitals |= Hit::ACRONYM;
            }
            let parts: Vec<&str> = words.iter().map(String::as_str).collect();
            let entry = self.builder.insert(&parts, self.entries.len() as u32) as usize;
            if entry == self.entries.len() {
                self.entries.push(Vec::new());
            }
            let hits = &mut self.entries[entry];
            match hits
                .iter_mut()
                .find(|h| h.sense == plain.sense && h.capitals == capitals)
            {
                Some(hit) if hit.inflection != plain.inflection => {
                    hit.inflection = both(hit.inflection, plain.inflection);
                }
                Some(_) => {}
                None => hits.push(Hit { capitals, ..plain }),
            }
        }
    }
}

/// "shelled" is past and participle; "put" is base and both: the base is kept, the tagger tells the rest.
fn both(a: Inflection, b: Inflection) -> Inflection {
    use Inflection::{Participle, Past, PastOrParticiple};
    match (a, b) {
        (Past, Participle) | (Participle, Past) => PastOrParticiple,
        (a, _) => a,
    }
}

/// The ways a name may be cut into tokens: as it stands, with its hyphens set apart, with them left out.
fn spellings(form: &str, rules: &TokenRules) -> Vec<Vec<String>> {
    let cut = |s: &str| -> Vec<String> { tokenize(s, rules).iter().map(|t| t.of(s).to_owned()).collect() };
    let mut out = vec![cut(form)];
    if form.contains('-') {
        let apart = form.replace('-', " - ");
        out.push(cut(&apart));
        // "F -16" as some outlets set it, "T72" and "T 72".
        if form.bytes().any(|b| b.is_ascii_digit()) {
            out.push(cut(&form.replace('-', "")));
            out.push(cut(&form.replace('-', " ")));
        }
    }
    out.retain(|words| !words.is_empty());
    out.dedup();
    out
}

/// What a tag means, for [`parse_tags`].
pub(crate) type Tags = Vec<TagClass>;
