//! The command line.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// A news library on your own machine.
#[derive(Debug, Parser)]
#[command(name = "pressmark", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pub global: Global,
    /// Say more about what goes on (repeat for more)
    #[arg(short, long, action = clap::ArgAction::Count, global = true, help_heading = EVERYWHERE)]
    pub verbose: u8,
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  pressmark demo                          see it work: no network, no set-up
  pressmark add news.example --yes        follow a site
  pressmark run                           keep following, and read at http://127.0.0.1:7070
  pressmark print --form markdown --out mirror

Exit codes: 0 done, 1 failed, 2 wrong use, 3 done but some sources failed.";

/// The heading under which help shows what all commands understand, after a command's own.
const EVERYWHERE: &str = "With every command";

/// What every command that opens a library understands.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = EVERYWHERE)]
pub struct Global {
    /// The library's folder [default: pressmark in $XDG_DATA_HOME or ~/.local/share]
    #[arg(long, env = "PRESSMARK_LIBRARY", value_name = "DIR", global = true)]
    pub library: Option<PathBuf>,
    /// The configuration [default: pressmark.toml in the library's folder]
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Fetch through this HTTP proxy: http://host:port
    #[arg(long, env = "PRESSMARK_PROXY", value_name = "URL", global = true)]
    pub proxy: Option<String>,
    /// Trust the certificates in this PEM file as well (a proxy's own authority)
    #[arg(long, env = "PRESSMARK_CA", value_name = "FILE", global = true)]
    pub ca: Option<PathBuf>,
    /// Print results as JSON, a value a line, and no progress
    #[arg(long, global = true)]
    pub json: bool,
    /// Show no progress
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a small newspaper on this machine, follow it, and open the reader
    Demo(DemoArgs),
    /// Find what a site offers and follow it
    Add(AddArgs),
    /// Visit the sources now, once
    Fetch(FetchArgs),
    /// Keep following, and serve the reader
    Run(ServeArgs),
    /// Serve the reader alone
    Serve(ServeArgs),
    /// How the sources do, failing ones first
    Sources,
    /// Look for another listing where one is broken
    Heal(HealArgs),
    /// The newest articles
    Today,
    /// Find articles in which all these words stand
    Search(SearchArgs),
    /// Print one article
    Show(ShowArgs),
    /// Print the library, or a part of it, as files
    Print(PrintArgs),
    /// Take the files of an older mirror, or the feeds of another reader (OPML), into the library
    Import(ImportArgs),
    /// Print what is followed as OPML, which other readers take in
    Export(ExportArgs),
    /// What is kept of pictures, what is missing and why
    Pictures(PicturesArgs),
    /// Check that everything that was kept is still there and whole
    Verify(VerifyArgs),
    /// Check this installation and say how to mend it
    Doctor,
    /// Take the article out of one page, or of many (no library needed)
    Extract(ExtractArgs),
    /// Read one feed or sitemap, or many (no library needed)
    ReadListing(ReadListingArgs),
    /// Clean rows {id, html, base} as a reader would get them (no library needed)
    Clean(LinesArgs),
    /// Tell which rows {id, url} the fetcher would refuse (no library needed)
    Guard(LinesArgs),
    /// Make pictures for another process of this program
    #[command(hide = true)]
    PictureWorker,
}

#[derive(Debug, ClapArgs)]
pub struct DemoArgs {
    /// Where to serve the reader; the next free port is taken when this one is not free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7070", value_parser = listen)]
    pub listen: SocketAddr,
}

