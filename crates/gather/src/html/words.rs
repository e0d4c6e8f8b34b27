//! A tree of markup as paragraphs, and the words under its pictures apart from them.

use crate::document::some;
use dom_query::{Document as Tree, NodeRef};

/// A text, a paragraph a line, and what stands at its pictures.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    pub(super) text: String,
    pub(super) captions: Vec<String>,
    pub(super) credits: Vec<String>,
}

/// Elements that stand within a line.
const INLINE: [&str; 34] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "s", "samp", "small", "span", "strong", "sub", "sup",
    "time", "u", "var",
];

/// Elements whose content is nothing to read.
const MUTE: [&str; 16] = [
    "script", "style", "noscript", "template", "svg", "iframe", "form", "button", "select", "textarea", "object",
    "canvas", "video", "audio", "head", "math",
];

/// What frames a page.
const FRAME: [&str; 5] = ["nav", "header", "footer", "aside", "menu"];

/// Parts of the names of classes that words under pictures have.
const CAPTION: [&str; 4] = ["caption", "img-desc", "image-desc", "photo-desc"];
const CREDIT: [&str; 6] = [
    "credit",
    "copyright",
    "photocms_author",
    "photographer",
    "image-source",
    "img-source",
];

/// Around what was found to be a caption or a credit: private signs, which no page means.
const CAPTION_BEGINS: char = '\u{f8f0}';
const CREDIT_BEGINS: char = '\u{f8f1}';
const ENDS: char = '\u{f8f2}';
const MARKS: [char; 3] = [CAPTION_BEGINS, CREDIT_BEGINS, ENDS];
/// Longer ones are articles in a frame of that name.
const LONG: usize = 1_500;

pub(super) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

/// Makes captions and credits paragraphs of their own with marks around them.
pub(super) fn mark_captions(tree: &Tree) {
    let mut found: Vec<(NodeRef<'_>, char)> = Vec::new();
    for node in tree.root().descendants_it().filter(NodeRef::is_element) {
        let name = node.node_name().unwrap_or_default();
        if matches!(
            &*name,
            "body" | "html" | "article" | "main" | "img" | "figure" | "meta" | "link" | "script" | "style"
        ) {
            continue;
        }
        let class = node.class().unwrap_or_default().to_ascii_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| class.contains(part));
        let begins = if has(&CREDIT) || (&*name == "cite" && inside(&node, "figure")) {
            CREDIT_BEGINS
        } else if &*name == "figcaption" || has(&CAPTION) {
            CAPTION_BEGINS
        } else {
            continue;
        };
        found.push((node, begins));
    }
    // The inner ones first: a credit stands in a caption.
    for (node, begins) in found.into_iter().rev() {
        let words = node.text();
        if words.chars().filter(|c| !c.is_whitespace()).count() > LONG || words.trim().is_empty() {
            continue;
        }
        // A frame around figure and caption both is neither.
        if node
            .descendants_it()
            .any(|inner| inner.has_name("img") || inner.has_name("p") && inner.text().chars().count() > 400)
        {
            continue;
        }
        node.set_text(format!("{begins}{}{ENDS}", words.trim()));
    }
}

fn inside(node: &NodeRef<'_>, name: &str) -> bool {
    node.ancestors_it(Some(4)).any(|above| above.has_name(name))
}

/// All of a page but what frames it.
pub(super) fn page(tree: &Tree) -> Paragraphs {
    let body = tree.select_single("body");
    match body.nodes().first() {
        Some(body) => read(body, &FRAME, false),
        None => all(&tree.root()),
    }
}

/// All that is in a tree.
pub(super) fn all(root: &NodeRef<'_>) -> Paragraphs {
    read(root, &[], false)
}

/// What is in a tree but lines that only lead elsewhere: headlines of other articles.
pub(super) fn article(root: &NodeRef<'_>) -> Paragraphs {
    read(root, &[], true)
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    Break,
    LinkEnds,
}

fn read(root: &NodeRef<'_>, without: &[&str], without_links: bool) -> Paragraphs {
    let mut out = Lines {
        without_links,
        ..Lines::default()
    };
    // Without recursion: markup may be nested deeper than the stack is.
    let mut steps = vec![Step::Enter(*root)];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Break => {
                out.end_line();
                continue;
            }
            Step::LinkEnds => {
                out.links -= 1;
                continue;
            }
            Step::Enter(node) => node,
        };
        if node.is_text() {
            out.push(&node.text());
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        if MUTE.contains(&&*name) || without.contains(&&*name) || node.is_comment() {
            continue;
        }
        match &*name {
            "br" => out.end_line(),
            "td" | "th" => {
                out.push(" ");
                steps.extend(node.children_it(true).map(Step::Enter));
            }
            "a" => {
                out.links += 1;
                steps.push(Step::LinkEnds);
                steps.extend(node.children_it(true).map(Step::Enter));
            }
            name if INLINE.contains(&name) => steps.extend(node.children_it(true).map(Step::Enter)),
            _ => {
                out.end_line();
                steps.push(Step::Break);
                steps.extend(node.children_it(true).map(Step::Enter));
            }
        }
    }
    out.end_line();
    out.found
}

#[derive(Default)]
struct Lines {
    found: Paragraphs,
    line: String,
    /// How many links are open.
    links: usize,
    /// How much of the line stands in links.
    linked: usize,
    without_links: bool,
}

impl Lines {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                c if MARKS.contains(&c) => self.mark(c),
                c if c.is_whitespace() => {
                    if !self.line.is_empty() && !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                }
                c => {
                    self.linked += if self.links > 0 { c.len_utf8() } else { 0 };
                    self.line.push(c);
                }
            }
        }
    }

    /// What is marked goes to its own list.
    fn mark(&mut self, c: char) {
        if c != ENDS {
            // A credit within a caption: the caption's words so far are one.
            let open = self.line.starts_with(MARKS);
            let words = std::mem::take(&mut self.line);
            if open {
                self.keep(&words);
            } else {
                self.line = words;
                self.end_line();
            }
            self.line.push(c);
            return;
        }
        let words = std::mem::take(&mut self.line);
        self.keep(&words);
    }

    fn keep(&mut self, words: &str) {
        let list = if words.starts_with(CREDIT_BEGINS) {
            &mut self.found.credits
        } else {
            &mut self.found.captions
        };
        if let Some(words) = some(words.trim_start_matches(MARKS))
            && !list.contains(&words)
        {
            list.push(words);
        }
    }

    fn end_line(&mut self) {
        if self.line.starts_with(MARKS) {
            return;
        }
        let line = self.line.trim();
        let letters = line.split(' ').map(str::len).sum::<usize>();
        // A sentence may be a link as a whole; a headline has no full stop.
        let leads =
            self.without_links && self.linked * 20 >= letters * 19 && !line.ends_with(['.', '!', '?', '”', '"']);
        self.linked = 0;
        if !line.is_empty() && !leads {
            if !self.found.text.is_empty() {
                self.found.text.push('\n');
            }
            self.found.text.push_str(line);
        }
        self.line.clear();
    }
}
