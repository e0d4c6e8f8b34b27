//! What a page tells of itself in its head: JSON-LD of schema.org, Open Graph, the metas of Dublin Core and of analytics, microdata.

use crate::document::some;
use dom_query::{Document as Tree, NodeRef};
use serde_json::Value;

#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) address: Option<String>,
    pub(super) language: Option<String>,
    description: Option<String>,
}

/// Names of `meta` elements by what they tell, the more trusted first.
const TITLE: &[&str] = &[
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "title",
];
const OUTLET: &[&str] = &[
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
];
const AUTHOR: &[&str] = &[
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dcterms.created",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "date",
    "pdate",
    "ptime",
    "its_publication",
    "cxenseparse:recs:publishtime",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "revised",
];
const DESCRIPTION: &[&str] = &["og:description", "description", "twitter:description", "dc.description"];

/// Kinds of schema.org that are a report.
fn is_report(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("Posting") || kind.ends_with("Report") || kind.ends_with("Analysis")
}

impl Meta {
    pub(super) fn of(tree: &Tree) -> Meta {
        let mut meta = Meta::default();
        meta.linked_data(tree);
        meta.metas(tree);
        meta.microdata(tree);
        let of = |selector: &str, attribute: &str| {
            tree.select_single(selector)
                .attr(attribute)
                .and_then(|value| some(&*value))
        };
        fill(&mut meta.address, || of("link[rel=canonical]", "href"));
        meta.address = meta.address.take().filter(|address| address.starts_with("http"));
        fill(&mut meta.published, || {
            of(
                "article time[datetime], time[pubdate], header time[datetime]",
                "datetime",
            )
        });
        fill(&mut meta.language, || of("html", "lang"));
        meta.language =
            meta.language.take().map(|tag| tag.replace('_', "-")).filter(|tag| {
                (2..=12).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            });
        let heads = tree.select("h1");
        let only = heads
            .nodes()
            .first()
            .filter(|_| heads.length() == 1)
            .and_then(|head| some(&*head.text()));
        meta.settle_title(
            only,
            tree.select_single("title")
                .nodes()
                .first()
                .and_then(|title| some(&*title.text())),
        );
        meta
    }

    /// Of the title in the head, the part that the page shows as its headline; a site's name at its end is none of it.
    fn settle_title(&mut self, headline: Option<String>, title: Option<String>) {
        if let (None, Some(headline), Some(title)) = (&self.outlet, self.title.as_ref().or(headline.as_ref()), &title) {
            let tail = title.strip_prefix(headline.as_str()).map(str::trim_start);
            let name = tail.and_then(|tail| tail.strip_prefix(['|', '-', '–', '—', ':', '«', '•']));
            self.outlet = name.and_then(some).filter(|name| name.chars().count() <= 40);
        }
        let told = self.title.take().or(title);
        self.title = match (told, headline) {
            (Some(told), Some(headline)) if told.starts_with(&headline) => Some(headline),
            (Some(told), _) => Some(self.without_outlet(told)),
            (None, headline) => headline,
        };
    }

    fn without_outlet(&self, title: String) -> String {
        let cut = [" | ", " - ", " – ", " — ", " :: "].iter().find_map(|sign| {
            let (head, tail) = title.rsplit_once(sign)?;
            let outlet = self.outlet.as_deref().is_some_and(|outlet| {
                let (outlet, tail) = (outlet.to_lowercase(), tail.to_lowercase());
                outlet.contains(&tail) || tail.contains(&outlet)
            });
            (outlet || *sign == " | ").then(|| head.to_owned())
        });
        cut.unwrap_or(title)
    }

