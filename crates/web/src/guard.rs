use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Sent with every answer. Nothing runs, nothing is loaded but our own style sheet, nobody frames the page, and the
/// addresses of reports are told to no other site.
const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (header::VARY, HeaderValue::from_static("Accept-Language")),
];

/// Lets only those in who ask this machine by its own name: a foreign name that was made to point here (DNS rebinding)
/// would let that name's pages read the ledger.
pub(crate) async fn guard(port: u16, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let mut response = if host.is_some_and(|host| ours(host, port)) {
        next.run(request).await
    } else {
        (StatusCode::MISDIRECTED_REQUEST, "421 Misdirected Request\n").into_response()
    };
    response.headers_mut().extend(HEADERS);
    response
}

fn ours(host: &str, port: u16) -> bool {
    let (name, said) = match host.rsplit_once(':') {
        Some((name, said)) if !said.ends_with(']') => (name, said.parse().ok()),
        _ => (host, Some(80)),
    };
    said == Some(port)
        && ["127.0.0.1", "localhost", "[::1]"]
            .iter()
            .any(|own| own.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_ours() {
        for host in ["127.0.0.1:8017", "localhost:8017", "LOCALHOST:8017", "[::1]:8017"] {
            assert!(ours(host, 8017), "{host}");
        }
        for host in [
            "127.0.0.1",
            "localhost:80",
            "evil.example:8017",
            "127.0.0.1.evil.example:8017",
            "[::1]",
            "localhost:8017x",
            "",
        ] {
            assert!(!ours(host, 8017), "{host}");
        }
        assert!(ours("localhost", 80) && ours("[::1]", 80));
    }
}
