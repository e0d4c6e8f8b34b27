//! What the pages answer, hostile reports among them.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use counterclaim_claims::Reading;
use counterclaim_ledger::{Ref, Ruling};
use counterclaim_store::Store;
use counterclaim_web::app;
use serde_json::{Value, json};
use tower::ServiceExt;

struct Answer {
    status: StatusCode,
    policy: String,
    body: String,
}

fn ledger(readings: &[Value]) -> Router {
    let mut store = Store::in_memory().unwrap();
    for reading in readings {
        store
            .add(&serde_json::from_value::<Reading>(reading.clone()).unwrap())
            .unwrap();
    }
    app(store, 8017)
}

fn ask(app: &Router, uri: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
    let mut request = Request::builder().uri(uri);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let response = app.clone().oneshot(request).await.unwrap();
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .to_owned();
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(response.headers()[header::REFERRER_POLICY], "no-referrer");
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer {
            status,
            policy,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    })
}

fn get(app: &Router, uri: &str) -> Answer {
    ask(app, uri, &[(header::HOST, "127.0.0.1:8017")])
}

fn small() -> Value {
    json!({"document": {"id": "1", "uri": "a.txt", "title": "Ganja", "published": "2020-10-04", "text": "Baku nói: không.\n\nB."},
        "claims": [
            {"id": "clm_1", "start": 0, "end": 15, "voice": "report"},
            {"id": "clm_2", "start": 10, "end": 15, "voice": "source", "stance": "denies", "source": [{"party": "AZE"}],
             "events": [{"act": "shelling", "place": [{"name": "Shusha"}], "toll": [{"harm": "killed", "who": "civilian", "min": 2, "max": null}]}]}]})
}

