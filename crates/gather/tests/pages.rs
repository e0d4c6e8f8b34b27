//! Saved pages: what is their text and what is not, and what they tell of themselves. All of them are made up.

use counterclaim_gather::{Document, Source};

fn page(bytes: impl Into<Vec<u8>>) -> Document {
    let mut found = Source::from_reader("page.html", std::io::Cursor::new(bytes.into()), None).documents();
    found.next().unwrap().unwrap()
}

const BODY: &str = r#"<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<header><h1>Ministry denies shelling of the border town</h1><span class="byline">By a correspondent</span></header>
<article>
<p class="standfirst">The ministry of defence says that its guns were silent all night and that the other side fired at its own people.</p>
<figure><img src="a.jpg"><figcaption>A burnt house in the town on Monday. <span class="photo-credit">Photo: Border Agency</span></figcaption></figure>
<p>The ministry of defence denied on Monday that its artillery had shelled the border town, and said that no order to fire had been given.</p>
<p>The governor of the province said that <b>at least four</b> people had been killed, two of them children, and that a school was hit.</p>
<p>Neither claim could be verified. Observers have asked both sides to let them into the town, and have had no answer so far from either.</p>
<script>var x = "no text";</script>
</article>
<aside><h3>Most read</h3><a href="/1">Ten places to see in autumn</a><a href="/2">What the weather will be like</a></aside>
<footer><p>Copyright. All rights reserved. Contact us at the address below.</p></footer>
</body>"#;

#[test]
fn a_page_gives_its_article_without_what_frames_it() {
    let page = page(format!(
        "<!doctype html><html lang=\"en\"><head><title>Ministry denies shelling of the border town | Border Post</title></head>{BODY}</html>"
    ));
    assert!(
        page.text.contains("The ministry of defence denied on Monday"),
        "{}",
        page.text
    );
    assert!(
        page.text.contains("said that at least four people had been killed"),
        "{}",
        page.text
    );
    for frame in ["Sport", "Ten places", "Copyright", "no text", "A burnt house", "Photo:"] {
        assert!(!page.text.contains(frame), "{frame}: {}", page.text);
    }
    assert_eq!(page.text.lines().count(), 4, "{}", page.text);
    assert_eq!(
        page.title.as_deref(),
        Some("Ministry denies shelling of the border town")
    );
    assert_eq!(page.about.language.as_deref(), Some("en"));
    assert_eq!(page.about.captions, ["A burnt house in the town on Monday."]);
    assert_eq!(page.about.credits, ["Photo: Border Agency"]);
}

#[test]
fn json_ld_tells_who_and_when() {
    let head = r#"<head><meta charset="utf-8"><link rel="canonical" href="https://post.example/a">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
{"@type":["https://schema.org/NewsArticle"],"headline":"Ministry denies shelling","datePublished":"2020-10-05T23:30:00+07:00","dateModified":"2020-10-06T08:00:00+07:00",
"author":[{"@type":"Person","name":"Desk One"},{"name":"Desk Two"}],"publisher":{"@type":"Organization","name":"Border Post"},"inLanguage":"en-GB"}]}</script></head>"#;
    let page = page(format!("<html>{head}{BODY}</html>"));
    assert_eq!(page.published.as_deref(), Some("2020-10-05"));
    assert_eq!(page.about.modified.as_deref(), Some("2020-10-06"));
    assert_eq!(page.outlet.as_deref(), Some("Border Post"));
    assert_eq!(page.about.author.as_deref(), Some("Desk One, Desk Two"));
    assert_eq!(page.about.address.as_deref(), Some("https://post.example/a"));
    assert_eq!(
        (page.title.as_deref(), page.about.language.as_deref()),
        (Some("Ministry denies shelling"), Some("en-GB"))
    );
    assert_eq!(page.uri, "page.html");
}

