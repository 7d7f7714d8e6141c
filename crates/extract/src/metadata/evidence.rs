//! Who says what an article's fields hold: all sources of the page that agree with what was chosen.

use super::dates;
use super::headline::letters;
use super::{Metadata, jsonld::Ld, page_facts::Facts};
use crate::page::Expected;
use news::{Address, Evidence, Origin, Stamp};

/// Where the page and its listing tell things.
pub struct Sources<'a> {
    pub facts: &'a Facts,
    pub ld: &'a Ld,
    pub address: &'a Address,
    pub expected: Option<&'a Expected>,
}

/// Returns the sources of each field that was found; a field that only the text tells has none.
pub fn of(sources: &Sources, meta: &Metadata) -> Vec<Evidence> {
    let Sources { facts, ld, expected, .. } = sources;
    let listed = expected.and_then(|expected| expected.title.as_deref());
    let graph = facts.meta.first(&["og:title", "twitter:title", "dc.title"]);
    let headline: Vec<(Origin, Option<&str>)> = [
        (Origin::JsonLd, ld.headline.as_deref()),
        (Origin::Microdata, sources.property("headline")),
        (Origin::Meta, graph),
        (Origin::Title, facts.title.as_deref()),
        (Origin::Listing, listed),
    ]
    .into_iter()
    .chain(facts.headlines.iter().map(|said| (Origin::Element, Some(said.as_str()))))
    .collect();
    let declared = [
        (Origin::Element, facts.language.as_deref()),
        (Origin::JsonLd, ld.language.as_deref()),
        (Origin::Meta, facts.meta.first(&["content-language", "og:locale", "dc.language"])),
    ];
    let site = [
        (Origin::Meta, facts.meta.first(&["og:site_name", "application-name"])),
        (Origin::JsonLd, ld.site.as_deref()),
    ];
    let section = [
        (Origin::JsonLd, ld.section.as_deref()),
        (Origin::Meta, facts.meta.first(&["article:section", "section", "parsely-section"])),
    ];
    let fields = [
        ("headline", saying(meta.headline.as_deref(), headline)),
        ("authors", sources.naming(&meta.authors)),
        ("published", sources.dating(meta.published.as_ref(), Times::Published)),
        ("updated", sources.dating(meta.updated.as_ref(), Times::Updated)),
        ("language", saying(meta.language.as_deref(), declared)),
        ("site", saying(meta.site.as_deref(), site)),
        ("section", saying(meta.section.as_deref(), section)),
    ];
    let found = fields.into_iter().filter(|(_, origins)| !origins.is_empty());
    found.map(|(field, origins)| Evidence { field: field.to_owned(), origins }).collect()
}

enum Times {
    Published,
    Updated,
}

impl Sources<'_> {
    fn property(&self, name: &str) -> Option<&str> {
        let mut same = self.facts.props.iter().filter(|(own, _)| own == name);
        same.next().map(|(_, value)| value.as_str())
    }

    /// The sources that name the first author.
    fn naming(&self, authors: &[String]) -> Vec<Origin> {
        let metas = ["author", "article:author", "parsely-author", "dc.creator", "byl", "byline"];
        let ld = self.ld.authors.iter().map(|said| (Origin::JsonLd, Some(said.as_str())));
        let metas = metas.iter().flat_map(|name| self.facts.meta.all(name));
        let metas = metas.map(|said| (Origin::Meta, Some(said)));
        let property = [(Origin::Microdata, self.property("author"))];
        let bylines = self.facts.bylines.iter().map(|(_, said)| (Origin::Element, Some(&**said)));
        let first = authors.first().map(String::as_str);
        saying(first, ld.chain(metas).chain(property).chain(bylines))
    }

    /// The sources that tell this instant.
    fn dating(&self, stamp: Option<&Stamp>, which: Times) -> Vec<Origin> {
        let Some(stamp) = stamp else {
            return Vec::new();
        };
        let facts = self.facts;
        let (ld, metas, property): (_, &[&str], _) = match which {
            Times::Published => (&self.ld.published, &dates::PUBLISHED, "datePublished"),
            Times::Updated => (&self.ld.updated, &dates::UPDATED, "dateModified"),
        };
        let metas = metas.iter().filter_map(|name| facts.meta.first(&[name]));
        let told = ld.iter().map(|said| (Origin::JsonLd, said.as_str()));
        let told = told.chain(metas.map(|said| (Origin::Meta, said)));
        let told = told.chain(self.property(property).map(|said| (Origin::Microdata, said)));
        let shown = facts.times.iter().map(|time| time.written.as_str());
        let shown = shown.chain(facts.dates.iter().map(String::as_str));
        let told = told.chain(shown.map(|said| (Origin::Element, said)));
        let is_it = |said: &str| dates::within_line(said).is_some_and(|read| read.at == stamp.at);
        let mut origins = once(told.filter(|(_, said)| is_it(said)).map(|(origin, _)| origin));
        let listed = self.expected.and_then(|expected| expected.published.as_ref());
        let is_listed = listed.is_some_and(|listed| listed.at == stamp.at);
        let is_in_address = dates::from_address(self.address).is_some_and(|day| day.at == stamp.at);
        origins.extend(is_listed.then_some(Origin::Listing));
        origins.extend(is_in_address.then_some(Origin::Address));
        origins
    }
}

/// The sources that say these words, alone or among others.
fn saying<'a>(
    words: Option<&str>,
    told: impl IntoIterator<Item = (Origin, Option<&'a str>)>,
) -> Vec<Origin> {
    let words = words.map(letters).unwrap_or_default();
    let says = |said: Option<&str>| {
        let said = said.filter(|said| said.len() <= SAID_BYTES_MAX);
        !words.is_empty() && said.is_some_and(|said| letters(said).contains(&words))
    };
    once(told.into_iter().filter(|(_, said)| says(*said)).map(|(origin, _)| origin))
}

/// What is longer is not compared, in bytes.
const SAID_BYTES_MAX: usize = 2_000;

fn once(origins: impl Iterator<Item = Origin>) -> Vec<Origin> {
    let mut all = Vec::new();
    for origin in origins {
        if !all.contains(&origin) {
            all.push(origin);
        }
    }
    all
}
