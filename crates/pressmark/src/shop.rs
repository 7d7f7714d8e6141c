//! What a command needs from its surroundings: the library, the client, the cores.

use crate::args::{Global, WrongUse};
use crate::commands::print::files;
use crate::config::{self, Config};
use crate::desk::Originals;
use anyhow::{Context, bail};
use archive::Archive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Everything a command that works on a library has at hand.
#[derive(Clone)]
pub struct Shop {
    pub folder: PathBuf,
    pub config: Config,
    pub global: Global,
    pub originals: Originals,
    cores: Arc<Semaphore>,
}

/// Starts the asynchronous half of the program.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().context("start the runtime")
}

/// Returns how many cores there are to read pages on.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

impl Shop {
    /// Reads the configuration; touches no library yet.
    pub fn new(global: Global) -> anyhow::Result<Shop> {
        let folder = match &global.library {
            Some(folder) => folder.clone(),
            None => usual_folder()?,
        };
        let config = config::load(global.config.as_deref(), &folder)?;
        let cores = Arc::new(Semaphore::new(cores()));
        Ok(Shop { folder, config, global, originals: Originals::default(), cores })
    }

    /// Opens the library for writing; makes it when there is none.
    pub async fn open(&self) -> anyhow::Result<Archive> {
        let archive = match Archive::open(&self.folder).await {
            Err(archive::Error::Busy(folder)) => bail!(
                "another pressmark is writing the library in `{}`: wait until it is done, or stop \
                 it (Ctrl-C) and start it again afterwards; `serve`, `search` and `show` work meanwhile",
                folder.display()
            ),
            other => other?,
        };
        write_commented_config(&self.folder)?;
        Ok(archive)
    }

    /// Opens a library that must be there, for reading alone; one that an older program wrote is
    /// brought up to date first.
    pub async fn open_for_reading(&self) -> anyhow::Result<Archive> {
        match Archive::open_for_reading(&self.folder).await {
            Err(archive::Error::Missing(folder)) => bail!(
                "there is no library in `{}` yet; `pressmark add URL` makes one, \
                 `--library DIR` names another",
                folder.display()
            ),
            Err(archive::Error::Older(_)) => {
                self.open().await?.close().await;
                Ok(Archive::open_for_reading(&self.folder).await?)
            }
            other => Ok(other?),
        }
    }

    /// Opens a library for reading alone and leaves it as it is; `None` when there is none yet.
    pub async fn open_as_it_is(&self) -> anyhow::Result<Option<Archive>> {
        match Archive::open_for_reading(&self.folder).await {
            Err(archive::Error::Missing(_)) => Ok(None),
            Err(archive::Error::Older(folder)) => bail!(
                "the library in `{}` was written by an older pressmark, and nothing is changed \
                 here: `pressmark sources` brings it up to date first",
                folder.display()
            ),
            other => Ok(Some(other?)),
        }
    }

    /// Makes the one client through which everything is fetched.
    pub fn client(&self) -> anyhow::Result<fetch::Client> {
        let options = self.fetch_options()?;
        fetch::Client::new(options).context("set up fetching")
    }

    fn fetch_options(&self) -> anyhow::Result<fetch::Options> {
        let fetch = &self.config.fetch;
        let mut options = fetch::Options {
            user_agent: user_agent(&fetch.contact),
            gap: Duration::from_millis(fetch.gap_ms),
            allow: fetch.allow.clone(),
            ..fetch::Options::default()
        };
        if let Some(proxy) = self.proxy() {
            let proxy = fetch::Proxy::read(&proxy).map_err(|wrong| WrongUse(wrong.to_string()))?;
            options.proxy = Some(proxy);
        }
        if let Some(path) = self.global.ca.as_ref().or(fetch.ca.as_ref()) {
            let told = || format!("read the certificates `{}`", path.display());
            options.extra_roots_pem.push(std::fs::read(path).with_context(told)?);
        }
        Ok(options)
    }

    /// The command line first, then the configuration, then, if it says so, the environment.
    fn proxy(&self) -> Option<String> {
        let told = self.global.proxy.clone().or_else(|| self.config.fetch.proxy.clone());
        let environment = || {
            let names = ["https_proxy", "HTTPS_PROXY", "http_proxy"];
            names.iter().find_map(|name| std::env::var(name).ok())
        };
        told.or_else(|| self.config.fetch.environment_proxy.then(environment).flatten())
            .filter(|proxy| !proxy.is_empty())
    }

    /// Runs something that computes on one of the cores, when one is free.
    pub async fn cpu<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let _core = self.cores.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }

    /// Whether progress is shown.
    pub fn talks(&self) -> bool {
        !self.global.json && !self.global.quiet
    }
}

/// Tells who asks, honestly, and whom to write to.
fn user_agent(contact: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match contact.trim() {
        "" => format!("Pressmark/{version} (news library)"),
        contact => format!("Pressmark/{version} (news library; +{contact})"),
    }
}

fn usual_folder() -> anyhow::Result<PathBuf> {
    let data = std::env::var_os("XDG_DATA_HOME").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| Path::new(&home).join(".local/share"));
    match data.or_else(home) {
        Some(data) => Ok(data.join("pressmark")),
        None => bail!(WrongUse("name the library's folder: `--library DIR`".into())),
    }
}

fn write_commented_config(folder: &Path) -> anyhow::Result<()> {
    let path = folder.join("pressmark.toml");
    if path.exists() {
        return Ok(());
    }
    files::write(&path, config::COMMENTED.as_bytes())
}
