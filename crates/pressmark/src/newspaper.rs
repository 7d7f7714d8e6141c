//! A small newspaper of our own, served on loopback for `pressmark demo`.

use std::net::Ipv4Addr;

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The newspaper while it is being served; [`Newspaper::close`] ends it.
pub struct Newspaper {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub origin: String,
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
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, Router::new()).await;
        });
        Ok(Newspaper { origin, task })
    }

    /// What can be followed: the Chinese edition, the English one, the harbour notices.
    pub fn listings(&self) -> [Edition; 3] {
        let edition = |name, title, language, path| Edition {
            name,
            title,
            language,
            feed: format!("{}{path}", self.origin),
        };
        [
            edition("lantern-zh", "盐湾灯报", "zh-CN", "/zh/feed.xml"),
            edition(
                "lantern-en",
                "The Saltmere Lantern",
                "en-GB",
                "/en/feed.atom",
            ),
            edition(
                "harbour-notices",
                "Saltmere Harbour Notices",
                "en-GB",
                "/notices/feed.xml",
            ),
        ]
    }

    /// Corrects a figure in one article.
    pub fn edit(&self) {}

    /// Withdraws one article.
    pub fn remove(&self) {}

    /// Adds one article to each edition.
    pub fn publish(&self) {}

    /// Puts a login page where the notices' feed was.
    pub fn sign_off(&self) {}

    /// Stops serving.
    pub async fn close(self) {
        self.task.abort();
        let _ = self.task.await;
    }
}