#[derive(Debug, ClapArgs)]
pub struct AddArgs {
    /// A site, a page of it, a feed or a list of subscriptions, as it was copied
    #[arg(required = true, value_name = "URL")]
    pub addresses: Vec<String>,
    /// Take the best choice without asking
    #[arg(short, long)]
    pub yes: bool,
    /// Take this one of the choices, as numbered
    #[arg(long, value_name = "N", conflicts_with = "yes")]
    pub choice: Option<usize>,
    /// Follow the address itself even if it can't be read now
    #[arg(long)]
    pub anyway: bool,
    /// The short name of the source [default: made of its host]
    #[arg(long, value_name = "WORD")]
    pub name: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct FetchArgs {
    /// The source's short name, or its address [default: all]
    pub source: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct HealArgs {
    /// The source's short name, or its address [default: all that don't do well]
    pub source: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct ServeArgs {
    /// Where to serve the reader [default: 127.0.0.1:7070]
    #[arg(long, value_name = "ADDRESS", value_parser = listen)]
    pub listen: Option<SocketAddr>,
}

#[derive(Debug, ClapArgs)]
pub struct SearchArgs {
    /// Words that must all stand in the headline, the deck or the text
    #[arg(required = true, value_name = "WORDS")]
    pub words: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: u32,
}

#[derive(Debug, ClapArgs)]
pub struct ShowArgs {
    /// The article's pressmark, or its address
    #[arg(value_name = "PRESSMARK")]
    pub article: String,
    /// This revision instead of the newest
    #[arg(long, value_name = "N")]
    pub version: Option<u32>,
    /// As Markdown (what you get when you ask for nothing else)
    #[arg(long, group = "form")]
    pub markdown: bool,
    /// As one HTML file
    #[arg(long, group = "form")]
    pub html: bool,
    /// As plain text
    #[arg(long, group = "form")]
    pub text: bool,
}

#[derive(Debug, ClapArgs)]
pub struct PrintArgs {
    /// The form to print
    #[arg(long, value_enum)]
    pub form: PrintForm,
    /// The folder to print into; made if it is missing
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Only this source
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// Only what was published on this day or later: 2024-07-03
    #[arg(long, value_name = "DAY", conflicts_with = "day")]
    pub since: Option<String>,
    /// Only what was published on this day (UTC): 2024-07-03
    #[arg(long, value_name = "DAY")]
    pub day: Option<String>,
    /// Only articles in which all these words stand
    #[arg(long, value_name = "WORDS")]
    pub query: Option<String>,
    /// What stands before a picture's address in the seed's form [default: from the configuration]
    #[arg(long, value_name = "URL")]
    pub picture_base: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PrintForm {
    /// A Markdown file an article, with its pictures
    Markdown,
    /// The layout of the Markdown news mirrors on code hosts
    Seed,
    /// One JSON object a line
    Jsonl,
}

#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    /// A folder of Markdown files, or one of them; an OPML file, or its address
    #[arg(value_name = "PATH|URL")]
    pub path: PathBuf,
    #[command(flatten)]
    pub outline: OutlineArgs,
}

/// How the feeds of an OPML file are taken in.
#[derive(Clone, Debug, Default, ClapArgs)]
#[command(next_help_heading = "With OPML")]
pub struct OutlineArgs {
    /// Follow its feeds without asking
    #[arg(short, long)]
    pub yes: bool,
    /// Show its feeds and change nothing
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Leave out the feeds that can't be reached now
    #[arg(long)]
    pub reachable: bool,
    /// Ask no site whether its feed is there
    #[arg(long, conflicts_with = "reachable")]
    pub no_check: bool,
}

#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct PicturesArgs {
    /// The source's short name, or its address [default: all]
    pub source: Option<String>,
    /// Name every picture that is not kept, and why
    #[arg(long)]
    pub missing: bool,
    /// Print a signed link by which the picture proxy gets this picture for anybody
    #[arg(long, value_name = "URL", conflicts_with_all = ["source", "missing"])]
    pub link: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct VerifyArgs {
    /// The database, the references, and that every file is there with its size
    #[arg(long, conflicts_with = "full")]
    pub quick: bool,
    /// Read and hash every byte again (what you get when you ask for nothing else)
    #[arg(long)]
    pub full: bool,
}

#[derive(Debug, ClapArgs)]
pub struct ExtractArgs {
    /// The page; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// The address that the page came from
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The page's Content-Type header
    #[arg(long, value_name = "TYPE", default_value = "")]
    pub content_type: String,
    /// The rules to read it by (FiveFilters' site patterns); the library's own are not looked at
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,
    /// As Markdown (what you get when you ask for nothing else)
    #[arg(long, group = "form")]
    pub markdown: bool,
    /// As one HTML file
    #[arg(long, group = "form")]
    pub html: bool,
    /// The text alone
    #[arg(long, group = "form")]
    pub text: bool,
    /// Rows {id, url, path|html} in, one article a row out, on all cores, order kept
    #[arg(long, group = "form")]
    pub jsonl: bool,
}

#[derive(Debug, ClapArgs)]
pub struct ReadListingArgs {
    /// The document; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,
    /// The address that the document came from
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// The document's Content-Type header
    #[arg(long, value_name = "TYPE", default_value = "")]
    pub content_type: String,
    /// Rows {id, path, base, content_type} in, one listing a row out
    #[arg(long)]
    pub jsonl: bool,
}

#[derive(Debug, ClapArgs)]
pub struct LinesArgs {
    /// Rows in, rows out (the only form there is)
    #[arg(long)]
    pub jsonl: bool,
}

/// A command line that is well formed and can't be meant.
#[derive(Debug)]
pub struct WrongUse(pub String);

impl std::fmt::Display for WrongUse {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongUse {}

/// Reads where to listen; the error shows what is meant.
fn listen(typed: &str) -> Result<SocketAddr, &'static str> {
    typed.parse().map_err(|_| crate::config::ADDRESS_WANTED)
}
