//! What a page says about its article: headline, byline, times, language, section, pictures.
//!
//! JSON-LD is asked first, then Open Graph and the other `<meta>`, microdata, the elements.

mod authors;
mod byline;
mod dates;
mod evidence;
mod hanzi;
mod headline;
mod jsonld;
mod meta;
mod near;
mod page_facts;

pub use byline::people;
pub use dates::within_line as date;
pub use headline::letters;
pub use jsonld::{is_type as is_json_ld, says_closed};
pub use near::fill;

use crate::outline::Outline;
use crate::{canonical, language, page::Expected};
use html::Tree;
use jsonld::Ld;
use news::{Address, Evidence, Origin, Stamp};
use page_facts::Facts;

/// What is longer is no name of a site, in bytes.
const SITE_BYTES_MAX: usize = 200;
/// How many tags are kept.
const TAGS_MAX: usize = 40;

/// What is known of an article beside its text.
#[derive(Debug)]
pub struct Metadata {
    pub address: Address,
    pub headline: Option<String>,
    /// Whether nothing but the page's title tells it.
    pub headline_is_title: bool,
    /// What the head calls the description; a deck only where the page shows it.
    pub description: Option<String>,
    pub authors: Vec<String>,
    /// Whether those are houses alone, beside whom people may be named about the text.
    pub authors_are_houses: bool,
    /// The links to pages of authors: the block that each stands in or before, and its words.
    pub author_links: Vec<(usize, String)>,
    pub published: Option<Stamp>,
    pub updated: Option<Stamp>,
    /// As declared.
    pub language: Option<String>,
    pub site: Option<String>,
    pub section: Option<String>,
    pub tags: Vec<String>,
    /// The pictures that the head names, best first.
    pub pictures: Vec<Address>,
    /// The text as JSON-LD has it.
    pub text: Option<String>,
    pub paid: bool,
    /// Whether the page says that its text is free.
    pub free: bool,
    /// The types that the page's JSON-LD and its `og:type` give.
    pub kinds: Vec<String>,
    /// Where the page says that it goes on.
    pub next: Option<String>,
    /// Who says so.
    pub evidence: Vec<Evidence>,
}

impl Metadata {
    /// Notes where a field was found, in place of what was noted before.
    pub fn say(&mut self, field: &str, origin: Origin) {
        Evidence::set(&mut self.evidence, field, origin);
    }

    /// Notes that nothing but the text tells the fields that are there and have no other source.
    pub fn say_of_text(&mut self) {
        let fields = [
            ("authors", !self.authors.is_empty()),
            ("published", self.published.is_some()),
            ("updated", self.updated.is_some()),
        ];
        for (field, is_there) in fields {
            if is_there && self.evidence.iter().all(|known| known.field != field) {
                self.say(field, Origin::Text);
            }
        }
    }
}

pub fn read(
    tree: &Tree,
    outline: &Outline,
    address: &Address,
    expected: Option<&Expected>,
) -> Metadata {
    let mut facts = page_facts::gather(tree, outline);
    let mut ld = jsonld::read(&facts.ld, address.as_str());
    let site = site(&facts, &ld);
    let language = declared_language(&facts, &ld, expected);
    let times = dates::of(&facts, &ld, address, expected);
    let names = site_names(&facts, &ld, site.as_deref(), address);
    let authors = authors::of(&facts, &ld, &names);
    let claims = [facts.canonical.as_deref(), facts.meta.first(&["og:url"]), ld.address.as_deref()];
    let headline = headline(&facts, &ld, &names, expected);
    let tier = facts.meta.first(&["article:content_tier"]);
    let paid = ld.paid || tier.is_some_and(|tier| tier.eq_ignore_ascii_case("locked"));
    let mut meta = Metadata {
        headline_is_title: headline.as_ref().is_some_and(|said| facts.is_title_alone(said)),
        address: canonical::of(address, claims.into_iter().flatten()),
        headline,
        description: description(&facts, &ld),
        authors: authors.names,
        authors_are_houses: authors.are_houses,
        published: times.published,
        updated: times.updated,
        language,
        section: section(&facts, &ld),
        tags: tags(&facts, &ld),
        pictures: pictures(&facts, &ld, address),
        paid,
        free: ld.free && !paid,
        kinds: kinds(&facts, &ld),
        next: facts.next.take(),
        author_links: std::mem::take(&mut facts.author_links),
        text: ld.text.take(),
        evidence: Vec::new(),
        site,
    };
    let sources = evidence::Sources { facts: &facts, ld: &ld, address, expected };
    meta.evidence = evidence::of(&sources, &meta);
    meta
}

