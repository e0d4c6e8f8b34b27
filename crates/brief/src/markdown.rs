use crate::{Line, Roundup, Run};

/// Text that stands for itself in Markdown and HTML, on one line.
///
/// ```
/// assert_eq!(counterclaim_brief::escape("<b>\n[x](y)"), "&lt;b&gt; \\[x\\](y)");
/// ```
pub fn escape(text: &str) -> String {
    stretch(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The same of a stretch of a line, whose white space is kept.
fn stretch(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => out.extend(['\\', c]),
            c if c.is_control() => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

impl Roundup {
    /// The round-up as Markdown.
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n\n{}\n", escape(&self.title), escape(&self.counts));
        for note in &self.notes {
            out += &format!("\n{}\n", escape(note));
        }
        for section in &self.sections {
            out += &format!("\n## {}\n", escape(&section.title));
            out.extend(section.none.iter().map(|none| format!("\n{}\n", escape(none))));
            for part in &section.parts {
                out.extend(part.title.iter().map(|title| format!("\n### {}\n", escape(title))));
                out.push('\n');
                for line in &part.lines {
                    put(&mut out, line, 0);
                }
            }
        }
        out
    }
}

fn put(out: &mut String, line: &Line, depth: usize) {
    *out += &format!("{}- ", "  ".repeat(depth));
    for run in &line.words {
        match run {
            Run::Plain(text) | Run::Quote(text) => *out += &stretch(text),
            Run::Strong(text) => *out += &format!("**{}**", stretch(text)),
        }
    }
    if !line.reviewed {
        *out += " ◦";
    }
    for claim in &line.claims {
        out.push(' ');
        *out += &id(claim);
    }
    out.push('\n');
    for answer in &line.answers {
        put(out, answer, depth + 1);
    }
}

/// An id in brackets, as it is: people search for it. Only another reader's odd one needs escaping.
fn id(id: &str) -> String {
    let plain = id
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b':'));
    if plain {
        format!("[{id}]")
    } else {
        format!("[{}]", escape(id))
    }
}
