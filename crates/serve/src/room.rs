//! The reading room: what every page needs.

use crate::Options;
use crate::darkroom::Darkroom;
use crate::language::{Tag, tag};
use crate::pages::asset;
use crate::problem::Problem;
use crate::times::{Hours, When};
use crate::words::{Tongue, templates};
use archive::health::{self, State};
use archive::{Archive, Holdings, Source};
use axum::response::{Html, IntoResponse, Response};
use minijinja::value::Serde;
use minijinja::{Environment, context};
use news::Timestamp;
use serde::Serialize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How old the counts in the masthead may be, in seconds: they cost a pass over the catalogue.
const SHELF_AGE_MAX_S: i64 = 20;

/// What every page needs: the archive, the templates, the time.
pub struct Room {
    pub archive: Archive,
    pub hours: Hours,
    /// In lower case; empty: any.
    pub hosts: Vec<String>,
    pub darkroom: Option<Arc<Darkroom>>,
    title: String,
    clock: fn() -> Timestamp,
    english: Environment<'static>,
    chinese: Environment<'static>,
    shelf: Mutex<Option<(Timestamp, Arc<Shelf>)>>,
    failures: AtomicU64,
}

/// What the masthead tells of the library, and the sources by which lines are named.
#[derive(Default)]
pub struct Shelf {
    pub sources: Vec<Source>,
    pub holdings: Holdings,
}

/// What stands round every page.
#[derive(Serialize)]
struct Frame<'a> {
    lang: &'static str,
    library: &'a str,
    library_tag: Tag,
    stylesheet: &'static str,
    seal: &'static str,
    template: &'a str,
    today: When,
    zone: &'a str,
    articles_len: u64,
    sources_len: usize,
    ailing_len: usize,
}

impl Room {
    pub fn new(archive: Archive, options: Options, clock: fn() -> Timestamp) -> Room {
        Room {
            darkroom: Darkroom::of(&options),
            archive,
            hours: Hours::new(options.time_zone.as_deref()),
            hosts: options.hosts.iter().map(|host| host.to_ascii_lowercase()).collect(),
            title: options.title,
            clock,
            english: templates(Tongue::English),
            chinese: templates(Tongue::Chinese),
            shelf: Mutex::new(None),
            failures: AtomicU64::new(0),
        }
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Returns a page: a template filled with what a handler found, as `page`.
    pub async fn show(
        &self,
        tongue: Tongue,
        template: &str,
        page: impl Serialize,
    ) -> Result<Response, Problem> {
        let shelf = self.shelf().await?;
        self.render(tongue, template, page, &shelf)
    }

    /// Returns the page of a problem, which may be that the archive can't be read.
    pub async fn show_problem(
        &self,
        tongue: Tongue,
        page: impl Serialize,
    ) -> Result<Response, Problem> {
        let shelf = self.shelf().await.unwrap_or_default();
        self.render(tongue, "problem.html", page, &shelf)
    }

    fn render(
        &self,
        tongue: Tongue,
        template: &str,
        page: impl Serialize,
        shelf: &Shelf,
    ) -> Result<Response, Problem> {
        let frame = self.frame(tongue, template, shelf);
        let pages = match tongue {
            Tongue::English => &self.english,
            Tongue::Chinese => &self.chinese,
        };
        let text = pages
            .get_template(template)?
            .render(context! { frame => Serde(frame), page => Serde(page) })?;
        Ok(Html(text).into_response())
    }

    /// Returns the sources and the counts, at most [`SHELF_AGE_MAX_S`] old.
    pub async fn shelf(&self) -> Result<Arc<Shelf>, Problem> {
        let now = self.now();
        if let Some(shelf) = self.shelf_since(now) {
            return Ok(shelf);
        }
        let sources = self.archive.sources().await?;
        let holdings = self.archive.holdings().await?;
        let shelf = Arc::new(Shelf { sources, holdings });
        *self.shelf.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, shelf.clone()));
        Ok(shelf)
    }

    /// Returns the number that the next failure is logged under.
    pub fn failure_number(&self) -> u64 {
        self.failures.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn shelf_since(&self, now: Timestamp) -> Option<Arc<Shelf>> {
        let kept = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, shelf) = kept.as_ref()?;
        let age_s = now.as_second().saturating_sub(at.as_second());
        (0..SHELF_AGE_MAX_S).contains(&age_s).then(|| shelf.clone())
    }

    fn frame<'a>(&'a self, tongue: Tongue, template: &'a str, shelf: &Shelf) -> Frame<'a> {
        let now = self.now();
        Frame {
            lang: tongue.lang(),
            library: &self.title,
            library_tag: tag(None, &self.title),
            stylesheet: asset::stylesheet(),
            seal: asset::SEAL,
            template,
            today: self.hours.date(self.hours.day_of(now), tongue),
            zone: &self.hours.name,
            articles_len: shelf.holdings.articles,
            sources_len: shelf.sources.len(),
            ailing_len: shelf.sources.iter().filter(|source| is_ailing(source, now)).count(),
        }
    }
}

/// Tells whether a person should look at a source: it can't be had, or is silent.
fn is_ailing(source: &Source, now: Timestamp) -> bool {
    matches!(health::of(source, now).state, State::Failing { .. } | State::Silent { .. })
}
