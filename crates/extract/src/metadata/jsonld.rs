//! JSON-LD: what a page's scripts of type `application/ld+json` say about the article.
//!
//! The vocabulary is schema.org's. Publishers' JSON is often slightly broken (raw line feeds in
//! strings, commas too many, HTML comments round it), so a text that doesn't parse is mended once.

mod mend;

use serde_json::{Map, Value};

/// How many objects of all scripts together are looked at.
const THINGS_MAX: usize = 20_000;

/// How many types are kept.
const KINDS_MAX: usize = 200;

/// What JSON-LD says about the one article of a page; empty strings never stand here.
#[derive(Debug, Default, PartialEq)]
pub struct Ld {
    pub headline: Option<String>,
    pub description: Option<String>,
    pub authors: Vec<String>,
    /// Those of the authors that are organisations.
    pub houses: Vec<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub images: Vec<String>,
    pub text: Option<String>,
    pub section: Option<String>,
    pub tags: Vec<String>,
    pub language: Option<String>,
    pub site: Option<String>,
    pub address: Option<String>,
    /// `isAccessibleForFree` is there and says no, of the article or of a part of it.
    pub paid: bool,
    /// It is there and says yes.
    pub free: bool,
    /// The thing says that it is an article of some kind.
    pub article: bool,
    /// The types of all things of the page that may be its article.
    pub kinds: Vec<String>,
}

/// Reads the scripts' texts and returns what they say about the article of the page at `address`.
pub fn read(scripts: &[String], address: &str) -> Ld {
    let roots: Vec<Value> = scripts.iter().filter_map(|text| parse(text)).collect();
    // What can't be read may still say that one.
    let is_closed = || scripts.iter().any(|text| says_closed(text) && parse(text).is_none());
    let things = things(&roots);
    let by_id = |id: &str| {
        let same = |thing: &&&Map<String, Value>| string(thing, "@id").as_deref() == Some(id);
        things.iter().filter(same).max_by_key(|thing| thing.len()).copied()
    };
    let article = things
        .iter()
        .filter(|thing| rank(thing) > 0)
        .enumerate()
        .max_by_key(|(at, thing)| (fit(thing, address), std::cmp::Reverse(*at)));
    let mut ld = match article {
        Some((_, thing)) => from_thing(thing, &by_id),
        None => Ld::default(),
    };
    ld.article = article.is_some_and(|(_, thing)| rank(thing) > 1);
    let own = things.iter().filter(|thing| rank(thing) > 0 && is_of(thing, address));
    let own = own.chain(article.map(|(_, thing)| thing));
    ld.paid = own.copied().any(says_paid) || is_closed();
    let kinds = things.iter().flat_map(|thing| types(thing)).take(KINDS_MAX);
    ld.kinds =
        kinds.map(|kind| kind.rsplit(['/', '#', ':']).next().unwrap_or(kind).to_owned()).collect();
    if ld.site.is_none() {
        let site = things.iter().find(|thing| is_a(thing, "WebSite"));
        ld.site = site.and_then(|thing| string(thing, "name"));
    }
    ld
}

fn parse(text: &str) -> Option<Value> {
    let text = text.trim();
    serde_json::from_str(text).or_else(|_| serde_json::from_str(&mend::mended(text))).ok()
}

/// Returns every object that has a type, in the order of the document.
fn things(roots: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut open: Vec<&Value> = roots.iter().rev().collect();
    let mut seen = 0;
    while let Some(value) = open.pop() {
        seen += 1;
        if seen > THINGS_MAX {
            break;
        }
        match value {
            Value::Array(values) => open.extend(values.iter().rev()),
            Value::Object(object) => {
                if object.contains_key("@type") {
                    found.push(object);
                }
                let inner = object.iter().filter(|(key, _)| !LISTS.contains(&key.as_str()));
                let inner: Vec<&Value> = inner.map(|(_, value)| value).collect();
                open.extend(inner.into_iter().rev());
            }
            _ => {}
        }
    }
    found
}

