use counterclaim_brief::Language;
use serde::Deserialize;
use std::sync::LazyLock;

/// The words of the pages in one language: `languages/*/web.toml`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Frame {
    pub(crate) reports: String,
    pub(crate) claims: String,
    pub(crate) roundup: String,
    pub(crate) party: String,
    pub(crate) place: String,
    pub(crate) period: String,
    pub(crate) words: String,
    pub(crate) latest: String,
    pub(crate) skip: String,
    pub(crate) no_reports: String,
    pub(crate) no_claims: String,
    pub(crate) claimed_in: String,
    pub(crate) report_count: String,
    pub(crate) text: String,
    pub(crate) text_note: String,
    pub(crate) claimant: String,
    pub(crate) stance: String,
    pub(crate) voice: String,
    pub(crate) any: String,
    pub(crate) show: String,
    pub(crate) found: String,
    pub(crate) own_voice: String,
    pub(crate) nobody: String,
    pub(crate) via: String,
    pub(crate) and: String,
    pub(crate) said: String,
    pub(crate) background: String,
    pub(crate) offered: String,
    pub(crate) not: String,
    pub(crate) repairs: String,
    pub(crate) check: String,
    pub(crate) exhibits: String,
    pub(crate) earlier: String,
    pub(crate) later: String,
    pub(crate) part: String,
    pub(crate) more: String,
    pub(crate) absent: String,
    pub(crate) absent_note: String,
    pub(crate) wrong: String,
}

/// All that the pages say themselves in one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) language: &'static Language,
    pub(crate) frame: Frame,
}

static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let files = [
        ("en", include_str!("../../../languages/en/web.toml")),
        ("vi", include_str!("../../../languages/vi/web.toml")),
    ];
    files
        .into_iter()
        .map(|(tag, file)| Words {
            language: Language::of_tag(tag).expect("the round-up knows every language of the pages"),
            frame: toml::from_str(file).expect("a test reads languages/*/web.toml"),
        })
        .collect()
});

impl Words {
    /// All languages; the first is the one for want of a better.
    pub(crate) fn all() -> &'static [Words] {
        &ALL
    }

    pub(crate) fn of_tag(tag: &str) -> Option<&'static Words> {
        let language = Language::of_tag(tag)?;
        ALL.iter().find(|words| words.language.tag == language.tag)
    }

    /// The best of what an `Accept-Language` header asks for (RFC 9110, 12.5.4).
    pub(crate) fn accepted(header: &str) -> &'static Words {
        let mut best: Option<(f32, &'static Words)> = None;
        for part in header.split(',').take(20) {
            let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
            let weight = weight
                .trim()
                .strip_prefix("q=")
                .and_then(|q| q.parse().ok())
                .unwrap_or(0.0);
            if let Some(words) = Words::of_tag(tag.trim())
                && weight > best.map_or(0.0, |(most, _)| most)
            {
                best = Some((weight, words));
            }
        }
        best.map_or(&ALL[0], |(_, words)| words)
    }
}

/// Fills a template's one place.
pub(crate) fn fill(template: &str, name: &str, value: impl std::fmt::Display) -> String {
    template.replace(&format!("{{{name}}}"), &value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_accepted_language_is_taken() {
        let tag = |header| Words::accepted(header).language.tag;
        assert_eq!(tag("fr, vi-VN;q=0.8, en;q=0.5"), "vi");
        assert_eq!(tag("en-GB"), "en");
        assert_eq!(tag("fr"), "en");
        assert_eq!(tag("vi;q=0, en;q=x"), "en");
        assert_eq!(tag(""), "en");
        assert_eq!(Words::all().len(), 2);
    }
}
