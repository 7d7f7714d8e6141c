//! JSON Feed 1.0 and 1.1 (jsonfeed.org), read with more patience than they ask for.

use crate::Limits;
use crate::draft::{self, Draft};
use crate::limits::HUBS_MAX;
use crate::relative;
use news::{
    Address, Category, Content, Enclosure, Form, Link, Listing, Part, Person, Text, TextKind,
    Thumbnail, date,
};
use serde_json::{Map, Value};

/// What a JSON document was found to be.
pub struct Found {
    pub listing: Listing,
    pub entries_cut: usize,
    /// The document broke off or was broken; what came before was kept.
    pub is_damaged: bool,
}

/// Reads a JSON feed; `None` if the text is no JSON or says nothing of items.
pub fn read(text: &str, base: Option<&Address>, limits: &Limits) -> Option<Found> {
    let (feed, items, is_damaged) = match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(mut feed)) => {
            let items = match feed.remove("items") {
                Some(Value::Array(items)) => items,
                _ if feed.contains_key("version") => Vec::new(),
                _ => return None,
            };
            (feed, items, false)
        }
        Ok(_) => return None,
        Err(_) => {
            let (feed, items) = salvage(text)?;
            (feed, items, true)
        }
    };
    let known = feed.contains_key("version") || !items.is_empty() || is_damaged;
    known.then_some(())?;
    let entries_cut = items.len().saturating_sub(limits.entries_max);
    let mut listing = listing(&feed, base);
    listing.entries = items
        .iter()
        .filter_map(Value::as_object)
        .take(limits.entries_max)
        .map(|item| entry(item, base))
        .collect();
    draft::settle(&mut listing, base);
    draft::inherit(&mut listing);
    Some(Found { listing, entries_cut, is_damaged })
}

/// Reads the members before `items`, and the items up to the broken one.
fn salvage(text: &str) -> Option<(Map<String, Value>, Vec<Value>)> {
    let is_feed = text.contains("jsonfeed.org/version");
    let Some(at) = text.find("\"items\"") else {
        return is_feed.then(Default::default);
    };
    let after = text[at + "\"items\"".len()..].trim_start().strip_prefix(':')?;
    let mut rest = after.trim_start().strip_prefix('[')?;
    let mut items = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match values.next() {
            Some(Ok(item)) => items.push(item),
            _ => break,
        }
        rest = &rest[values.byte_offset()..];
    }
    let head = format!("{}}}", text[..at].trim_end().trim_end_matches(','));
    let feed = serde_json::from_str(&head).unwrap_or_default();
    (is_feed || !items.is_empty()).then_some((feed, items))
}

fn listing(feed: &Map<String, Value>, base: Option<&Address>) -> Listing {
    let mut draft = Draft::default();
    if let Some(title) = text(feed, "title") {
        draft.title.first(1, plain(title));
    }
    if let Some(description) = text(feed, "description") {
        draft.summary.first(1, plain(description));
    }
    let resolved = |name| text(feed, name).map(|href| relative::resolve(base, &href));
    if let Some(href) = resolved("home_page_url") {
        draft.links.push(link(href.clone(), "alternate"));
        draft.link = Some(href);
    }
    let own = resolved("feed_url");
    if let Some(href) = &own {
        draft.id = Some(href.clone());
        draft.links.push(link(href.clone(), "self"));
    }
    draft.language = text(feed, "language");
    draft.icon = resolved("icon").or_else(|| resolved("favicon"));
    draft.authors = authors(feed, base);
    let next = resolved("next_url")
        .and_then(|href| Address::read(&href))
        .filter(|address| base != Some(address))
        .map(|address| Part { address, updated: None });
    let begun = Listing {
        parts: next.into_iter().collect(),
        hubs: array(feed, "hubs").iter().filter_map(hub).take(HUBS_MAX).collect(),
        own: own.as_deref().and_then(Address::read),
        ..Listing::default()
    };
    draft.into_listing(Form::Json, begun)
}

/// Returns the address of a hub; rssCloud's are asked in another way.
fn hub(hub: &Value) -> Option<Address> {
    let hub = hub.as_object()?;
    let kind = text(hub, "type")?;
    let is_web_sub =
        ["websub", "pubsubhubbub"].iter().any(|known| kind.eq_ignore_ascii_case(known));
    Address::read(&text(hub, "url")?).filter(|_| is_web_sub)
}

