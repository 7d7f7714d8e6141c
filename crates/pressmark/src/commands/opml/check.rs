//! Whether the feeds of an outline are there: each is asked once, hosts side by side.

use super::feed::{Feed, Standing};
use super::place;
use crate::reading;
use crate::shop::Shop;
use crate::talk::Progress;
use fetch::Client;
use news::{Address, Capture, Form};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

/// What a feed says of itself.
struct Said {
    title: String,
    language: Option<String>,
    form: Form,
}

/// A feed that is to be asked for: its number, where it is, what it is known to be.
type Question = (usize, Address, Option<Form>);

/// What was found out of the feed with this number.
type Answer = (usize, Result<Said, Standing>);

/// Asks for the new feeds; those of one server one after the other.
pub async fn check(shop: &Shop, client: &Client, feeds: &mut [Feed]) {
    let progress = Progress::start(shop.talks());
    let (to, mut answers) = unbounded_channel();
    let places = Arc::new(Semaphore::new(shop.config.fetch.hosts_at_once));
    // Whoever drops this future ends the asking with it.
    let mut asking = JoinSet::new();
    let mut left = 0;
    for questions in by_server(feeds).into_values() {
        left += questions.len();
        let (shop, client, to) = (shop.clone(), client.clone(), to.clone());
        let places = places.clone();
        asking.spawn(async move {
            let _place = places.acquire_owned().await;
            ask_all(&shop, &client, questions, &to).await;
        });
    }
    drop(to);
    while let Some((i, answer)) = answers.recv().await {
        left -= 1;
        progress.say(&format!("{left} feeds left to look at  ·  {}", feeds[i].written));
        learn(&mut feeds[i], answer);
    }
    progress.end();
}

fn by_server(feeds: &[Feed]) -> BTreeMap<String, Vec<Question>> {
    let mut servers: BTreeMap<String, Vec<Question>> = BTreeMap::new();
    for (i, feed) in feeds.iter().enumerate().filter(|(_, feed)| feed.standing == Standing::New) {
        if let Some(address) = &feed.address {
            servers.entry(address.server()).or_default().push((i, address.clone(), feed.form));
        }
    }
    servers
}

async fn ask_all(
    shop: &Shop,
    client: &Client,
    questions: Vec<Question>,
    to: &UnboundedSender<Answer>,
) {
    for (i, address, form) in questions {
        let answer = match place::ask(client, &address).await {
            Ok(capture) => read(shop, capture, form).await,
            Err(miss) => Err(Standing::Away(miss.trouble, miss.why)),
        };
        let _ = to.send((i, answer));
    }
}

async fn read(shop: &Shop, capture: Capture, form: Option<Form>) -> Result<Said, Standing> {
    let broken = || Err(Standing::NoFeed("reading it broke down; please report it".into()));
    shop.cpu(move || said(&capture, form)).await.unwrap_or_else(broken)
}

fn said(capture: &Capture, form: Option<Form>) -> Result<Said, Standing> {
    let reading = reading::listing(capture, form);
    let Some(found) = reading.found else {
        let why = reading.notes.into_iter().map(|note| note.text).find(|text| !text.is_empty());
        return Err(Standing::NoFeed(why.unwrap_or_else(|| "it can't be read".into())));
    };
    let title = found.title.as_ref().map(html::plain).unwrap_or_default();
    Ok(Said { title, language: found.language, form: found.form })
}

/// Takes over what the feed says where the outline says nothing.
fn learn(feed: &mut Feed, answer: Result<Said, Standing>) {
    match answer {
        Ok(said) => {
            if feed.title.is_empty() {
                feed.title = said.title;
            }
            feed.language = feed.language.take().or(said.language);
            feed.form = Some(said.form);
        }
        Err(standing) => feed.standing = standing,
    }
}