/// Properties that hold other articles than the page's own.
const LISTS: [&str; 7] =
    ["itemListElement", "mentions", "relatedLink", "citation", "comment", "isPartOf", "hasPart"];

/// How surely a thing is the page's article by its type: 2 an article, 1 something with a text.
fn rank(thing: &Map<String, Value>) -> u8 {
    types(thing)
        .map(|kind| {
            let kind = kind.rsplit(['/', '#', ':']).next().unwrap_or(kind);
            if kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report" {
                return 2;
            }
            u8::from(matches!(
                kind,
                "Review" | "Recipe" | "WebPage" | "VideoObject" | "CreativeWork"
            ))
        })
        .max()
        .unwrap_or(0)
}

fn types(thing: &Map<String, Value>) -> impl Iterator<Item = &str> {
    each(thing.get("@type")).iter().filter_map(Value::as_str)
}

/// Returns the values of a property, which may be one or a list.
fn each(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
        None => &[],
    }
}

fn is_a(thing: &Map<String, Value>, kind: &str) -> bool {
    types(thing).any(|one| one == kind)
}

/// Orders the things of a page by how likely each is its article.
fn fit(thing: &Map<String, Value>, address: &str) -> (u8, bool, usize) {
    let own = is_of(thing, address);
    let told = ["headline", "datePublished", "author", "articleBody", "dateModified"];
    let told = told.iter().filter(|key| thing.contains_key(**key)).count();
    (rank(thing), own, told)
}

/// Tells whether a thing says that it stands at this address.
fn is_of(thing: &Map<String, Value>, address: &str) -> bool {
    ["url", "@id", "mainEntityOfPage"].iter().any(|key| {
        let said = match thing.get(*key) {
            Some(Value::Object(object)) => string(object, "@id"),
            _ => string(thing, key),
        };
        said.is_some_and(|said| bare(&said) == bare(address))
    })
}

fn bare(address: &str) -> &str {
    let address = address.split(['?', '#']).next().unwrap_or(address);
    let address = address.trim_start_matches("https:").trim_start_matches("http:");
    address.trim_end_matches('/')
}

fn from_thing<'a>(
    thing: &'a Map<String, Value>,
    by_id: &dyn Fn(&str) -> Option<&'a Map<String, Value>>,
) -> Ld {
    let first = |keys: &[&str]| keys.iter().find_map(|key| string(thing, key));
    let author = thing.get("author").or(thing.get("creator"));
    Ld {
        headline: first(&["headline", "name"]),
        description: first(&["description"]),
        authors: names(author, by_id),
        houses: houses(author, by_id),
        published: first(&["datePublished", "dateCreated", "uploadDate"]),
        updated: first(&["dateModified"]),
        images: images(thing, by_id),
        text: first(&["articleBody", "text"]),
        section: strings(thing.get("articleSection")).into_iter().next(),
        tags: tags(thing.get("keywords")),
        language: first(&["inLanguage"]),
        site: names(thing.get("publisher"), by_id).into_iter().next(),
        address: first(&["url"]).or_else(|| match thing.get("mainEntityOfPage") {
            Some(Value::Object(object)) => string(object, "@id"),
            Some(Value::String(address)) => Some(address.clone()),
            _ => None,
        }),
        free: thing.get("isAccessibleForFree").is_some_and(says_yes),
        paid: false,
        article: false,
        kinds: Vec::new(),
    }
}

