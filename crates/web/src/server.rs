use crate::known::Known;
use crate::words::Words;
use crate::{claims, guard, page, report, reports, roundup};
use axum::Router;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use counterclaim_store::{Error, Store};
use serde::Deserialize;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;

/// What the handlers share.
#[derive(Clone)]
pub(crate) struct Ledger {
    store: Arc<Mutex<Store>>,
    known: Arc<Mutex<Option<OfLeaves>>>,
}

/// What was made of the latest reports when the log had so many leaves.
type OfLeaves = (u64, Arc<Known>);

impl Ledger {
    fn of(store: Store) -> Ledger {
        Ledger {
            store: Arc::new(Mutex::new(store)),
            known: Arc::default(),
        }
    }

    /// Asks the store. A handler that panicked has left it as it was: it only reads.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&Store) -> T) -> T {
        question(&self.store.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is made of the latest reports. All that is done to a ledger adds a leaf to its log: as long as there are as many as
    /// before, it is what it was.
    pub(crate) fn known(&self) -> Result<Arc<Known>, Error> {
        let mut kept = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let leaves = self.ask(Store::leaves)?;
        if let Some((of, known)) = &*kept
            && *of == leaves
        {
            return Ok(Arc::clone(known));
        }
        let known = Arc::new(self.ask(Known::of)?);
        *kept = Some((leaves, Arc::clone(&known)));
        Ok(known)
    }
}

/// Which words a visitor gets, and whether they asked for that language themselves.
#[derive(Clone, Copy)]
pub(crate) struct Visitor {
    pub(crate) words: &'static Words,
    pub(crate) asked: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        #[derive(Deserialize)]
        struct Lang {
            lang: Option<String>,
        }
        let query = Query::<Lang>::try_from_uri(&parts.uri)
            .ok()
            .and_then(|Query(lang)| lang.lang);
        let asked = query.as_deref().and_then(Words::of_tag);
        let accepted = parts
            .headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let words = asked.unwrap_or_else(|| Words::accepted(accepted.unwrap_or_default()));
        Ok(Visitor {
            words,
            asked: asked.is_some(),
        })
    }
}

/// The pages of a ledger, to be reached at that port of this machine.
pub fn app(store: Store, port: u16) -> Router {
    Router::new()
        .route("/", get(reports::page))
        .route("/report/{number}", get(report::page))
        .route("/claims", get(claims::page))
        .route("/round-up", get(roundup::page))
        .route("/style.css", get(style))
        .fallback(|visitor: Visitor| async move { page::absent(visitor) })
        .with_state(Ledger::of(store))
        .layer(axum::middleware::from_fn(move |request, next| {
            guard::guard(port, request, next)
        }))
}

/// Serves a ledger at 127.0.0.1 until the program is told to stop. `started` is given the address.
///
/// # Errors
/// When the port is taken, or the system will not serve.
pub fn serve(store: Store, port: u16, started: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        started(address);
        let stop = async {
            // Without a signal to wait for, the program runs until it is killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, app(store, address.port()))
            .with_graceful_shutdown(stop)
            .await
    })
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("../static/style.css"),
    )
}

/// What a page gives: itself, or why there is none.
pub(crate) enum Failure {
    /// There is nothing of that number.
    Absent(Visitor),
    /// The ledger cannot be read.
    Broken(Visitor, Error),
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Failure::Absent(visitor) => page::absent(visitor).into_response(),
            Failure::Broken(visitor, error) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                page::broken(visitor, &error.to_string()),
            )
                .into_response(),
        }
    }
}
