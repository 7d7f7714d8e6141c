//! `pressmark.toml`: read once, then cut into the plain options that each room takes.

use anyhow::{Context, bail};
use news::Address;
use serde::Deserialize;
use std::io::Read;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The file as it is written into a new library: every key, commented, at its default.
pub const COMMENTED: &str = include_str!("config/pressmark.toml");

/// What an address to listen on looks like.
pub const ADDRESS_WANTED: &str = "it must be an address with its port, as 127.0.0.1:7070";

/// The largest configuration that is read, in bytes.
const CONFIG_BYTES_MAX: u64 = 1024 * 1024;

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub library: Library,
    pub fetch: Fetch,
    pub pictures: Pictures,
    pub serve: Serve,
    pub print: Print,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Library {
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fetch {
    pub contact: String,
    pub gap_ms: u64,
    pub hosts_at_once: usize,
    pub requests_a_day: u32,
    pub proxy: Option<String>,
    pub environment_proxy: bool,
    pub ca: Option<PathBuf>,
    pub allow: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pictures {
    pub keep: Keep,
    pub source_mib: u64,
    pub library_mib: u64,
    pub hosts: Vec<String>,
    pub cache_mib: u64,
}

/// Which pictures of an article are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    All,
    Lead,
    None,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Serve {
    pub listen: SocketAddr,
    pub hosts: Vec<String>,
    pub public: Option<Address>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Print {
    pub picture_base: String,
}

impl Default for Library {
    fn default() -> Library {
        Library { title: "Pressmark".into() }
    }
}

impl Default for Fetch {
    fn default() -> Fetch {
        Fetch {
            contact: String::new(),
            gap_ms: 1_000,
            hosts_at_once: 16,
            requests_a_day: 5_000,
            proxy: None,
            environment_proxy: false,
            ca: None,
            allow: Vec::new(),
        }
    }
}

impl Default for Pictures {
    fn default() -> Pictures {
        Pictures {
            keep: Keep::All,
            source_mib: 0,
            library_mib: 0,
            hosts: Vec::new(),
            cache_mib: 512,
        }
    }
}

impl Default for Serve {
    fn default() -> Serve {
        let listen = SocketAddr::from(([127, 0, 0, 1], 7070));
        Serve { listen, hosts: Vec::new(), public: None }
    }
}

impl Default for Print {
    fn default() -> Print {
        Print { picture_base: press::seed::Options::default().picture_base }
    }
}

/// Reads the configuration; a file that was not asked for by name may be missing.
pub fn load(named: Option<&Path>, library: &Path) -> anyhow::Result<Config> {
    let usual = library.join("pressmark.toml");
    let path = named.unwrap_or(&usual);
    if named.is_none() && !path.exists() {
        return Ok(Config::default());
    }
    let told = || format!("read the configuration `{}`", path.display());
    let mut text = String::new();
    let file = std::fs::File::open(path).with_context(told)?;
    file.take(CONFIG_BYTES_MAX + 1).read_to_string(&mut text).with_context(told)?;
    if text.len() as u64 > CONFIG_BYTES_MAX {
        bail!("the configuration `{}` is larger than 1 MiB", path.display());
    }
    read(&text).map_err(|wrong| anyhow::anyhow!("{}{wrong}", place(path)))
}

fn place(path: &Path) -> String {
    format!("`{}`, ", path.display())
}

/// Reads the text of a configuration; what is wrong is told with its line and a suggestion.
pub fn read(text: &str) -> Result<Config, String> {
    let config: Config = toml::from_str(text).map_err(|error| explain(text, &error))?;
    check(&config)?;
    Ok(config)
}

fn check(config: &Config) -> Result<(), String> {
    let fetch = &config.fetch;
    if !(1..=256).contains(&fetch.hosts_at_once) {
        return Err("fetch.hosts_at_once: must be 1 to 256".into());
    }
    if fetch.gap_ms > 600_000 {
        return Err("fetch.gap_ms: must be at most 600000 (ten minutes)".into());
    }
    if fetch.requests_a_day == 0 {
        return Err("fetch.requests_a_day: must be 1 or more".into());
    }
    if fetch.contact.chars().any(|c| c.is_control() || !c.is_ascii()) {
        return Err("fetch.contact: must be plain ASCII, as it is sent in a header".into());
    }
    let is_host = |host: &str| {
        let name = host.strip_prefix("*.").unwrap_or(host);
        Address::read(&format!("http://{name}/")).is_some_and(|address| address.host() == name)
    };
    if let Some(host) = config.pictures.hosts.iter().find(|host| !is_host(host)) {
        return Err(format!(
            "pictures.hosts: `{host}` must be a host in small letters, as `news.example`, or \
             `*.news.example` for all below it"
        ));
    }
    if !(1..=1024 * 1024).contains(&config.pictures.cache_mib) {
        return Err("pictures.cache_mib: must be 1 to 1048576 (1 TiB)".into());
    }
    if let Some(public) = &config.serve.public
        && (public.as_url().query().is_some() || public.as_url().fragment().is_some())
    {
        return Err("serve.public: must be an address without `?` and `#`".into());
    }
    match fetch.allow.iter().find(|entry| !entry.contains(':')) {
        Some(entry) => Err(format!("fetch.allow: `{entry}` must name a port: `{entry}:80`")),
        None => Ok(()),
    }
}

/// Says in one line which line is wrong and what may have been meant.
fn explain(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let message = in_words(error.message().lines().next().unwrap_or_default());
    let hint = suggestion(&message).map(|word| format!("; did you mean `{word}`?"));
    format!("line {line}: {message}{}", hint.unwrap_or_default())
}

/// Says what is expected as a person says it, not as Rust does.
fn in_words(message: &str) -> String {
    message
        .replace("expected u32", "expected a whole number from 0 on")
        .replace("expected u64", "expected a whole number from 0 on")
        .replace("expected usize", "expected a whole number from 0 on")
        .replace("invalid socket address syntax", ADDRESS_WANTED)
}

/// Finds the known key nearest to the unknown one: serde names both in back quotes.
fn suggestion(message: &str) -> Option<String> {
    let (unknown, known) = message.strip_prefix("unknown field `")?.split_once('`')?;
    let nearest = known
        .split('`')
        .skip(1)
        .step_by(2)
        .max_by(|a, b| strsim::jaro(unknown, a).total_cmp(&strsim::jaro(unknown, b)))?;
    (strsim::jaro(unknown, nearest) > 0.6).then(|| nearest.to_owned())
}

#[cfg(test)]
mod tests;
