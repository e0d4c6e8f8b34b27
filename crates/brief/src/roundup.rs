//! The round-up as what it says, before it is Markdown, HTML or JSON.

use serde::Serialize;
use std::fmt::Write;

/// A round-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Roundup {
    /// The language of its own words: BCP 47.
    pub language: &'static str,
    /// What stands over it.
    pub title: String,
    /// How many reports and claims there are.
    pub counts: String,
    /// What the marks mean.
    pub notes: Vec<String>,
    /// What it says.
    pub sections: Vec<Section>,
}

/// What is said about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its name in every language: `claimed`, `tolls`.
    pub name: &'static str,
    /// What stands over it.
    pub title: String,
    /// Its parts; none where nothing is to be said, which `none` says.
    pub parts: Vec<Part>,
    /// What is said where nothing is to be said.
    pub none: Option<String>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What stands over it.
    pub title: Option<String>,
    /// Its sentences.
    pub lines: Vec<Line>,
}

/// A sentence, with the claims that it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its words.
    pub words: Vec<Run>,
    /// The ids of its claims, or of its report where it is about an exhibit that is offered for no claim; no sentence is without.
    pub claims: Vec<String>,
    /// How the claim stands, in code, where the sentence is a claim that does more than stand there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// Whether people have checked all of its claims.
    pub reviewed: bool,
    /// What others answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Line>,
}

/// Words of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Run {
    /// The round-up's own words, and names.
    Plain(String),
    /// The same, to be seen first.
    Strong(String),
    /// A report's own words.
    Quote(String),
}

/// One line, each stretch of white space as one space.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fills a template in one go, so that braces in what is filled in stay what they are. What stands between pairs of asterisks is
/// strong, and what stands between quotation marks is a report's.
pub(crate) fn runs(template: &str, values: &[(&str, &str)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut strong = false;
    let mut plain = String::new();
    let mut rest = template;
    let close = |runs: &mut Vec<Run>, plain: &mut String, strong: bool| {
        let text = std::mem::take(plain);
        if !text.is_empty() {
            runs.push(if strong { Run::Strong(text) } else { Run::Plain(text) });
        }
    };
    while let Some(at) = rest.find(['{', '*']) {
        plain += &rest[..at];
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("**") {
            close(&mut runs, &mut plain, strong);
            strong = !strong;
            rest = after;
        } else if let Some((name, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            let value = values
                .iter()
                .find(|(known, _)| *known == name)
                .map_or("", |(_, value)| *value);
            if name.starts_with("words") {
                close(&mut runs, &mut plain, strong);
                runs.push(Run::Quote(one_line(value)));
            } else {
                plain += &one_line(value);
            }
            rest = after;
        } else {
            plain.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    plain += rest;
    close(&mut runs, &mut plain, strong);
    runs
}

/// The same as plain words.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for run in runs(template, values) {
        let (Run::Plain(text) | Run::Strong(text) | Run::Quote(text)) = run;
        let _ = write!(out, "{text}");
    }
    out
}

impl Roundup {
    /// The round-up as JSON, with all that the other forms show.
    ///
    /// # Panics
    /// Never: strings and lists have a form in JSON.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and lists have a form in JSON") + "\n"
    }
}
