//! What stands beside an article in its own box, and what tells its day: found by the names that pages give their parts.

use crate::date;
use crate::document::some;
use dom_query::{Document as Tree, NodeRef};

/// Words in the names of parts that are no article.
const BESIDE: [&str; 22] = [
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comment",
    "comments",
    "cookie",
    "disqus",
    "newsletter",
    "pagination",
    "paywall",
    "popup",
    "promo",
    "recommended",
    "related",
    "relate",
    "relatedonenews",
    "share",
    "sharing",
    "social",
    "subscribe",
];

/// Words in the names of parts that tell a day.
const DAY: [&str; 6] = ["date", "datetime", "time", "timestamp", "published", "pubdate"];
/// Words in the names of those that tell today's, or another's.
const TODAY: [&str; 6] = ["now", "current", "today", "header", "related", "comment"];

/// Takes out the boxes that are beside the article. What holds the headline, or much of the page, is none.
pub(super) fn remove_beside(tree: &Tree) {
    let Some(body) = tree.select_single("body").nodes().first().copied() else {
        return;
    };
    let most = body.text().len() / 3;
    let mut found: Vec<NodeRef<'_>> = Vec::new();
    for node in body.descendants_it().filter(NodeRef::is_element) {
        let name = node.node_name().unwrap_or_default();
        if matches!(&*name, "article" | "main" | "h1" | "img" | "a" | "script" | "style") {
            continue;
        }
        if names(&node).any(|word| BESIDE.contains(&word.as_str())) {
            found.push(node);
        }
    }
    // A box in a box is gone with it.
    for node in found {
        if node.text().len() <= most && !node.descendants_it().any(|inner| inner.has_name("h1")) {
            node.remove_from_parent();
        }
    }
}

/// The day that stands nearest to the headline, where the page's head tells none.
pub(super) fn day(tree: &Tree) -> Option<String> {
    let body = tree.select_single("body").nodes().first().copied()?;
    let mut headline = None;
    let mut days: Vec<(usize, String)> = Vec::new();
    for (at, node) in body.descendants_it().filter(NodeRef::is_element).enumerate() {
        if node.has_name("h1") {
            headline.get_or_insert(at);
            continue;
        }
        if !names(&node).any(|word| DAY.contains(&word.as_str())) || node.children_it(false).count() > 12 {
            continue;
        }
        let frames = |above: &NodeRef<'_>| {
            ["footer", "nav", "aside"].iter().any(|name| above.has_name(name))
                || names(above).any(|word| TODAY.contains(&word.as_str()))
        };
        if frames(&node) || node.ancestors_it(Some(4)).any(|above| frames(&above)) {
            continue;
        }
        let words = some(&*node.text()).filter(|words| words.chars().count() <= 80);
        days.extend(words.as_deref().and_then(date::any).map(|day| (at, day)));
    }
    let headline = headline.unwrap_or(0);
    days.into_iter()
        .min_by_key(|(at, _)| at.abs_diff(headline))
        .map(|(_, day)| day)
}

/// The words of an element's class and name: `box_comment` and `boxComment` have two.
fn names(node: &NodeRef<'_>) -> impl Iterator<Item = String> {
    let whole = [node.class(), node.id_attr(), node.attr("type")]
        .into_iter()
        .flatten()
        .fold(String::new(), |all, one| all + &one + " ");
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in whole.chars() {
        let begins = !c.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && before.is_ascii_lowercase());
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words.into_iter().filter(|word| !word.is_empty())
}
