//! `/hub/TOKEN`: where a hub asks whether it was really we who asked, and brings what is new
//! (WebSub, W3C Recommendation of January 2018; hubs of PubSubHubbub 0.4 speak the same).
//!
//! It is the one place of this crate that writes, and is there only where [`Options::public`] is
//! told: see [`router`]. No answer is a page; whoever doesn't know a token learns nothing.
//!
//! [`Options::public`]: crate::Options::public

mod lease;
mod signature;

use crate::guard;
use crate::room::Room;
use archive::{Push, Subscription, SubscriptionState};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The largest document that a hub may bring, in bytes: as large as a listing may be.
const PUSH_BYTES_MAX: usize = 16 * 1024 * 1024;

/// How many documents are received at once; others wait.
const PUSHES_AT_ONCE: usize = 4;

/// How long a document may take to arrive.
const PUSH_TIME_MAX: Duration = Duration::from_secs(30);

/// The longest word that a hub may want to hear again, in bytes.
const CHALLENGE_BYTES_MAX: usize = 1024;

/// The longest media type that is kept, in bytes.
const MEDIA_TYPE_BYTES_MAX: usize = 256;

/// Why nothing comes of a request.
type Refusal = StatusCode;

/// The library's door for hubs.
struct Gate {
    room: Arc<Room>,
    /// The names under which it may be asked for, in lower case; empty: any.
    hosts: Vec<String>,
    pushes: Semaphore,
}

/// Returns the door; `name` is the one that hubs know this library by.
pub fn router(room: Arc<Room>, name: &str) -> Router {
    let mut hosts = room.hosts.clone();
    if !hosts.is_empty() {
        hosts.push(name.to_ascii_lowercase());
    }
    let gate = Arc::new(Gate { room, hosts, pushes: Semaphore::new(PUSHES_AT_ONCE) });
    Router::new()
        .route("/hub/{token}", get(answer).post(receive))
        .route_layer(from_fn_with_state(gate.clone(), watch))
        .with_state(gate)
}

async fn watch(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let mut response = match guard::hosts_agree(&gate.hosts, &request) {
        true => next.run(request).await,
        false => StatusCode::MISDIRECTED_REQUEST.into_response(),
    };
    guard::dress(&mut response);
    response
}

/// What a hub asks or tells.
#[derive(Deserialize)]
struct Said {
    #[serde(rename = "hub.mode")]
    mode: String,
    #[serde(rename = "hub.topic")]
    topic: String,
    #[serde(rename = "hub.challenge")]
    challenge: Option<String>,
    #[serde(rename = "hub.lease_seconds")]
    lease_seconds: Option<String>,
    #[serde(rename = "hub.reason")]
    reason: Option<String>,
}

/// Answers a hub that wants to know whether it was we who asked (§5.3), or hears that it refuses
/// (§5.2).
async fn answer(
    State(gate): State<Arc<Gate>>,
    Path(token): Path<String>,
    said: Result<Query<Said>, QueryRejection>,
) -> Result<Response, Refusal> {
    let subscription = gate.find(&token).await?;
    let Query(said) = said.map_err(|_| StatusCode::NOT_FOUND)?;
    if said.topic != subscription.topic {
        return Err(StatusCode::NOT_FOUND);
    }
    let ended = subscription.state == SubscriptionState::Ended;
    let refused = subscription.state == SubscriptionState::Refused;
    match said.mode.as_str() {
        "subscribe" if !ended && !refused => gate.agree(&subscription, &said).await,
        "unsubscribe" if ended => gate.let_go(&subscription, &said).await,
        "denied" if !ended => gate.hear_refusal(&subscription, &said).await,
        _ => Err(StatusCode::NOT_FOUND),
    }
}

/// Takes what a hub brings (§7); a wrong signature is heard out and ignored, as the hub is not to
/// learn from us how close a guess came.
async fn receive(
    State(gate): State<Arc<Gate>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refusal> {
    let subscription = gate.find(&token).await?;
    let Subscription { state, wanted, .. } = subscription;
    if !wanted || matches!(state, SubscriptionState::Ended | SubscriptionState::Refused) {
        return Err(StatusCode::GONE);
    }
    let body = gate.receive(body).await?;
    if !signature::is_right(&headers, &subscription.secret, &body) {
        tracing::info!(hub = %subscription.hub, "ignored a push that is not signed as it should be");
        return Ok(StatusCode::ACCEPTED);
    }
    let (at, content_type) = (gate.room.now(), media_type(&headers));
    let push = Push { subscription, at, content_type, body: body.into() };
    gate.room.archive.keep_push(push).await.map_err(broken)?;
    Ok(StatusCode::ACCEPTED)
}

impl Gate {
    /// Finds a subscription; what doesn't look like a token is not even looked up.
    async fn find(&self, token: &str) -> Result<Subscription, Refusal> {
        if token.len() > 128 || !token.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(StatusCode::NOT_FOUND);
        }
        let found = self.room.archive.find_subscription(token).await.map_err(broken)?;
        found.ok_or(StatusCode::NOT_FOUND)
    }

    async fn agree(&self, subscription: &Subscription, said: &Said) -> Result<Response, Refusal> {
        let word = challenge(said)?;
        let lease = lease::read(said.lease_seconds.as_deref(), self.room.now());
        let held = self.room.archive.hold_subscription(subscription.id, lease.until, lease.renew);
        held.await.map_err(broken)?;
        Ok(word)
    }

    async fn let_go(&self, subscription: &Subscription, said: &Said) -> Result<Response, Refusal> {
        let word = challenge(said)?;
        let due = lease::remembered(self.room.now());
        let let_go = self.room.archive.let_subscription_go(subscription.id, due);
        let_go.await.map_err(broken)?;
        Ok(word)
    }

    async fn hear_refusal(
        &self,
        subscription: &Subscription,
        said: &Said,
    ) -> Result<Response, Refusal> {
        let why = match said.reason.as_deref().map(str::trim) {
            None | Some("") => "the hub refuses without a reason".to_owned(),
            Some(reason) => format!("the hub refuses: {}", tame(reason)),
        };
        let now = self.room.now();
        let refused = self.room.archive.refuse_subscription(subscription.id, &why, now);
        refused.await.map_err(broken)?;
        Ok(StatusCode::OK.into_response())
    }

    /// Receives a document within its limits.
    async fn receive(&self, body: Body) -> Result<Bytes, Refusal> {
        let received = async {
            let _place =
                self.pushes.acquire().await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
            to_bytes(body, PUSH_BYTES_MAX).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)
        };
        let in_time = tokio::time::timeout(PUSH_TIME_MAX, received).await;
        in_time.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
    }
}

/// Returns the word that the hub wants to hear again, as plain text and nothing else.
fn challenge(said: &Said) -> Result<Response, Refusal> {
    let word = said.challenge.clone().unwrap_or_default();
    if word.is_empty() || word.len() > CHALLENGE_BYTES_MAX {
        return Err(StatusCode::NOT_FOUND);
    }
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], word).into_response())
}

fn media_type(headers: &HeaderMap) -> String {
    let told = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let told = if told.len() > MEDIA_TYPE_BYTES_MAX { "" } else { told.trim() };
    if told.is_empty() { "application/octet-stream".to_owned() } else { told.to_owned() }
}

/// Returns a stranger's words fit to stand on a terminal.
fn tame(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn broken(error: archive::Error) -> Refusal {
    tracing::error!(%error, "could not answer a hub");
    StatusCode::INTERNAL_SERVER_ERROR
}
