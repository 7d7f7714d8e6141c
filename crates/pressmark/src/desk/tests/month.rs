//! A month of following, led by a clock that does not wait: many papers that publish, fall silent,
//! fail, move and die, over real connections, with everything kept in a real library.
//!
//! `PRESSMARK_MONTH=1000` follows a thousand papers instead of a handful and the feeds of the
//! replayed news web beside them, and says what it cost.

mod paper;
mod street;
mod tally;
mod world;

use crate::args::Global;
use crate::desk::Desk;
use crate::shop::Shop;
use archive::health::{self, State};
use archive::{Archive, NewListing, NewSource, Query, Source};
use fetch::{Client, Clock, Proxy};
use news::Timestamp;
use paper::{Fate, Paper};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;
use street::Street;
use world::World;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How many papers there are when nobody says a number: one of each fate; and for how long, since
/// every fate is sealed by then.
const PAPERS: usize = 11;
const SHORT_MONTH: Duration = Duration::from_secs(16 * 24 * 60 * 60);

/// What was announced so shortly before the end need not be in the library yet.
const LAST: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_of_following_loses_nothing_and_crowds_nobody() {
    let told: Option<usize> = std::env::var("PRESSMARK_MONTH").ok().and_then(|n| n.parse().ok());
    let papers_len = told.unwrap_or(PAPERS);
    let month = if told.is_some() { MONTH } else { SHORT_MONTH };
    let start: Timestamp = "2026-10-01T05:00:00Z".parse().expect("a fixed time");
    let (clock, _working) = Clock::led(start);
    let papers: Vec<Paper> = (0..papers_len).map(Paper::new).collect();
    let folder = Folder::new();
    let world = told.and_then(|_| World::start(&folder.0));
    let street = Street::open(papers.clone(), world.as_ref(), clock.clone()).await;
    let desk = desk(&folder, &street, &clock).await;
    for paper in &papers {
        desk.archive.add_source(&source(paper), start).await.expect("a new source");
    }
    if let Some(world) = &world {
        world.follow(&desk.archive, start).await;
    }
    let following = tokio::spawn({
        let (desk, working) = (desk.clone(), clock.work());
        async move {
            let _working = working;
            desk.follow(|_| {}).await.expect("nothing goes wrong at the desk");
        }
    });
    clock.sleep(month).await;
    following.abort();
    let ended = following.await;
    assert!(ended.is_err_and(|end| end.is_cancelled()), "the desk goes on until it is stopped");

    let kept = kept(&desk.archive).await;
    let beside = world.as_ref().map_or(0, World::sources_len);
    street.tally.say(papers_len + beside, kept.len());
    let mut missing = missing(&papers, &kept, month);
    if let Some(world) = &world {
        missing.extend(world.missing(&desk.archive).await);
    }
    assert!(missing.is_empty(), "{} lost: {:?}", missing.len(), &missing[..missing.len().min(20)]);
    assert_eq!(street.tally.wrongs(), [] as [String; 0], "nobody is crowded");
    for source in desk.archive.sources().await.expect("the sources") {
        if let Some(paper) = papers.iter().find(|paper| paper.host == source.site.host()) {
            check_fate(&source, paper, desk.now());
        }
    }
}

/// Tells whether a source ended as its paper's fate would have it.
fn check_fate(source: &Source, paper: &Paper, now: Timestamp) {
    let told = health::of(source, now);
    let main = &source.listings[0];
    match paper.fate {
        Fate::Replaced(_) => {
            assert!(matches!(told.state, State::Well | State::Slow), "{source:#?}");
            assert!(told.healed.is_some() || main.ended, "{source:#?}");
        }
        Fate::Moves => {
            assert_eq!(main.address, paper.address(paper::MOVED), "{source:#?}");
            assert_eq!(main.formerly, Some(paper.address(paper::FEED)));
        }
        Fate::Dies => assert!(matches!(told.state, State::Failing { .. }), "{source:#?}"),
        _ => assert!(
            !matches!(told.state, State::Failing { .. }) && told.healed.is_none(),
            "{source:#?}"
        ),
    }
}

/// Returns the pages of articles that could have been had and are not there.
fn missing(papers: &[Paper], kept: &HashSet<String>, month: Duration) -> Vec<String> {
    let reachable = papers.iter().flat_map(|paper| paper.owed(month - LAST));
    reachable.filter(|page| !kept.contains(page)).collect()
}

async fn kept(archive: &Archive) -> HashSet<String> {
    let mut kept = HashSet::new();
    for offset in (0..).step_by(1000) {
        let query = Query { limit: 1000, offset, ..Query::default() };
        let lines = archive.articles(&query).await.expect("the articles");
        if lines.is_empty() {
            break;
        }
        for line in lines {
            kept.insert(line.headline);
        }
    }
    kept
}

fn source(paper: &Paper) -> NewSource {
    let listings = vec![NewListing::main(paper.address(paper.listing()), paper.form())];
    NewSource {
        name: paper.host.replace('.', "-"),
        title: paper.host.clone(),
        site: paper.address("/"),
        language: None,
        listings: listings.into_iter().chain(paper.witness()).collect(),
    }
}

async fn desk(folder: &Folder, street: &Street, clock: &Clock) -> Desk {
    let library = Some(folder.0.clone());
    let shop = Shop::new(Global { library, quiet: true, ..Global::default() }).expect("a shop");
    let options = fetch::Options {
        proxy: Some(Proxy::read(&street.address).expect("its address")),
        user_agent: "Pressmark/month".to_owned(),
        clock: clock.clone(),
        extra_roots_pem: street.authority.clone().into_iter().collect(),
        ..fetch::Options::default()
    };
    let archive = Archive::open(&folder.0).await.expect("a new library");
    Desk { client: Client::new(options).expect("a client"), archive, shop, only: None }
}

/// A folder in memory where there is one, which goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        let memory = Path::new("/dev/shm");
        let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = place.join(format!("pressmark-month-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Folder(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