    /// The page's summary where the page itself shows it as a paragraph: a standfirst, which readability leaves out.
    pub(super) fn lead(&self, tree: &Tree) -> Option<String> {
        let told = self
            .description
            .as_deref()
            .filter(|words| words.chars().count() >= 60)?;
        let begin: String = told.trim_end_matches(['.', '…']).chars().take(50).collect();
        let shown = tree.select("p, h2, h3, div, strong, span");
        let shows = |node: &&NodeRef<'_>| {
            let words = node.text();
            words.len() < 2_000
                && words.contains(&begin[..begin.char_indices().nth(20).map_or(begin.len(), |(at, _)| at)])
        };
        let found = shown
            .nodes()
            .iter()
            .filter(shows)
            .filter_map(|node| some(&*node.text()));
        found
            .filter(|words| words.contains(&begin) && words.chars().count() <= told.chars().count() + 150)
            .min_by_key(String::len)
    }

    fn linked_data(&mut self, tree: &Tree) {
        let scripts = tree.select("script[type=\"application/ld+json\"]");
        for script in scripts.nodes() {
            let words = script.text();
            let words = words.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
            // The library's bound on nesting keeps the stack; what is no JSON tells nothing.
            let Ok(value) = serde_json::from_str::<Value>(words) else {
                continue;
            };
            let mut todo = vec![&value];
            while let Some(value) = todo.pop() {
                match value {
                    Value::Array(list) => todo.extend(list.iter().rev()),
                    Value::Object(fields) => {
                        if names(fields.get("@type")).iter().any(|kind| is_report(kind)) {
                            self.report(value);
                        }
                        todo.extend(fields.get("@graph").into_iter().chain(fields.get("mainEntity")));
                    }
                    _ => {}
                }
            }
        }
    }

    fn report(&mut self, value: &Value) {
        let text = |name: &str| value.get(name).and_then(Value::as_str).and_then(some);
        fill(&mut self.title, || text("headline").map(plain));
        fill(&mut self.published, || {
            text("datePublished").or_else(|| text("dateCreated"))
        });
        fill(&mut self.modified, || text("dateModified"));
        fill(&mut self.language, || text("inLanguage"));
        fill(&mut self.description, || text("description").map(plain));
        fill(&mut self.outlet, || people(value.get("publisher")).into_iter().next());
        fill(&mut self.author, || {
            let names = people(value.get("author"));
            (!names.is_empty()).then(|| names.join(", "))
        });
        let own = value.get("mainEntityOfPage");
        let own = own.and_then(|own| own.as_str().or_else(|| own.get("@id").and_then(Value::as_str)));
        fill(&mut self.address, || {
            own.and_then(some)
                .filter(|own| own.starts_with("http"))
                .or_else(|| text("url"))
        });
    }

    fn metas(&mut self, tree: &Tree) {
        let mut metas: Vec<(String, String)> = Vec::new();
        for node in tree.select("meta[content]").nodes() {
            let name = ["property", "name", "itemprop", "http-equiv"]
                .iter()
                .find_map(|key| node.attr(key));
            if let (Some(name), Some(content)) = (name, node.attr("content").and_then(|content| some(&*content))) {
                metas.push((name.to_ascii_lowercase(), content));
            }
        }
        let of = |names: &[&str]| {
            names.iter().find_map(|name| {
                metas
                    .iter()
                    .find(|(own, _)| own == name)
                    .map(|(_, content)| content.clone())
            })
        };
        fill(&mut self.title, || of(TITLE).map(plain));
        fill(&mut self.outlet, || of(OUTLET));
        // Open Graph wants an address there, which names nobody.
        fill(&mut self.author, || {
            of(AUTHOR).filter(|author| !author.starts_with("http"))
        });
        fill(&mut self.published, || of(PUBLISHED));
        fill(&mut self.modified, || of(MODIFIED));
        fill(&mut self.address, || of(&["og:url"]));
        fill(&mut self.description, || of(DESCRIPTION).map(plain));
        fill(&mut self.language, || {
            of(&["content-language", "dc.language", "og:locale"])
        });
    }

    fn microdata(&mut self, tree: &Tree) {
        let of = |name: &str| {
            let found = tree.select(&format!("[itemprop~=\"{name}\"]"));
            let node = found.nodes().first()?;
            let value = ["content", "datetime"].iter().find_map(|key| node.attr(key));
            value.and_then(|value| some(&*value)).or_else(|| some(&*node.text()))
        };
        fill(&mut self.title, || of("headline"));
        fill(&mut self.published, || of("datePublished"));
        fill(&mut self.modified, || of("dateModified"));
        fill(&mut self.author, || {
            of("author").filter(|author| author.chars().count() < 100 && !author.starts_with("http"))
        });
    }
}

fn fill(slot: &mut Option<String>, with: impl FnOnce() -> Option<String>) {
    if slot.is_none() {
        *slot = with();
    }
}

/// Titles carry references twice over.
fn plain(words: String) -> String {
    if words.contains('&') {
        some(Tree::fragment(words.as_str()).root().text()).unwrap_or_default()
    } else {
        words
    }
}

/// Names of people and houses, not their addresses.
fn people(value: Option<&Value>) -> Vec<String> {
    let mut names = names(value);
    names.retain(|name| !name.starts_with("http"));
    names
}

/// A name, or the names of a list or of things that have one.
fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(name)) => some(name).into_iter().collect(),
        Some(Value::Array(list)) => list.iter().flat_map(|value| names(Some(value))).collect(),
        Some(Value::Object(fields)) => fields.get("name").map(|name| names(Some(name))).unwrap_or_default(),
        _ => Vec::new(),
    }
}