fn says_yes(value: &Value) -> bool {
    match value {
        Value::Bool(free) => *free,
        Value::String(free) => free.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

/// Tells whether a thing says that it, or a part of it, isn't free.
fn says_paid(thing: &Map<String, Value>) -> bool {
    let parts = each(thing.get("hasPart")).iter().filter_map(Value::as_object);
    parts.chain([thing]).any(|part| part.get("isAccessibleForFree").is_some_and(says_no))
}

fn says_no(value: &Value) -> bool {
    each(Some(value)).iter().any(|value| match value {
        Value::Bool(free) => !free,
        Value::String(free) => {
            let word = free.trim().rsplit('/').next().unwrap_or_default();
            word.eq_ignore_ascii_case("false")
        }
        _ => false,
    })
}

/// Tells whether data says somewhere that something isn't free, without reading the rest of it.
///
/// Marks of quotation are passed over, with what escapes them in data that stands in a string.
pub fn says_closed(data: &str) -> bool {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '\\' | '"' | '\'' | ':' | '[');
    data.split("isAccessibleForFree").skip(1).any(|rest| {
        let said = rest.trim_start_matches(is_between);
        let said = said.trim_start_matches("https://").trim_start_matches("http://");
        let word = said.trim_start_matches("schema.org/").get(..5);
        word.is_some_and(|word| word.eq_ignore_ascii_case("false"))
    })
}

/// Tells whether a script's `type` is that of JSON-LD, with parameters or without.
pub fn is_type(kind: &str) -> bool {
    let essence = kind.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/ld+json")
}

/// Returns a property's first string, trimmed, references resolved.
fn string(thing: &Map<String, Value>, key: &str) -> Option<String> {
    strings(thing.get(key)).into_iter().next()
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(super::plain(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => {
            let keys = ["@value", "name", "alternateName"];
            let text = keys.iter().find_map(|key| object.get(*key)?.as_str());
            text.map(super::plain)
        }
        _ => None,
    };
    each(value).iter().filter_map(one).filter(|text| !text.is_empty()).collect()
}

fn tags(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(_)) => {
            let all = strings(value).concat();
            let tags = all.split([',', '，', '、', ';', '|']);
            tags.map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
        }
        value => strings(value),
    }
}

/// Returns the names of people or organisations, following `@id` once.
fn names<'a>(
    value: Option<&'a Value>,
    by_id: &dyn Fn(&str) -> Option<&'a Map<String, Value>>,
) -> Vec<String> {
    let one = |value: &'a Value| match value {
        Value::Object(object) => {
            let own = strings(object.get("name"));
            if !own.is_empty() {
                return own;
            }
            let id = object.get("@id").and_then(Value::as_str);
            let named = id.and_then(by_id);
            named.map(|thing| strings(thing.get("name"))).unwrap_or_default()
        }
        Value::String(_) => strings(Some(value)),
        _ => Vec::new(),
    };
    each(value).iter().flat_map(one).collect()
}

/// Returns the names of those that are organisations.
fn houses<'a>(
    value: Option<&'a Value>,
    by_id: &dyn Fn(&str) -> Option<&'a Map<String, Value>>,
) -> Vec<String> {
    let is_house = |value: &&Value| {
        let id = value.get("@id").and_then(Value::as_str);
        let own = value.as_object();
        let thing = own.filter(|own| own.contains_key("@type")).or_else(|| id.and_then(by_id));
        thing.is_some_and(|thing| types(thing).any(|kind| kind.ends_with("Organization")))
    };
    each(value).iter().filter(is_house).flat_map(|value| names(Some(value), by_id)).collect()
}

fn images<'a>(
    thing: &'a Map<String, Value>,
    by_id: &dyn Fn(&str) -> Option<&'a Map<String, Value>>,
) -> Vec<String> {
    let of = |object: &'a Map<String, Value>| {
        ["url", "contentUrl"].iter().find_map(|key| string(object, key))
    };
    let one = |value: &'a Value| match value {
        Value::String(address) => Some(address.trim().to_owned()),
        Value::Object(object) => of(object).or_else(|| {
            let id = object.get("@id").and_then(Value::as_str)?;
            by_id(id).and_then(of)
        }),
        _ => None,
    };
    let image = thing.get("image").or(thing.get("primaryImageOfPage"));
    each(image.or(thing.get("thumbnailUrl"))).iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests;
