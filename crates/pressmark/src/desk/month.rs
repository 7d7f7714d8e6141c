//! A month of following, led by a clock that does not wait: many papers that publish, fall silent,
//! fail, move and die, over real connections, with everything kept in a real library.
//!
//! `PRESSMARK_MONTH=1000` follows a thousand papers instead of a handful, and says what it cost.

mod paper;
mod street;
mod tally;

use super::Desk;
use crate::args::Global;
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

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How many papers there are when nobody says another number.
const PAPERS: usize = 11;

/// What was announced so shortly before the end need not be in the library yet.
const LAST: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_of_following_loses_nothing_and_crowds_nobody() {
    let told = std::env::var("PRESSMARK_MONTH").ok();
    let papers_len = told.and_then(|len| len.parse().ok()).unwrap_or(PAPERS);
    let start: Timestamp = "2026-10-01T05:00:00Z".parse().expect("a fixed time");
    let (clock, _working) = Clock::led(start);
    let papers: Vec<Paper> = (0..papers_len).map(Paper::new).collect();
    let street = Street::open(papers.clone(), clock.clone()).await;
    let folder = Folder::new();
    let desk = desk(&folder, &street, &clock).await;
    for paper in &papers {
        desk.archive.add_source(&source(paper), start).await.expect("a new source");
    }
    let following = tokio::spawn({
        let (desk, working) = (desk.clone(), clock.work());
        async move {
            let _working = working;
            desk.follow(|_| {}).await.expect("nothing goes wrong at the desk");
        }
    });
    {
        let (clock, t) = (clock.clone(), street.tally.clone());
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_secs(2));
                eprintln!("{:?}", clock.running());
                t.say(0, 1);
            }
        });
    }
    clock.sleep(MONTH).await;
    following.abort();
    let ended = following.await;
    assert!(ended.is_err_and(|end| end.is_cancelled()), "the desk goes on until it is stopped");

    let kept = kept(&desk.archive).await;
    street.tally.say(papers_len, kept.len());
    let missing = missing(&papers, &kept);
    assert!(missing.is_empty(), "{} lost: {:?}", missing.len(), &missing[..missing.len().min(20)]);
    assert_eq!(street.tally.wrongs(), [] as [String; 0], "nobody is crowded");
    for source in desk.archive.sources().await.expect("the sources") {
        let paper = papers.iter().find(|paper| paper.host == source.site.host());
        check_fate(&source, paper.expect("its paper"), desk.now());
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
fn missing(papers: &[Paper], kept: &HashSet<String>) -> Vec<String> {
    let reachable = papers.iter().flat_map(|paper| paper.owed(MONTH - LAST));
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
        Folder(place.join(format!("pressmark-month-{}", std::process::id())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
