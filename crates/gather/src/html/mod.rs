//! A saved page: its main text, and what it tells of itself in its head.
//!
//! 1. what it declares ([`meta`]): JSON-LD, Open Graph, other metas, microdata, in that order of trust;
//! 2. boxes beside the article are taken out ([`clean`]), and words under pictures are marked, so that they can be told from the text once it is found;
//! 3. the part that is the article, by readability's rules; where they find none, all of the page but its frame;
//! 4. that part as paragraphs ([`words`]).
//!
//! Markup is hostile: what is nested beyond reason is not made into a tree at all ([`deep`]).

mod clean;
mod deep;
mod meta;
mod words;

use crate::bytes::{declared, decode};
use crate::document::{About, Document, digest};
use crate::{Problem, date, quiet};
use dom_query::Document as Tree;
use dom_smoothie::{Config, Readability};
use meta::Meta;
use std::ops::Range;

/// Pages beyond this are lists, dumps or bombs: they are read without a tree.
const MOST_ELEMENTS: usize = 100_000;
/// A main text shorter than this, while all the page has many times as much, was found wrongly.
const SHORT: usize = 250;
/// How many times as much.
const TIMES: usize = 8;

/// The page of these bytes. `charset` is what came with it: a header of HTTP, say.
pub(crate) fn document(uri: &str, bytes: &[u8], charset: Option<&str>) -> Result<Document, Problem> {
    let decoded = decode(bytes, charset.map(str::to_owned).or_else(|| declared(bytes)).as_deref());
    let mut document = page(&decoded.text);
    document.about.charset = decoded.charset();
    if document.text.is_empty() {
        return Err(Problem::NoText(""));
    }
    Ok(Document {
        id: digest(bytes),
        uri: uri.to_owned(),
        ..document
    })
}

/// Markup without a head, as feeds and mails carry it, as paragraphs.
pub(crate) fn fragment(markup: &str) -> String {
    if deep::is_too_much(markup, MOST_ELEMENTS) {
        return deep::strip(markup);
    }
    let tree = Tree::fragment(markup);
    words::all(&tree.root()).text
}

/// Where the words of a page may stand, in bytes: between its tags, and not in programs or styles.
pub(crate) fn pieces(markup: &str) -> impl Iterator<Item = Range<usize>> {
    deep::between(markup)
}

/// What a reference (`&eacute;`) stands for.
pub(crate) fn unescape(reference: &str) -> String {
    Tree::fragment(reference).text().to_string()
}

/// Whether a text has tags that markup has.
pub(crate) fn is_markup(text: &str) -> bool {
    ["<p>", "<p ", "<br", "<div", "</a>", "</p>"]
        .iter()
        .any(|tag| text.contains(tag))
}

/// Whether an element of that name stands within a line.
pub(crate) fn is_inline(name: &str) -> bool {
    words::is_inline(name)
}

/// All but the bytes.
pub(crate) fn page(markup: &str) -> Document {
    if deep::is_too_much(markup, MOST_ELEMENTS) {
        return Document {
            text: deep::strip(markup),
            ..Document::default()
        };
    }
    let tree = Tree::from(markup);
    let meta = Meta::of(&tree);
    words::mark_captions(&tree);
    let lead = meta.lead(&tree);
    let day = meta
        .published
        .as_deref()
        .and_then(date::any)
        .or_else(|| clean::day(&tree));
    clean::remove_beside(&tree);
    let whole = words::page(&tree);
    let main = quiet::catch(|| main(tree)).flatten();
    let mut found = match main {
        Some(main) if main.text.len() >= SHORT || main.text.len() * TIMES > whole.text.len() => main,
        _ => whole,
    };
    // The headline is told apart, and a standfirst stands outside the article on many a page.
    if let Some(title) = &meta.title
        && let Some(rest) = found
            .text
            .strip_prefix(title.as_str())
            .and_then(|rest| rest.strip_prefix('\n'))
    {
        found.text = rest.to_owned();
    }
    if let Some(lead) = lead {
        match found.text.find(&lead) {
            // What stands before it are days and sections.
            Some(at) if at < SHORT => found.text.drain(..at).for_each(drop),
            Some(_) => {}
            None => found.text = format!("{lead}\n{}", found.text),
        }
    }
    Document {
        text: found.text,
        title: meta.title,
        outlet: meta.outlet,
        published: day,
        about: About {
            author: meta.author,
            language: meta.language,
            modified: meta.modified.as_deref().and_then(date::any),
            address: meta.address,
            charset: None,
            captured: None,
            captions: found.captions,
            credits: found.credits,
        },
        ..Document::default()
    }
}

/// The article, found by readability's rules.
fn main(tree: Tree) -> Option<words::Paragraphs> {
    let config = Config {
        keep_classes: true,
        max_elements_to_parse: MOST_ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let mut readability = Readability::with_document(tree, None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    let tree = Tree::fragment(&*article.content);
    Some(words::article(&tree.root())).filter(|found| !found.text.is_empty())
}