/// Returns a text without markup, its entities resolved and its white space squeezed.
pub fn plain(text: &str) -> String {
    let squeezed = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        words.replace(['\u{ad}', '\u{200b}', '\u{feff}'], "")
    };
    if !text.contains(['&', '<']) {
        return squeezed(text);
    }
    let tree = Tree::fragment(text, &html::Limits::default());
    squeezed(&tree.text(tree.root()))
}

fn kinds(facts: &Facts, ld: &Ld) -> Vec<String> {
    let graph = facts.meta.first(&["og:type"]).map(str::to_owned);
    ld.kinds.iter().cloned().chain(graph).collect()
}

fn site(facts: &Facts, ld: &Ld) -> Option<String> {
    let named = facts.meta.first(&["og:site_name", "application-name", "al:android:app_name"]);
    named.map(str::to_owned).or_else(|| ld.site.clone())
}

fn headline(
    facts: &Facts,
    ld: &Ld,
    sites: &[String],
    expected: Option<&Expected>,
) -> Option<String> {
    let graph = ["og:title", "twitter:title", "dc.title", "parsely-title"];
    let prop = facts.props.iter().find(|(name, _)| name == "headline");
    let told = headline::Told {
        listed: expected.and_then(|expected| expected.title.as_deref()),
        ld: ld.headline.as_deref().filter(|_| ld.article),
        property: prop.map(|(_, value)| value.as_str()),
        graph: facts.meta.first(&graph),
        title: facts.title.as_deref(),
    };
    headline::choose(&facts.headlines, &told, sites)
}

fn site_names(facts: &Facts, ld: &Ld, site: Option<&str>, address: &Address) -> Vec<String> {
    let host = address.host().trim_start_matches("www.");
    let mut names: Vec<String> = site.into_iter().map(str::to_owned).collect();
    names.extend(ld.site.clone());
    names.extend(
        facts.meta.first(&["twitter:site", "publisher", "dc.publisher"]).map(str::to_owned),
    );
    names.push(host.to_owned());
    names.extend(host.split('.').filter(|label| label.len() > 3).map(str::to_owned));
    names.retain(|name| name.len() <= SITE_BYTES_MAX);
    names
}

fn description(facts: &Facts, ld: &Ld) -> Option<String> {
    let said = facts.meta.first(&[
        "og:description",
        "description",
        "twitter:description",
        "dc.description",
    ]);
    ld.description.clone().filter(|_| ld.article).or_else(|| said.map(str::to_owned))
}

fn declared_language(facts: &Facts, ld: &Ld, expected: Option<&Expected>) -> Option<String> {
    let metas = facts.meta.first(&["content-language", "og:locale", "dc.language"]);
    let expected = expected.and_then(|expected| expected.language.as_deref());
    [facts.language.as_deref(), ld.language.as_deref(), metas, expected]
        .into_iter()
        .flatten()
        .find_map(language::tag)
}

fn section(facts: &Facts, ld: &Ld) -> Option<String> {
    let named = facts.meta.first(&["article:section", "section", "parsely-section"]);
    ld.section.clone().or_else(|| named.map(str::to_owned))
}

fn tags(facts: &Facts, ld: &Ld) -> Vec<String> {
    let mut said: Vec<String> = facts.meta.all("article:tag").map(str::to_owned).collect();
    if said.is_empty() {
        said.clone_from(&ld.tags);
    }
    if said.is_empty() {
        let keywords = facts.meta.first(&["news_keywords", "keywords"]).unwrap_or_default();
        said = keywords.split([',', '，', '、', ';']).map(|tag| tag.trim().to_owned()).collect();
    }
    let mut tags: Vec<String> = Vec::new();
    for tag in said.into_iter().filter(|tag| !tag.is_empty()).take(TAGS_MAX) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn pictures(facts: &Facts, ld: &Ld, address: &Address) -> Vec<Address> {
    let graph =
        ["og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src"];
    let graph = graph.iter().flat_map(|name| facts.meta.all(name));
    let said = graph.chain(ld.images.iter().map(String::as_str));
    let mut pictures: Vec<Address> = Vec::new();
    for picture in said.filter_map(|said| address.join(said)) {
        if !is_default(&picture) && !pictures.contains(&picture) {
            pictures.push(picture);
        }
    }
    pictures
}

/// Tells whether a picture's name says that the whole site shares it.
fn is_default(picture: &Address) -> bool {
    let path = picture.as_url().path().to_ascii_lowercase();
    let name = path.rsplit('/').next().unwrap_or_default();
    let words =
        ["logo", "default", "placeholder", "fallback", "favicon", "blank", "avatar", "icon"];
    name.ends_with(".svg")
        || words.iter().any(|word| crate::words::split(name).split(' ').any(|own| own == *word))
}
