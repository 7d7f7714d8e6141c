//! Who wrote the article: what the head says, then what the page marks; people before houses.

use super::byline::{is_cased, is_office, people};
use super::hanzi::is_han;
use super::headline::letters;
use super::jsonld::Ld;
use super::page_facts::Facts;

/// How many names may be marked alike in a page and all be its authors'.
const MARKED_MAX: usize = 3;

/// The same where a better source gives the house.
const BESIDE_HOUSE_MAX: usize = 2;

/// The names under which `<meta>` elements give authors, best first.
const METAS: [&str; 13] = [
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "dc.contributor",
    "sailthru.author",
    "byl",
    "byline",
    "article_author",
    "cxenseparse:author",
    "dcterms.creator",
    "citation_author",
    "citation_authors",
];

/// The authors of a page, and whether they are houses alone.
#[derive(Default)]
pub struct Authors {
    pub names: Vec<String>,
    pub are_houses: bool,
}

/// `sites` are the names of the site and of its host.
pub fn of(facts: &Facts, ld: &Ld, sites: &[String]) -> Authors {
    let props =
        facts.props.iter().filter(|(name, _)| name == "author").map(|(_, value)| value.as_str());
    let by_ld = std::iter::once_with(|| people(ld.authors.iter().map(String::as_str)));
    let by_meta = METAS.iter().map(|name| people(facts.meta.all(name)));
    let by_label = std::iter::once_with(|| people(labelled(facts)));
    let by_props = std::iter::once_with(|| people(props));
    let by_class = [4, 3, 2, 1].into_iter().map(|sure| {
        let lines = facts.bylines.iter().filter(|(own, _)| *own == sure);
        // Where many are marked alike, those of other articles and of comments are among them.
        let names = people(lines.map(|(_, line)| line.as_str()));
        if names.len() > MARKED_MAX { names[..1].to_vec() } else { names }
    });
    let houses: Vec<String> = sites.iter().chain(&ld.houses).map(|name| letters(name)).collect();
    let is_house = |name: &String| is_office(name) || houses.contains(&letters(name));
    let mut house = Authors { names: Vec::new(), are_houses: true };
    for names in by_ld.chain(by_meta).chain(by_props).chain(by_class).chain(by_label) {
        let is_one = |name: &String| {
            let is_sure = names.len() <= BESIDE_HOUSE_MAX && is_full(name);
            !is_house(name) && (house.names.is_empty() || is_sure)
        };
        if names.iter().any(is_one) {
            return Authors { names, are_houses: false };
        }
        if house.names.is_empty() {
            house.names = names;
        }
    }
    house
}

/// Tells whether a name has two words or more, each like a name's: only such a one is believed
/// where a better source gives the house.
pub fn is_full(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    name.chars().all(is_han) || words.len() >= 2 && words.iter().all(|word| is_cased(word))
}

/// What stands under `twitter:data1` where `twitter:label1` says that it is the writer: widely used
/// plugins of blogs write so.
fn labelled(facts: &Facts) -> Option<&str> {
    let label = facts.meta.first(&["twitter:label1"])?.to_lowercase();
    let is_writer = WRITTEN_BY.contains(&label.as_str());
    facts.meta.first(&["twitter:data1"]).filter(|_| is_writer)
}

#[rustfmt::skip]
const WRITTEN_BY: [&str; 16] = [
    "written by", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da",
    "geschreven door", "skrevet av", "skriven av", "skrevet af", "napisane przez", "yazan",
    "автор", "написано автором", "作者", "執筆者",
];
