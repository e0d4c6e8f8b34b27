use crate::{Line, Roundup, Run};

/// Text that stands for itself in HTML, also in an attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            c if c.is_control() && c != '\n' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

impl Roundup {
    /// The round-up as a page of HTML that stands alone: no script, nothing loaded.
    pub fn html(&self) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n\
             </head>\n<body>\n<main class=\"roundup\">\n{}</main>\n</body>\n</html>\n",
            self.language,
            escape(&self.title),
            include_str!("roundup.css"),
            self.body()
        )
    }

    /// The round-up as what stands in the body of a page.
    pub fn body(&self) -> String {
        let mut out = format!(
            "<h1>{}</h1>\n<p class=\"facts\">{}</p>\n",
            escape(&self.title),
            escape(&self.counts)
        );
        for note in &self.notes {
            out += &format!("<p class=\"note\">{}</p>\n", escape(note));
        }
        for section in &self.sections {
            out += &format!(
                "<section class=\"{}\">\n<h2>{}</h2>\n",
                section.name,
                escape(&section.title)
            );
            out.extend(section.none.iter().map(|none| format!("<p>{}</p>\n", escape(none))));
            for part in &section.parts {
                out.extend(part.title.iter().map(|title| format!("<h3>{}</h3>\n", escape(title))));
                list(&mut out, &part.lines);
            }
            out += "</section>\n";
        }
        out
    }
}

fn list(out: &mut String, lines: &[Line]) {
    *out += "<ul>\n";
    for line in lines {
        let status = line
            .status
            .map(|status| format!(" class=\"{status}\""))
            .unwrap_or_default();
        *out += &format!("<li{status}>");
        for run in &line.words {
            match run {
                Run::Plain(text) => *out += &escape(text),
                Run::Strong(text) => *out += &format!("<strong>{}</strong>", escape(text)),
                Run::Quote(text) => *out += &format!("<q dir=\"auto\">{}</q>", escape(text)),
            }
        }
        if !line.reviewed {
            *out += " <span class=\"unreviewed\">◦</span>";
        }
        for claim in &line.claims {
            *out += &format!(" <code>{}</code>", escape(claim));
        }
        if !line.answers.is_empty() {
            out.push('\n');
            list(out, &line.answers);
        }
        *out += "</li>\n";
    }
    *out += "</ul>\n";
}
