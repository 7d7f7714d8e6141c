//! What a reader is told when there is no page to show.

use crate::pages::proxy::AsItIs;
use crate::room::Room;
use crate::words::Tongue;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::error::Error;

/// Why there is no page. It travels in the answer's extensions, and the page that says it in the
/// reader's language is made last, by [`page`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing is kept there.
    NotFound,
    /// The library can be read only.
    WrongMethod,
    /// The name that was asked for is not one of this library's.
    Misdirected,
    /// What was asked for can't be understood.
    Unclear(StatusCode),
    /// The library failed, with the reason for the log.
    Broken(String),
}

#[derive(Serialize)]
struct View {
    status: u16,
    /// The word of the table that says what happened.
    what: &'static str,
    /// The word of the table that says what to do.
    advice: &'static str,
    request: Option<u64>,
}

pub async fn not_found() -> Problem {
    Problem::NotFound
}

pub async fn wrong_method() -> Problem {
    Problem::WrongMethod
}

/// Returns the page that tells of a problem; a failure of ours is logged here, once.
pub async fn page(room: &Room, tongue: Tongue, problem: Problem) -> Response {
    let status = problem.status();
    let request = problem.reason().map(|reason| {
        let number = room.failure_number();
        tracing::error!(request = number, reason, "could not show a page");
        number
    });
    let (what, advice) = problem.words();
    let view = View { status: status.as_u16(), what, advice, request };
    match room.show_problem(tongue, &view).await {
        Ok(mut response) => {
            *response.status_mut() = status;
            response
        }
        // The page that tells of a problem is a problem itself: then the bare words must do.
        Err(_) => (status, status.canonical_reason().unwrap_or("failed")).into_response(),
    }
}

impl Problem {
    /// Returns the problem that an answer tells of, if it does.
    pub fn of(response: &Response) -> Option<Problem> {
        if response.extensions().get::<AsItIs>().is_some() {
            return None;
        }
        let status = response.status();
        let told = response.extensions().get::<Problem>().cloned();
        let failed = status.is_client_error() || status.is_server_error();
        told.or_else(|| failed.then_some(Problem::Unclear(status)))
    }

    fn status(&self) -> StatusCode {
        match self {
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Problem::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Problem::Unclear(status) => *status,
            Problem::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Problem::NotFound => ("problem_missing", "problem_missing_advice"),
            Problem::WrongMethod => ("problem_method", "problem_method_advice"),
            Problem::Misdirected => ("problem_host", "problem_host_advice"),
            Problem::Unclear(_) => ("problem_unclear", "problem_unclear_advice"),
            Problem::Broken(_) => ("problem_broken", "problem_broken_advice"),
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Problem::Broken(reason) => Some(reason),
            _ => None,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<archive::Error> for Problem {
    fn from(error: archive::Error) -> Problem {
        Problem::Broken(chain(&error))
    }
}

impl From<minijinja::Error> for Problem {
    fn from(error: minijinja::Error) -> Problem {
        Problem::Broken(chain(&error))
    }
}

/// Returns an error with all its causes in one line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
