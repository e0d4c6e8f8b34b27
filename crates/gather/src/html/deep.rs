//! Markup that no browser's author had in mind: nested a hundred thousand deep, or without end. It is read tag by tag, without a tree.

use std::ops::Range;

/// Trees nested deeper are walked by nobody without danger.
const DEEP: usize = 400;

/// Elements that close by themselves or hold nothing: they nest in no sound page.
const FLAT: [&str; 28] = [
    "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link",
    "meta", "option", "p", "param", "path", "rect", "source", "tbody", "td", "th", "tr", "track", "wbr",
];

/// Elements whose content is no text.
const MUTE: [&str; 5] = ["script", "style", "noscript", "template", "svg"];

/// Markup that is longer is no page.
const LONG: usize = 8 << 20;

/// A tag with more attributes takes longer than all the rest of a page: each is held against all others.
const ATTRIBUTES: usize = 1_000;

/// Whether a tree of it would be too deep, or have too many elements or attributes.
pub(super) fn is_too_much(markup: &str, most: usize) -> bool {
    let (mut depth, mut elements) = (0usize, 0usize);
    if markup.len() > LONG {
        return true;
    }
    for tag in tags(markup) {
        if tag.end - tag.start > 2 * ATTRIBUTES && attributes(&markup[tag.start..tag.end]) > ATTRIBUTES {
            return true;
        }
        if FLAT.iter().any(|flat| tag.name.eq_ignore_ascii_case(flat)) {
            elements += usize::from(!tag.closes);
            // Unclosed paragraphs are common, a thousand times more than that are not.
            continue;
        }
        if tag.closes {
            depth = depth.saturating_sub(1);
        } else if !tag.empty {
            elements += 1;
            depth += 1;
        }
        if depth > DEEP || elements > most {
            return true;
        }
    }
    elements > most
}

/// About how many attributes a tag has: words outside quotation marks.
fn attributes(tag: &str) -> usize {
    let mut quote = None;
    let (mut count, mut space) = (0, false);
    for b in tag.bytes() {
        match quote {
            Some(mark) => quote = (b != mark).then_some(mark),
            None if b == b'"' || b == b'\'' => quote = Some(b),
            None => count += usize::from(space && !b.is_ascii_whitespace()),
        }
        space = quote.is_none() && b.is_ascii_whitespace();
    }
    count
}

/// The text between the tags, a line where a block may have ended.
pub(super) fn strip(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut at = 0;
    let mut mute: Option<&str> = None;
    for tag in tags(markup) {
        if mute.is_none() {
            push(&mut out, &markup[at..tag.start]);
        }
        at = tag.end;
        match mute {
            Some(name) if tag.closes && tag.name.eq_ignore_ascii_case(name) => mute = None,
            None if !tag.closes && !tag.empty => {
                mute = MUTE.iter().find(|name| tag.name.eq_ignore_ascii_case(name)).copied();
            }
            _ => {}
        }
        if mute.is_none()
            && !super::words::is_inline(&tag.name.to_ascii_lowercase())
            && !out.ends_with('\n')
            && !out.is_empty()
        {
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
    }
    if mute.is_none() {
        push(&mut out, &markup[at..]);
    }
    out.truncate(out.trim_end().len());
    out
}

/// What stands between the tags, in bytes.
pub(super) fn between(markup: &str) -> impl Iterator<Item = Range<usize>> {
    let end = Tag {
        start: markup.len(),
        end: markup.len(),
        name: "",
        closes: true,
        empty: true,
    };
    let mut at = 0;
    tags(markup)
        .chain([end])
        .map(move |tag| std::mem::replace(&mut at, tag.end)..tag.start)
}

/// White space is one space. References are left to the repair, which reads them anyway.
fn push(out: &mut String, text: &str) {
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        out.push_str(bare);
        if bare.len() < word.len() && !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

/// Elements whose content is no markup.
const RAW: [&str; 3] = ["script", "style", "textarea"];

/// Where the tag that closes this element begins, else the end.
fn closing(markup: &str, name: &str) -> usize {
    let closes = |at: &usize| {
        markup[at + 2..]
            .get(..name.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    markup
        .match_indices("</")
        .map(|(at, _)| at)
        .find(closes)
        .unwrap_or(markup.len())
}

struct Tag<'m> {
    start: usize,
    end: usize,
    name: &'m str,
    closes: bool,
    empty: bool,
}

/// The tags in order, comments as tags without a name.
fn tags(markup: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + markup[at..].find('<')?;
            let inside = &markup[start + 1..];
            if let Some(rest) = inside.strip_prefix("!--") {
                let end = rest.find("-->").map_or(markup.len(), |found| start + 4 + found + 3);
                at = end;
                return Some(Tag {
                    start,
                    end,
                    name: "",
                    closes: true,
                    empty: true,
                });
            }
            let closes = inside.starts_with('/');
            let name = inside.strip_prefix('/').unwrap_or(inside);
            let length = name
                .bytes()
                .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
                .count();
            if length == 0 && !inside.starts_with(['!', '?', '/']) {
                at = start + 1;
                continue;
            }
            let end = markup[start..]
                .find('>')
                .map_or(markup.len(), |found| start + found + 1);
            at = end;
            // What looks like a tag in a program is none.
            if !closes && RAW.iter().any(|raw| name[..length].eq_ignore_ascii_case(raw)) {
                at = end + closing(&markup[end..], &name[..length]);
            }
            let empty = markup[..end].ends_with("/>");
            return Some(Tag {
                start,
                end,
                name: &name[..length],
                closes,
                empty,
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{is_too_much, strip};

    #[test]
    fn nesting_is_seen_and_unclosed_paragraphs_are_not() {
        assert!(is_too_much(&"<div>".repeat(100_000), 1_000_000));
        assert!(!is_too_much(&"<p>word".repeat(5_000), 1_000_000));
        assert!(!is_too_much(&"<div><b>word</b></div>".repeat(5_000), 1_000_000));
        assert!(is_too_much(&"<p>word".repeat(5_000), 1_000));
    }

    #[test]
    fn what_is_stripped_keeps_its_lines() {
        let markup = "<div><style>p { x }</style><p>One <b>word</b>,\n two.<!-- <p>no --><div>1 < 2</div><script>if (a<b) {}</script>Three";
        assert_eq!(strip(markup), "One word, two.\n1 < 2\nThree");
    }
}
