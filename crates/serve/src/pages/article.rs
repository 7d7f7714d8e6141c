//! `/a/PRESSMARK`: an article, and its other forms `.json`, `.txt`, `.md`.

use crate::language::{Tag, tag};
use crate::line::{Shown, SourceName};
use crate::problem::Problem;
use crate::room::Room;
use crate::times::{Hours, When};
use crate::words::Tongue;
use archive::{KeptArticle, Picture};
use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use minijinja::Value;
use news::{Address, Article, PictureUse, Pressmark, Stamp};
use press::Facts;
use serde::Serialize;
use std::convert::Infallible;
use std::sync::Arc;

/// The query that says that the reader wants the pictures, whatever his browser says.
const WITH_PICTURES: &str = "?img=1";

/// Whether the reader's browser says that data is dear (`Save-Data: on`), and the address not that
/// the pictures are wanted.
#[derive(Clone, Copy)]
pub struct Saver(bool);

impl<S: Send + Sync> FromRequestParts<S> for Saver {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Saver, Infallible> {
        let told = parts.headers.get("save-data").is_some_and(|value| value == "on");
        let wanted = parts.uri.query().is_some_and(|query| query.split('&').any(|q| q == "img=1"));
        Ok(Saver(told && !wanted))
    }
}

/// Returns about how many kB a picture takes in the width of the text: a WebP of a photograph
/// takes a tenth of a byte for each pixel.
fn small_kb(picture: &Picture) -> u64 {
    let (width, height) = (u64::from(picture.width.max(1)), u64::from(picture.height));
    let shown = width.min(720);
    let bytes = shown * (height * shown / width) / 10;
    bytes.min(picture.bytes_len).div_ceil(1000)
}

/// How wide a picture stands in the text: as the stylesheet's measure, or the screen.
const SIZES: &str = "(min-width: 45rem) 40.5rem, 100vw";

#[derive(Serialize)]
struct View {
    mark: String,
    href: String,
    headline: String,
    tag: Tag,
    deck: Option<String>,
    authors: Vec<String>,
    dateline: Option<String>,
    section: Option<String>,
    tags: Vec<String>,
    source: SourceName,
    day_href: String,
    day: When,
    /// The publisher's time, or when it was first seen where there is none.
    time: When,
    letters_len: Option<usize>,
    minutes: usize,
    lead: Option<Lead>,
    /// About how many kB the lead takes, where the reader saves data and it waits.
    lead_kb: Option<u64>,
    body: Value,
    address: String,
    address_short: String,
    published: Option<Told>,
    updated: Option<Told>,
    first_seen: When,
    captured: When,
    checked: When,
    gone: Option<When>,
    /// The reason in words, when only the listing's words are kept.
    failing: Option<String>,
    /// Whether this revision is made of the listing's words.
    listing_only: bool,
    number: u32,
    newest: u32,
    edits_len: u32,
    versions: Vec<Version>,
    digest: String,
    payload: Option<String>,
    notes: Vec<String>,
}

/// A time as the publisher told it.
#[derive(Serialize)]
struct Told {
    when: When,
    written: Option<String>,
    zone_told: bool,
}

#[derive(Serialize)]
struct Lead {
    picture: Option<Shown>,
    alt: String,
    caption: Value,
    credit: Option<String>,
    origin: String,
}

#[derive(Serialize)]
struct Version {
    number: u32,
    captured: When,
}

pub async fn show(
    State(room): State<Arc<Room>>,
    tongue: Tongue,
    saver: Saver,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let (mark, form) = match name.rsplit_once('.') {
        Some((mark, form)) => (mark, Some(form)),
        None => (name.as_str(), None),
    };
    let kept = get(&room, mark, None).await?;
    match form {
        None => show_revision(&room, tongue, saver, &kept).await,
        Some("json") => Ok(file(
            "application/json",
            format!("{:#}", press::json::article(&kept.revision.article, &facts(&kept))),
        )),
        Some("txt") => Ok(file(
            "text/plain; charset=utf-8",
            press::text::article(&kept.revision.article, &facts(&kept)),
        )),
        Some("md") => Ok(file(
            "text/markdown; charset=utf-8",
            press::markdown::article(
                &kept.revision.article,
                &facts(&kept),
                &press::markdown::own_address,
            ),
        )),
        Some(_) => Err(Problem::NotFound),
    }
}