#[test]
fn open_graph_and_microdata_tell_it_too() {
    let open_graph = r#"<head><title>x</title><meta property="og:title" content="Ministry denies &amp;quot;shelling&amp;quot;"><meta property="og:site_name" content="Border Post">
<meta property="article:published_time" content="2020-10-05T01:00:00Z"><meta name="author" content="Desk"><meta property="og:url" content="https://post.example/b"></head>"#;
    let found = page(format!("<html>{open_graph}{BODY}</html>"));
    assert_eq!(found.title.as_deref(), Some("Ministry denies \"shelling\""));
    assert_eq!(
        (found.outlet.as_deref(), found.published.as_deref()),
        (Some("Border Post"), Some("2020-10-05"))
    );
    assert_eq!(
        (found.about.author.as_deref(), found.about.address.as_deref()),
        (Some("Desk"), Some("https://post.example/b"))
    );
    let marked = BODY.replace("<article>", "<article itemscope itemtype=\"https://schema.org/NewsArticle\"><meta itemprop=\"datePublished\" content=\"2020-10-07\">");
    assert_eq!(
        page(format!("<html>{marked}</html>")).published.as_deref(),
        Some("2020-10-07")
    );
    let timed = BODY.replace(
        "<article>",
        "<article><time datetime=\"2020-10-08 10:00\">yesterday</time>",
    );
    assert_eq!(
        page(format!("<html>{timed}</html>")).published.as_deref(),
        Some("2020-10-08")
    );
}

#[test]
fn a_standfirst_outside_the_article_is_put_before_it() {
    let lead = "The ministry of defence says that its guns were silent all night and that the other side fired at its own people.";
    let body = BODY.replace(&format!("<p class=\"standfirst\">{lead}</p>"), "");
    let body = body.replace("</h1>", &format!("</h1><h2 class=\"sapo\">{lead}</h2>"));
    let head = format!("<head><meta name=\"description\" content=\"{lead}\"></head>");
    let found = page(format!("<html>{head}{body}</html>"));
    assert!(found.text.starts_with(lead), "{}", found.text);
    assert_eq!(found.text.matches("its guns were silent").count(), 1);
}

#[test]
fn a_page_is_read_in_the_encoding_it_is_in() {
    let text =
        "Bộ Quốc phòng bác bỏ cáo buộc rằng pháo binh của họ đã bắn vào thị trấn, và nói không có lệnh nào như vậy.";
    let html =
        format!("<html><head><meta charset=\"windows-1258\"></head><body><p>{text}</p><p>{text}</p></body></html>");
    assert!(page(html.clone()).text.contains(text), "UTF-8 that lies");
    // Of windows-1252, with references for what it lacks: so were Vietnamese pages written for years.
    let bytes: Vec<u8> = html
        .chars()
        .flat_map(|c| {
            if (c as u32) < 0x100 {
                vec![c as u8]
            } else {
                format!("&#{};", c as u32).into_bytes()
            }
        })
        .collect();
    let found = page(bytes);
    assert!(found.text.contains(text), "{}", found.text);
    assert_eq!(found.about.charset, Some("windows-1252"));
}

#[test]
fn a_page_without_an_article_gives_what_it_has() {
    let found = page(
        "<html><body><div>Two soldiers were killed, the army said.</div><ul><li>One in the north</li><li>One in the south</li></ul></body></html>",
    );
    assert_eq!(
        found.text,
        "Two soldiers were killed, the army said.\nOne in the north\nOne in the south"
    );
}

#[test]
fn boxes_beside_the_article_are_left_out_and_the_day_is_found_beside_the_headline() {
    let body = BODY
        .replace("<article>", "<div class=\"breadcrumb\"><a href=\"/world\">World</a></div><p class=\"time-now\">1/1/2024</p><p class=\"date\">5/10/2020, 08:30 (GMT+7)</p><article>")
        .replace("<script>", "<ul class=\"list-news\"><li><a href=\"/b\">Governor asks for help after the shelling of a school</a></li></ul><div class=\"boxRelated\"><p>Another article begins with this sentence, which is long enough to be taken for text.</p></div><script>")
        .replace("</article>", "</article><div id=\"box_comment\"><p>A reader wishes that both sides would stop firing at once, and says so at length here.</p></div>");
    let found = page(format!(
        "<html><head><title>Ministry denies shelling of the border town - Border Post</title></head>{body}</html>"
    ));
    for beside in ["World", "2020", "2024", "Governor asks", "Another article", "A reader"] {
        assert!(!found.text.contains(beside), "{beside}: {}", found.text);
    }
    assert!(
        found.text.contains("Neither claim could be verified."),
        "{}",
        found.text
    );
    assert_eq!(
        (found.published.as_deref(), found.outlet.as_deref()),
        (Some("2020-10-05"), Some("Border Post"))
    );
}
