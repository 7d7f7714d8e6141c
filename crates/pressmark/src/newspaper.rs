//! A small newspaper of our own, served on loopback for `pressmark demo`.
//!
//! *The Saltmere Lantern* has a Chinese and an English edition and a badly kept board of harbour
//! notices. Nothing about it is pretended: it answers over HTTP with pages, feeds, pictures and
//! validators, and later it corrects, withdraws and publishes as newspapers do.

mod body;
mod feed;
mod newsroom;
mod page;
mod routes;
mod text;

#[cfg(test)]
mod tests;

use newsroom::{DESKS, Newsroom};
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The newspaper while it is being served; [`Newspaper::close`] ends it.
pub struct Newspaper {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub origin: String,
    newsroom: Arc<Newsroom>,
    task: JoinHandle<()>,
}

/// One thing the newspaper offers to be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Short name, fit for an address: `lantern-zh`.
    pub name: &'static str,
    pub title: &'static str,
    /// BCP 47.
    pub language: &'static str,
    /// Absolute address of its feed.
    pub feed: String,
}

impl Newspaper {
    /// Binds a free port of 127.0.0.1 and serves from a task of its own.
    pub async fn start() -> std::io::Result<Newspaper> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let newsroom = Arc::new(Newsroom::open(origin.clone(), newsroom::now()));
        let router = routes::router(Arc::clone(&newsroom));
        let task = tokio::spawn(async move {
            // It serves until the task is ended; there is no other way for it to return.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Newspaper { origin, newsroom, task })
    }

    /// Returns what can be followed: the Chinese edition (RSS), the English one (Atom), and the
    /// harbour notices, whose feed is broken.
    pub fn listings(&self) -> [Edition; 3] {
        DESKS.map(|desk| Edition {
            name: desk.name,
            title: desk.title,
            language: desk.language,
            feed: format!("{}{}", self.origin, desk.feed),
        })
    }

    /// Corrects a figure, the headline and nothing else of one English article, and says so at
    /// its end.
    pub fn edit(&self) {
        self.newsroom.corrected.get_or_init(newsroom::now);
    }

    /// Withdraws one Chinese article: its page answers 410 and its feed no longer lists it.
    pub fn remove(&self) {
        self.newsroom.withdrawn.get_or_init(newsroom::now);
    }

    /// Publishes one more article in each of the two editions.
    pub fn publish(&self) {
        self.newsroom.published.get_or_init(newsroom::now);
    }

    /// Puts a login page, with status 200, where the notices' feed was.
    pub fn sign_off(&self) {
        self.newsroom.signed_off.get_or_init(newsroom::now);
    }

    /// Stops serving.
    pub async fn close(self) {
        self.task.abort();
        // Ended is what was asked for, so its being cancelled is no error.
        let _ = self.task.await;
    }
}
