use super::{Mistake, Tags};
use crate::{PosClass, TagClass, VerbForm};

/// One row of a lexicon file, its cells by column name.
pub(super) struct Row<'t> {
    pub(super) line: usize,
    header: &'t [&'t str],
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The cell of a column, empty where the row or the file has none.
    pub(super) fn get(&self, column: &str) -> &'t str {
        self.header
            .iter()
            .position(|c| *c == column)
            .and_then(|i| self.cells.get(i).copied())
            .unwrap_or_default()
    }

    /// The cell of a column that must not be empty.
    pub(super) fn must(&self, column: &str) -> Result<&'t str, String> {
        match self.get(column) {
            "" => Err(format!("column `{column}` is empty; fill it in")),
            value => Ok(value),
        }
    }
}

/// Cuts a lexicon file into rows. The header is leaked: packs are compiled once, when the program is built.
pub(super) fn rows<'t>(file: &str, text: &'t str) -> Result<Vec<Row<'t>>, Mistake> {
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    let (_, head) = lines.next().ok_or_else(|| Mistake {
        file: file.into(),
        line: 0,
        what: "is empty; its first line names the columns".into(),
    })?;
    let header: &'t [&'t str] = head.split('\t').map(str::trim).collect::<Vec<_>>().leak();
    lines
        .map(|(n, line)| {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            if cells.len() > header.len() {
                let what = format!(
                    "{} cells under {} columns; take out the extra tabs",
                    cells.len(),
                    header.len()
                );
                return Err(Mistake {
                    file: file.into(),
                    line: n + 1,
                    what,
                });
            }
            Ok(Row {
                line: n + 1,
                header,
                cells,
            })
        })
        .collect()
}

/// Reads `tags.tsv`: `tag class form`. Tags of the model that begin with `B-` or `I-` are looked up without.
pub(super) fn parse_tags(text: &str, model: &[String], mistakes: &mut Vec<Mistake>) -> Tags {
    let mut wrong = |line: usize, what: String| {
        mistakes.push(Mistake {
            file: "tags.tsv".into(),
            line,
            what,
        });
    };
    let mut known: Vec<(&str, TagClass)> = Vec::new();
    for row in rows("tags.tsv", text).unwrap_or_default() {
        let class = match row.get("class") {
            "noun" => PosClass::Noun,
            "propn" => PosClass::Propn,
            "verb" => PosClass::Verb,
            "aux" => PosClass::Aux,
            "adj" => PosClass::Adj,
            "adv" => PosClass::Adv,
            "adp" => PosClass::Adp,
            "cconj" => PosClass::Cconj,
            "sconj" => PosClass::Sconj,
            "det" => PosClass::Det,
            "num" => PosClass::Num,
            "pron" => PosClass::Pron,
            "part" => PosClass::Part,
            "punct" => PosClass::Punct,
            "other" => PosClass::Other,
            class => {
                wrong(row.line, format!("there is no class `{class}`"));
                continue;
            }
        };
        let form = match row.get("form") {
            "finite" => VerbForm::Finite,
            "base" => VerbForm::Base,
            "participle" => VerbForm::Participle,
            "gerund" => VerbForm::Gerund,
            _ => VerbForm::None,
        };
        known.push((
            row.get("tag"),
            TagClass {
                class,
                form,
                inside: false,
            },
        ));
    }
    model
        .iter()
        .map(|tag| {
            let (inside, bare) = match tag.split_once('-') {
                Some(("B", bare)) => (false, bare),
                Some(("I", bare)) => (true, bare),
                _ => (false, tag.as_str()),
            };
            match known.iter().find(|(name, _)| *name == bare) {
                Some((_, class)) => TagClass { inside, ..*class },
                None => {
                    wrong(0, format!("the tagger's tag `{bare}` has no row"));
                    TagClass::default()
                }
            }
        })
        .collect()
}