fn entry(item: &Map<String, Value>, base: Option<&Address>) -> news::Entry {
    let mut draft = Draft {
        id: text(item, "id").or_else(|| text(item, "guid")),
        authors: authors(item, base),
        language: text(item, "language"),
        ..Draft::default()
    };
    let resolved = |name| text(item, name).map(|href| relative::resolve(base, &href));
    draft.link = resolved("url").or_else(|| resolved("link"));
    if let Some(href) = &draft.link {
        draft.links.push(link(href.clone(), "alternate"));
    }
    if let Some(href) = resolved("external_url") {
        draft.original_link = draft.link.is_none().then(|| href.clone());
        draft.links.push(link(href, "related"));
    }
    draft.permalink = draft.id.clone().filter(|id| Address::read(id).is_some());
    if let Some(title) = text(item, "title") {
        draft.title.first(1, plain(title));
    }
    if let Some(summary) = text(item, "summary") {
        draft.summary.first(1, plain(summary));
    }
    draft.content.extend(content(item, "content_html", "text/html", base));
    draft.content.extend(content(item, "content_text", "text/plain", base));
    if let Some(stamp) = text(item, "date_published").and_then(|date| date::read(&date, None)) {
        draft.published.first(1, stamp);
    }
    if let Some(stamp) = text(item, "date_modified").and_then(|date| date::read(&date, None)) {
        draft.updated.first(1, stamp);
    }
    for term in array(item, "tags").iter().filter_map(scalar) {
        draft.add_category(Category { term: Some(term), ..Category::default() });
    }
    let pictures = [resolved("image"), resolved("banner_image")];
    draft.thumbnails = pictures.into_iter().flatten().map(thumbnail).collect();
    draft.enclosures = array(item, "attachments")
        .iter()
        .filter_map(Value::as_object)
        .filter_map(|attachment| enclosure(attachment, base))
        .collect();
    draft.into_entry()
}

fn content(
    item: &Map<String, Value>,
    name: &str,
    kind: &str,
    base: Option<&Address>,
) -> Option<Content> {
    let value = text(item, name)?;
    let value = match base {
        Some(base) if kind == "text/html" => relative::markup(base, &value).unwrap_or(value),
        _ => value,
    };
    Some(Content {
        value,
        kind: kind.to_owned(),
        base: base.map(|base| base.as_str().to_owned()),
        ..Content::default()
    })
}

fn thumbnail(url: String) -> Thumbnail {
    Thumbnail { url, ..Thumbnail::default() }
}

fn enclosure(attachment: &Map<String, Value>, base: Option<&Address>) -> Option<Enclosure> {
    Some(Enclosure {
        href: relative::resolve(base, &text(attachment, "url")?),
        kind: text(attachment, "mime_type"),
        length: text(attachment, "size_in_bytes"),
    })
}

fn authors(object: &Map<String, Value>, base: Option<&Address>) -> Vec<Person> {
    let several = array(object, "authors").iter();
    let mut people: Vec<Person> = several.filter_map(|author| person(author, base)).collect();
    let single = [object.get("authors"), object.get("author")].into_iter().flatten();
    if people.is_empty() {
        people.extend(single.filter_map(|author| person(author, base)).next());
    }
    people
}

fn person(author: &Value, base: Option<&Address>) -> Option<Person> {
    let Some(object) = author.as_object() else {
        return crate::person::read(author.as_str()?);
    };
    let href = text(object, "url");
    let mail = href.as_deref().and_then(|href| href.strip_prefix("mailto:"));
    let person = Person {
        name: text(object, "name"),
        email: text(object, "email").or(mail.map(str::to_owned)),
        href: href.as_deref().map(|href| relative::resolve(base, href)),
    };
    (person != Person::default()).then_some(person)
}

fn plain(value: String) -> Text {
    Text { value, kind: TextKind::Plain }
}

fn link(href: String, rel: &str) -> Link {
    Link { href, rel: rel.to_owned(), ..Link::default() }
}

fn array<'a>(object: &'a Map<String, Value>, name: &str) -> &'a [Value] {
    object.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name).and_then(scalar)
}

/// Returns a string or a number as text; a whole number has no point.
fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
                format!("{float:.0}")
            }
            _ => number.to_string(),
        },
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
