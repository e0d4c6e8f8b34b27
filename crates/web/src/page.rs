use crate::server::Visitor;
use crate::words::{Words, fill};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use maud::{DOCTYPE, Markup, html};

/// A whole page around its content.
pub(crate) fn page(visitor: Visitor, title: &str, content: &Markup) -> Markup {
    let frame = &visitor.words.frame;
    html! {
        (DOCTYPE)
        html lang=(visitor.words.language.tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Counterclaim" }
                link rel="stylesheet" href="/style.css";
            }
            body {
                a.skip href="#content" { (frame.skip) }
                header {
                    a.name href=(visitor.link("/", &[])) { "Counterclaim" }
                    nav {
                        a href=(visitor.link("/", &[])) { (frame.reports) }
                        a href=(visitor.link("/claims", &[])) { (frame.claims) }
                        a href=(visitor.link("/round-up", &[])) { (frame.roundup) }
                        span.languages {
                            @for other in Words::all() {
                                a href={ "?lang=" (other.language.tag) } lang=(other.language.tag) hreflang=(other.language.tag) { (other.language.tag) }
                            }
                        }
                    }
                }
                main #content { (content) }
            }
        }
    }
}

impl Visitor {
    /// An address of ours with its query; a language that was asked for is kept.
    pub(crate) fn link(self, path: &str, query: &[(&str, &str)]) -> String {
        let lang = self.asked.then_some(("lang", self.words.language.tag));
        let mut out = path.to_owned();
        for (n, (name, value)) in query.iter().copied().chain(lang).enumerate() {
            out.push(if n == 0 { '?' } else { '&' });
            out += &format!("{name}={}", percent(value));
        }
        out
    }

    /// The way back and on through a list or a long report; `address` gives the address of a page, from 1.
    pub(crate) fn pages(self, page: u32, pages: u32, address: impl Fn(u32) -> String) -> Markup {
        let frame = &self.words.frame;
        html! {
            @if pages > 1 {
                nav.pages {
                    @if page > 1 { a rel="prev" href=(address(page - 1)) { "← " (frame.earlier) } }
                    span { (fill(&fill(&frame.part, "part", page), "parts", pages)) }
                    @if page < pages { a rel="next" href=(address(page + 1)) { (frame.later) " →" } }
                }
            }
        }
    }
}

/// A value of a query (RFC 3986: all but the unreserved characters as bytes in hex).
fn percent(value: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    value
        .bytes()
        .map(|b| {
            if plain(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

/// Nothing is here.
pub(crate) fn absent(visitor: Visitor) -> impl IntoResponse {
    let frame = &visitor.words.frame;
    let content = html! { h1 { (frame.absent) } p { (frame.absent_note) } };
    (StatusCode::NOT_FOUND, page(visitor, &frame.absent, &content))
}

/// The ledger cannot be read.
pub(crate) fn broken(visitor: Visitor, why: &str) -> Markup {
    let frame = &visitor.words.frame;
    page(visitor, &frame.wrong, &html! { h1 { (frame.wrong) } p { (why) } })
}
