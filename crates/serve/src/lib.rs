//! The reader's pages over an archive, rendered on the server.
//!
//! Every page works without a script: what can be done is a link or a form. No HTML from outside
//! reaches a reader, only a [`news::Body`] does; nothing here fetches anything but what the picture
//! proxy asks its [`Origin`] for, and no page writes into the library: only hubs may bring
//! something, where the keeper lets them. The crate is told the time.
//!
//! Start at [`router`]; a page is one file in `pages/` and one template in `templates/`.

mod cache;
mod darkroom;
mod difference;
mod glimpse;
mod guard;
mod hub;
mod language;
mod line;
mod pages;
mod problem;
mod room;
mod signature;
mod times;
mod words;
mod workshop;

pub use pages::article::facts;
pub use signature::picture_signature;
pub use workshop::{Bytes, Making, Origin, Pictures, Refusal, Workshop};

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use room::Room;
use std::sync::Arc;

/// The names under which a library on this machine alone is asked for.
///
/// A server that listens on loopback passes them as [`Options::hosts`]: otherwise any website
/// could read the library through a name of its own that resolves to 127.0.0.1 (DNS rebinding).
pub const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// What the keeper of a library may choose about its pages.
#[derive(Clone, Debug)]
pub struct Options {
    /// The name of the library, as the masthead shows it.
    pub title: String,
    /// An IANA name (`Asia/Taipei`) or an offset (`+08:00`); UTC where there is none or it is
    /// not known.
    pub time_zone: Option<String>,
    /// The host names that are answered, without a port; empty: any. Others get 421.
    pub hosts: Vec<String>,
    /// The address under which hubs reach this library, which is open for writing; `None`: no hub
    /// does. Its host is answered below `/hub/` alone, unless `hosts` has it as well.
    pub public: Option<news::Address>,
    /// Who makes and gets pictures; `None`: they are shown as they came, and there is no proxy.
    pub pictures: Option<Pictures>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            title: "Pressmark".to_owned(),
            time_zone: None,
            hosts: Vec::new(),
            public: None,
            pictures: None,
        }
    }
}

/// Returns the pages of a library; `clock` tells the time.
pub fn router(
    archive: archive::Archive,
    options: Options,
    clock: fn() -> news::Timestamp,
) -> Router {
    let public = options.public.clone();
    let room = Arc::new(Room::new(archive, options, clock));
    let pages = pages(room.clone());
    match public {
        Some(public) => pages.merge(hub::router(room, public.host())),
        None => pages,
    }
}

fn pages(room: Arc<Room>) -> Router {
    Router::new()
        .route("/", get(pages::today::show))
        .route("/d", get(pages::days::show))
        .route("/d/{day}", get(pages::day::show))
        .route("/a/{mark}", get(pages::article::show))
        .route("/a/{mark}/{number}", get(pages::revision::show))
        .route("/a/{mark}/{number}/changes", get(pages::changes::show))
        .route("/sources", get(pages::sources::show))
        .route("/source/{name}", get(pages::source::show))
        .route("/search", get(pages::search::show))
        .route("/picture/", get(pages::proxy::show))
        .route("/picture/{digest}", get(pages::picture::show))
        .route("/picture/{digest}/{width}", get(pages::picture::show_width))
        .route("/about", get(pages::about::show))
        .route(pages::asset::stylesheet(), get(pages::asset::show_stylesheet))
        .route(pages::asset::SEAL, get(pages::asset::show_seal))
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::wrong_method)
        .layer(from_fn_with_state(room.clone(), guard::watch))
        .with_state(room)
}