/// Returns an article at one of its revisions, or at the newest.
pub async fn get(room: &Room, mark: &str, number: Option<u32>) -> Result<KeptArticle, Problem> {
    let mark: Pressmark = mark.parse().map_err(|_| Problem::NotFound)?;
    room.archive.article(&mark, number).await?.ok_or(Problem::NotFound)
}

/// Returns the page of an article at the revision it was asked for.
pub async fn show_revision(
    room: &Room,
    tongue: Tongue,
    saver: Saver,
    kept: &KeptArticle,
) -> Result<Response, Problem> {
    room.show(tongue, "article.html", &view(kept, &room.hours, tongue, saver)).await
}

/// Returns the language that an article is set in.
pub fn article_tag(kept: &KeptArticle) -> Tag {
    let article = &kept.revision.article;
    let told = article.language.as_deref().or(kept.source.language.as_deref());
    tag(told, &article.headline)
}

fn view(kept: &KeptArticle, hours: &Hours, tongue: Tongue, saver: Saver) -> View {
    let later = |picture: &Picture| saver.0.then(|| tongue.load_picture(small_kb(picture)));
    let article = &kept.revision.article;
    let newest = kept.revisions.last().map_or(kept.revision.number, |last| last.number);
    let text = article.body.text();
    let (letters_len, minutes) = length(&text);
    let at = article.published.as_ref().map_or(kept.first_seen, |stamp| stamp.at);
    let day = hours.day_of(at);
    View {
        mark: kept.pressmark.to_string(),
        href: format!("/a/{}", kept.pressmark),
        headline: article.headline.clone(),
        tag: article_tag(kept),
        deck: article.deck.clone(),
        authors: article.authors.clone(),
        dateline: article.dateline.clone(),
        section: article.section.clone(),
        tags: article.tags.clone(),
        source: SourceName::of(&kept.source),
        day_href: format!("/d/{day}"),
        day: hours.date(day, tongue),
        time: hours.minute(at, tongue),
        letters_len,
        minutes,
        lead: article.lead.as_ref().map(|lead| lead_view(lead, &kept.pictures)),
        lead_kb: article
            .lead
            .as_ref()
            .filter(|_| saver.0)
            .and_then(|lead| Some(small_kb(find(lead, &kept.pictures)?))),
        body: Value::from_safe_string(body(article, &kept.pictures, &later)),
        address: article.address.to_string(),
        address_short: short(&article.address),
        published: article.published.as_ref().map(|stamp| told(stamp, hours)),
        updated: article.updated.as_ref().map(|stamp| told(stamp, hours)),
        first_seen: hours.second(kept.first_seen),
        captured: hours.second(kept.revision.captured),
        checked: hours.second(kept.checked),
        gone: kept.gone.map(|at| hours.minute(at, tongue)),
        failing: failing(kept),
        listing_only: kept.revision.payload.is_none(),
        number: kept.revision.number,
        newest,
        edits_len: newest.saturating_sub(1),
        versions: versions(kept, hours, tongue),
        digest: kept.revision.digest.hex(),
        payload: kept.revision.payload.map(|digest| digest.hex()),
        notes: kept
            .revision
            .notes
            .iter()
            .map(|note| format!("{}: {}", note.kind, note.text))
            .collect(),
    }
}

