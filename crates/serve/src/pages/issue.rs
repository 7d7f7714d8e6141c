//! A day's articles, as `/` and `/d/DAY` show them.

use crate::glimpse::Glimpse;
use crate::line::{LINES_MAX, Line, Pager, offset, published};
use crate::problem::Problem;
use crate::room::{Room, Shelf};
use crate::times::When;
use crate::words::Tongue;
use archive::{ArticleLine, Query};
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use news::Timestamp;
use serde::Serialize;

/// How many articles stand beside the lead with their summaries.
const STORIES_MAX: usize = 5;

/// How many changed articles are named.
const CHANGED_MAX: usize = 4;

/// A front page of fewer articles than this goes on with those of earlier days.
const FRONT_MIN: u32 = 14;

/// The lead is looked for among this many of the newest: a picture must not make old news new.
const LEAD_AMONG_MAX: usize = 12;

/// The narrowest picture that can stand above the lead, in pixels.
const LEAD_WIDTH_MIN: u32 = 400;

#[derive(Serialize)]
struct View {
    day: When,
    /// The address of this day's own page.
    href: String,
    is_today: bool,
    /// Whether this is `/`, showing an older day because there is nothing of today yet.
    is_late: bool,
    lead: Option<Line>,
    stories: Vec<Line>,
    changed: Vec<Changed>,
    rest: Vec<Line>,
    /// The newest of earlier days, where the front page has room for them.
    earlier: Vec<Line>,
    articles_len: u64,
    pager: Pager,
    previous: Option<When>,
    next: Option<When>,
}

/// An article that was edited, and what the newest edit changed first.
#[derive(Serialize)]
struct Changed {
    line: Line,
    glimpse: Option<Glimpse>,
}

/// Returns the page of a day; `front` if it was asked for as the front page.
pub async fn show(
    room: &Room,
    tongue: Tongue,
    day: Date,
    page: u32,
    front: bool,
) -> Result<Response, Problem> {
    let bounds = room.hours.bounds(day).ok_or(Problem::NotFound)?;
    let today = room.hours.day_of(room.now());
    let query = of_day(bounds, page);
    let lines = room.archive.articles(&query).await?;
    let articles_len = room.archive.articles_len(&query).await?;
    if lines.is_empty() && page > 1 {
        return Err(Problem::NotFound);
    }
    let shelf = room.shelf().await?;
    let (lead, stories, rest) = if page == 1 { arrange(lines) } else { (None, vec![], lines) };
    let dress = Dress { room, shelf: &shelf, tongue };
    let changed =
        if page == 1 { dress.changed(changed(room, bounds).await?).await? } else { vec![] };
    let earlier = if front { earlier(room, bounds.0, articles_len).await? } else { vec![] };
    let tell = |day: Date| room.hours.date(day, tongue);
    let view = View {
        day: tell(day),
        href: format!("/d/{day}"),
        is_today: day == today,
        is_late: front && day != today,
        lead: lead.map(|line| dress.line(line)),
        stories: dress.lines(stories),
        changed,
        rest: dress.lines(rest),
        earlier: dress.lines(earlier),
        articles_len,
        pager: Pager::new(format!("/d/{day}?page="), page, articles_len),
        previous: previous(room, bounds.0).await?.map(tell),
        next: day.checked_add(1.day()).ok().filter(|next| *next <= today).map(tell),
    };
    room.show(tongue, "issue.html", &view).await
}

/// Returns the newest day that has an article of before this time.
pub async fn previous(room: &Room, before: Timestamp) -> Result<Option<Date>, Problem> {
    let query = Query { until: Some(before), limit: 1, ..Query::default() };
    let newest = room.archive.articles(&query).await?;
    Ok(newest.first().map(|line| room.hours.day_of(published(line))))
}

/// Returns the articles of before this time that fill up a short front page.
async fn earlier(
    room: &Room,
    before: Timestamp,
    articles_len: u64,
) -> Result<Vec<ArticleLine>, Problem> {
    let have = u32::try_from(articles_len).unwrap_or(u32::MAX);
    let limit = FRONT_MIN.saturating_sub(have);
    if limit == 0 {
        return Ok(vec![]);
    }
    let query = Query { until: Some(before), limit, ..Query::default() };
    Ok(room.archive.articles(&query).await?)
}

fn of_day((since, until): (Timestamp, Timestamp), page: u32) -> Query {
    Query {
        since: Some(since),
        until: Some(until),
        limit: LINES_MAX,
        offset: offset(page),
        ..Query::default()
    }
}

/// Chooses the lead, the newest with a picture that can carry it, and the stories beside it.
fn arrange(
    mut lines: Vec<ArticleLine>,
) -> (Option<ArticleLine>, Vec<ArticleLine>, Vec<ArticleLine>) {
    if lines.is_empty() {
        return (None, vec![], vec![]);
    }
    let carries = |line: &ArticleLine| {
        let picture = line.lead.as_ref();
        picture.is_some_and(|picture| picture.width >= LEAD_WIDTH_MIN && picture.height > 0)
    };
    let at = lines.iter().take(LEAD_AMONG_MAX).position(carries).unwrap_or(0);
    let lead = lines.remove(at);
    let rest = lines.split_off(STORIES_MAX.min(lines.len()));
    (Some(lead), lines, rest)
}

/// Returns the articles that were edited within these bounds, whenever they were published.
async fn changed(
    room: &Room,
    (since, until): (Timestamp, Timestamp),
) -> Result<Vec<ArticleLine>, Problem> {
    let query = Query { edited: true, limit: LINES_MAX, ..Query::default() };
    let mut edited = room.archive.articles(&query).await?;
    edited.retain(|line| (since..until).contains(&line.revised));
    edited.sort_by_key(|line| std::cmp::Reverse(line.revised));
    edited.truncate(CHANGED_MAX);
    Ok(edited)
}

struct Dress<'a> {
    room: &'a Room,
    shelf: &'a Shelf,
    tongue: Tongue,
}

impl Dress<'_> {
    fn line(&self, line: ArticleLine) -> Line {
        Line::new(line, &self.room.hours, self.shelf, self.tongue)
    }

    async fn changed(&self, lines: Vec<ArticleLine>) -> Result<Vec<Changed>, Problem> {
        let mut changed = Vec::new();
        for line in lines {
            let get = |number| self.room.archive.article(&line.pressmark, Some(number));
            let old = get(line.revisions_len.saturating_sub(1)).await?;
            let new = get(line.revisions_len).await?;
            let both = old.zip(new);
            let glimpse = both
                .and_then(|(old, new)| Glimpse::of(&old.revision.article, &new.revision.article));
            changed.push(Changed { line: self.line(line), glimpse });
        }
        Ok(changed)
    }

    fn lines(&self, lines: Vec<ArticleLine>) -> Vec<Line> {
        lines.into_iter().map(|line| self.line(line)).collect()
    }
}