#[test]
fn claims_are_marked_in_the_words_and_lead_to_their_cards() {
    let page = get(&ledger(&[small()]), "/report/1");
    assert_eq!(page.status, StatusCode::OK);
    let marked = concat!(
        r##"<p dir="auto"><span id="t1"></span><a class="mark own" href="#c1">Baku nói: </a>"##,
        r##"<span id="t2"></span><a class="mark denies shared" href="#c2">không</a>"##,
        r##"<a class="note" href="#c1">1</a><a class="note" href="#c2">2</a>.</p><p dir="auto">B.</p>"##
    );
    assert!(page.body.contains(marked), "{}", page.body);
    assert!(page.body.contains(r#"<article class="claim denies" id="c2">"#));
    assert!(page.body.contains("≥2 civilians, killed"));
}

#[test]
fn hostile_words_are_escaped_everywhere() {
    let bad = "<script>alert(1)</script>\"'><img src=x onerror=y>";
    let reading = json!({"document": {"id": bad, "uri": bad, "title": bad, "outlet": bad, "language": bad, "published": bad, "text": bad},
        "claims": [{"id": bad, "start": 0, "end": 60, "voice": "source", "said": bad,
            "source": [{"party": bad, "name": bad, "text": bad}], "via": [{"name": bad}],
            "events": [{"actor": [{"party": bad}], "place": [{"name": bad}], "time": bad}]}],
        "exhibits": [{"kind": "video", "publisher": {"name": bad}, "published": bad, "start": 0, "end": 60}],
        "checks": [{"kind": bad, "says": bad, "computed": bad, "why": bad, "start": 0, "end": 9}]});
    let app = ledger(&[reading]);
    let query = "%3Cscript%3Ealert(1)%3C/script%3E%22";
    for uri in [
        "/",
        "/report/1",
        "/claims",
        &format!("/claims?claimant={query}&stance={query}&report={query}"),
        &format!("/?lang={query}"),
        &format!("/{query}"),
    ] {
        let page = get(&app, uri);
        assert!(
            !page.body.contains("<script") && !page.body.contains("<img"),
            "{uri}: {}",
            page.body
        );
        assert!(page.policy.starts_with("default-src 'none'; style-src 'self';"));
    }
}

#[test]
fn claims_are_filtered_without_a_script() {
    let app = ledger(&[small()]);
    assert!(get(&app, "/claims").body.contains("2 found"));
    let denied = get(&app, "/claims?claimant=AZE&stance=denies&voice=source&lang=vi").body;
    assert!(
        denied.contains("Có 1") && denied.contains(r#"<option value="denies" selected>bác bỏ</option>"#),
        "{denied}"
    );
    assert!(
        denied.contains(r#"href="/report/1?claim=2&amp;lang=vi#c2""#),
        "{denied}"
    );
    assert!(
        get(&app, "/claims?claimant=RUS")
            .body
            .contains("No claim is like that.")
    );
    assert!(
        get(&app, "/claims?stance=&claimant=&voice=&place=&words=")
            .body
            .contains("2 found")
    );
    // Marks on letters do not matter; what can be found nowhere is no mistake of the program.
    let found = |query: &str| get(&app, &format!("/claims?{query}")).body;
    assert!(found("words=khong").contains("2 found") && found("words=baku&place=ganja").contains("0 found"));
    assert!(found("place=Shusha").contains("1 found") && found("place=Shusha").contains(r#"value="Shusha""#));
    assert!(found("words=%22%21").contains("No claim is like that."));
}

#[test]
fn cards_tell_how_a_claim_stands_and_what_people_decided() {
    let mut store = Store::in_memory().unwrap();
    let shelling =
        json!([{"act": "shelling", "actor": [{"party": "AZE"}], "place": [{"name": "Shusha"}], "time": "2020-10-04"}]);
    let by = |party: &str, stance: &str, n: usize| {
        json!({"id": format!("clm_{n}"), "start": n, "end": n + 1, "voice": "source", "stance": stance,
            "source": [{"party": party, "text": party}], "events": shelling})
    };
    let reading = json!({"document": {"id": "1", "uri": "a.txt", "published": "2020-10-05", "text": "abcd"},
        "claims": [by("ARM", "accuses", 0), by("AZE", "denies", 1)]});
    store.add(&serde_json::from_value(reading).unwrap()).unwrap();
    let (about, reason) = (Ref::claim("1", "clm_0"), "read <b>against</b> the text");
    store.decide("Ada", reason, about, Ruling::Accept).unwrap();
    let app = app(store, 8017);
    let denied = r##"<p class="standing"><span>denied</span> · Denial: <a href="/report/1?claim=2#c2"><bdi>AZE (AZE)</bdi></a></p>"##;
    for uri in ["/report/1", "/claims?claimant=ARM"] {
        let body = get(&app, uri).body;
        assert!(body.contains(denied), "{body}");
        assert!(
            body.contains(r#"<p class="decision"><span>accepted by</span> <bdi>Ada</bdi> <time"#),
            "{body}"
        );
        assert!(body.contains("read &lt;b&gt;against&lt;/b&gt; the text"), "{body}");
    }
    assert!(get(&app, "/report/1?lang=vi").body.contains("bị bác bỏ"));
}

#[test]
fn only_this_machines_own_names_are_answered() {
    let app = ledger(&[small()]);
    for host in ["localhost:8017", "[::1]:8017"] {
        assert_eq!(ask(&app, "/", &[(header::HOST, host)]).status, StatusCode::OK);
    }
    for headers in [
        &[][..],
        &[(header::HOST, "rebound.example:8017")],
        &[(header::HOST, "127.0.0.1:80")],
    ] {
        let answer = ask(&app, "/report/1", headers);
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
        assert!(!answer.body.contains("Baku") && answer.policy.contains("frame-ancestors 'none'"));
    }
}

#[test]
fn what_is_not_there_is_told() {
    let app = ledger(&[]);
    assert!(get(&app, "/").body.contains("There are no reports in this ledger yet."));
    for uri in ["/report/1", "/report/x", "/nothing", "/report/99999999999999999999"] {
        assert_eq!(get(&app, uri).status, StatusCode::NOT_FOUND, "{uri}");
    }
    assert_eq!(get(&app, "/?page=-1").status, StatusCode::OK);
    assert_eq!(get(&app, "/claims?page=99999").status, StatusCode::OK);
}

#[test]
fn the_language_follows_the_visitor() {
    let app = ledger(&[small()]);
    let host = (header::HOST, "127.0.0.1:8017");
    let vietnamese = ask(&app, "/", &[host.clone(), (header::ACCEPT_LANGUAGE, "vi,en;q=0.5")]).body;
    assert!(vietnamese.contains(r#"<html lang="vi">"#) && vietnamese.contains("Bản tin"));
    let asked = ask(&app, "/?lang=en", &[host, (header::ACCEPT_LANGUAGE, "vi")]).body;
    assert!(asked.contains(r#"<html lang="en">"#) && asked.contains(r#"href="/report/1?lang=en""#));
}

#[test]
fn lists_and_long_reports_come_in_pages() {
    let many: Vec<Value> = (0..120)
        .map(|n| json!({"document": {"id": format!("{n}"), "uri": format!("{n}.txt"), "text": "x"}, "claims": [{"id": "c", "start": 0, "end": 1}]}))
        .collect();
    let app = ledger(&many);
    let second = get(&app, "/?page=2").body;
    assert_eq!(second.matches("<li>").count(), 50);
    assert!(
        second.contains("2 of 3") && second.contains(r#"href="/?page=3""#),
        "{second}"
    );
    assert_eq!(get(&app, "/claims?page=3").body.matches("<article").count(), 20);

    let text = "word ".repeat(1000) + "\n";
    let long = json!({"document": {"id": "l", "uri": "l", "text": text.repeat(30)}, "claims": [{"id": "c", "start": 100_020, "end": 100_024}]});
    let app = ledger(&[long]);
    let body = get(&app, "/report/1").body;
    assert!(body.len() < 60_000 && body.contains("1 of 8") && !body.contains("<article"));
    let part = get(&app, "/report/1?claim=1").body;
    assert!(
        part.contains(r##"<a class="mark own" href="#c1">word</a>"##) && part.contains("6 of 8"),
        "{part}"
    );
}

#[test]
fn the_style_sheet_is_served() {
    let style = get(&ledger(&[]), "/style.css");
    assert!(style.status == StatusCode::OK && style.body.contains("prefers-color-scheme: dark"));
}

#[test]
fn the_round_up_is_told_and_hostile_words_stay_words() {
    let denied = json!({"act": "shelling", "actor": [{"party": "ARM"}], "place": [{"name": "Ganja"}]});
    let claims = json!([
        {"id": "clm_1", "start": 0, "end": 9, "voice": "source", "stance": "accuses", "source": [{"party": "AZE"}], "events": [denied]},
        {"id": "clm_2", "start": 10, "end": 19, "voice": "source", "stance": "denies", "source": [{"party": "ARM"}], "events": [denied]}]);
    let hostile = json!({"document": {"id": "h", "uri": "h", "text": "<b>x</b>; <i>y</i>;"}, "claims": claims});
    let app = ledger(&[hostile]);
    let body = get(&app, "/round-up?lang=en").body;
    assert!(
        body.contains("What is denied or disputed") && body.contains("&lt;b&gt;x&lt;/b&gt;") && !body.contains("<b>"),
        "{body}"
    );
    assert_eq!(body.matches("<code>clm_2</code>").count(), 2, "{body}");
    let elsewhere = get(&app, "/round-up?lang=en&place=Barda&period=nonsense").body;
    assert!(
        elsewhere.contains("value=\"Barda\"") && !elsewhere.contains("clm_1"),
        "{elsewhere}"
    );
}