/// Returns why the page could not be had, unless all there is to say is that it has gone.
fn failing(kept: &KeptArticle) -> Option<String> {
    let gone_after_it_was_kept = kept.gone.is_some() && kept.revision.payload.is_some();
    kept.failing.clone().filter(|_| !gone_after_it_was_kept)
}

/// Returns how many letters there are where words are not parted, and the minutes to read.
fn length(text: &str) -> (Option<usize>, usize) {
    let han = |c: &char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let letters = text.chars().filter(han).count();
    let words = text.split_whitespace().count();
    // About 350 hanzi or 230 words in a minute.
    let minutes = if letters > words { letters / 350 } else { words / 230 };
    ((letters > words).then_some(letters), minutes.max(1))
}

fn lead_view(lead: &PictureUse, kept: &[(Address, Picture)]) -> Lead {
    Lead {
        picture: find(lead, kept).map(Shown::of),
        alt: lead.alt.clone(),
        caption: Value::from_safe_string(html::write_spans(&lead.caption, &|used| {
            shown(used, kept, &|_| None)
        })),
        credit: lead.credit.clone(),
        origin: lead.address.to_string(),
    }
}

/// Returns the text as HTML: a [`news::Body`] has no room for what could hurt a reader.
fn body(
    article: &Article,
    kept: &[(Address, Picture)],
    later: &dyn Fn(&Picture) -> Option<String>,
) -> String {
    html::write(&article.body, &|used| shown(used, kept, later))
}

fn shown(
    used: &PictureUse,
    kept: &[(Address, Picture)],
    later: &dyn Fn(&Picture) -> Option<String>,
) -> Option<html::Shown> {
    let found = find(used, kept)?;
    let (picture, later) = (Shown::of(found), later(found));
    Some(html::Shown {
        src: if later.is_some() { WITH_PICTURES.to_owned() } else { picture.src },
        later,
        width: Some(picture.width),
        height: Some(picture.height),
        sizes: (!picture.srcset.is_empty()).then(|| SIZES.to_owned()),
        srcset: Some(picture.srcset).filter(|srcset| !srcset.is_empty()),
    })
}

fn find<'a>(used: &PictureUse, kept: &'a [(Address, Picture)]) -> Option<&'a Picture> {
    let found = kept.iter().find(|(address, _)| *address == used.address);
    found.map(|(_, picture)| picture)
}

fn told(stamp: &Stamp, hours: &Hours) -> Told {
    // Words that a machine wrote say nothing more to a person.
    let human = stamp.written.parse::<jiff::Timestamp>().is_err();
    Told {
        when: hours.second(stamp.at),
        written: (human && !stamp.written.is_empty()).then(|| stamp.written.clone()),
        zone_told: stamp.offset_s.is_some(),
    }
}

fn versions(kept: &KeptArticle, hours: &Hours, tongue: Tongue) -> Vec<Version> {
    let newest_first = kept.revisions.iter().rev();
    newest_first
        .map(|line| Version { number: line.number, captured: hours.minute(line.captured, tongue) })
        .collect()
}

/// Returns an address short enough for a card: host, and the end of the path.
fn short(address: &Address) -> String {
    let path = address.as_url().path();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let whole = format!("{}{}", address.host(), path);
    let gap = if path.trim_matches('/').contains('/') { "/…" } else { "" };
    match whole.chars().count() {
        0..=60 => whole,
        _ => format!("{}{gap}/{}", address.host(), last.chars().take(60).collect::<String>()),
    }
}

/// Returns what the library knows of an article, for every press.
pub fn facts(kept: &KeptArticle) -> Facts<'_> {
    Facts {
        pressmark: Some(&kept.pressmark),
        revision: kept.revision.number,
        revisions_len: u32::try_from(kept.revisions.len()).unwrap_or(u32::MAX),
        first_seen: Some(kept.first_seen),
        captured: Some(kept.revision.captured),
        source: &kept.source.title,
    }
}

fn file(media_type: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, media_type)], text).into_response()
}
