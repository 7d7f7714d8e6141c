//! A listing as one JSON object, in the form of the feed conformance corpus.

use news::{Content, Listing, Part, Reading, Stamp, Text, TextKind};
use serde_json::{Map, Value, json};

/// How many characters of its text head an entry that came without a title.
const HEADING_CHARS_MAX: usize = 80;

/// Notes whose kind begins like this tell of broken markup.
pub const DAMAGE: &str = "damage-";

/// The kind of note that tells of a document without any words.
pub const EMPTY: &str = "empty";

/// Returns the reading as `{"feed", "entries", "damaged", "damage", "encoding"}`, or as
/// `{"ok": false, "error"}` where nothing was found; an empty document is a damaged listing of
/// nothing.
///
/// Times are RFC 3339 in UTC; what is absent, empty or unknown is left out. What came without a
/// title is headed by its first words, else by its address, and marked as `untitled`; an entry
/// with nothing but its text has that as its summary as well, where most programs look for it.
pub fn json(reading: &Reading<Listing>) -> Value {
    let is_empty = reading.notes.iter().any(|note| note.kind == EMPTY);
    let Some(listing) = &reading.found else {
        if is_empty {
            return json!({"feed": {}, "entries": [], "damaged": true, "damage": [EMPTY]});
        }
        let why = reading.notes.last().map_or("no listing", |note| note.text.as_str());
        return json!({"ok": false, "error": why});
    };
    let damage: Vec<&str> =
        reading.notes.iter().filter_map(|note| note.kind.strip_prefix(DAMAGE)).collect();
    json!({
        "feed": feed(listing),
        "entries": listing.entries.iter().map(entry).collect::<Vec<_>>(),
        "damaged": !damage.is_empty(),
        "damage": damage,
        "encoding": listing.encoding,
    })
}

fn feed(listing: &Listing) -> Value {
    let mut to = Map::new();
    put_title(&mut to, &listing.title, None, listing.link.as_deref());
    put_text(&mut to, "subtitle", &listing.subtitle);
    put_text(&mut to, "rights", &listing.rights);
    put(&mut to, "form", &listing.form);
    put(&mut to, "link", &listing.link);
    put(&mut to, "links", &listing.links);
    put(&mut to, "id", &listing.id);
    put(&mut to, "language", &listing.language);
    put(&mut to, "icon", &listing.icon);
    put(&mut to, "logo", &listing.logo);
    put(&mut to, "ttl", &listing.ttl);
    put_time(&mut to, "published", &listing.published);
    put_time(&mut to, "updated", &listing.updated);
    put(&mut to, "authors", &listing.authors);
    put(&mut to, "contributors", &listing.contributors);
    put(&mut to, "categories", &listing.categories);
    put(&mut to, "image", &listing.image);
    put(&mut to, "generator", &listing.generator);
    put(&mut to, "parts", &listing.parts.iter().map(part).collect::<Vec<_>>());
    put(&mut to, "hubs", &listing.hubs);
    put(&mut to, "own", &listing.own);
    put(&mut to, "period_s", &listing.period_s);
    put(&mut to, "is_complete", &listing.is_complete.then_some(true));
    put(&mut to, "is_archive", &listing.is_archive.then_some(true));
    Value::Object(to)
}

fn part(part: &Part) -> Value {
    let mut to = Map::new();
    put(&mut to, "address", &part.address);
    put_time(&mut to, "updated", &part.updated);
    Value::Object(to)
}

fn entry(entry: &news::Entry) -> Value {
    let mut to = Map::new();
    put(&mut to, "id", &entry.id);
    let summary = entry.summary.clone().or_else(|| entry.content.iter().find_map(words));
    put_title(&mut to, &entry.title, summary.as_ref(), entry.link.as_deref());
    put_text(&mut to, "summary", &summary);
    put_text(&mut to, "rights", &entry.rights);
    put(&mut to, "link", &entry.link);
    put(&mut to, "links", &entry.links);
    put(&mut to, "authors", &entry.authors);
    put(&mut to, "contributors", &entry.contributors);
    put_time(&mut to, "published", &entry.published);
    put_time(&mut to, "updated", &entry.updated);
    put(&mut to, "content", &entry.content);
    put(&mut to, "categories", &entry.categories);
    put(&mut to, "enclosures", &entry.enclosures);
    put(&mut to, "media", &entry.media);
    put(&mut to, "thumbnails", &entry.thumbnails);
    put(&mut to, "media_credit", &entry.media_credit);
    put(&mut to, "comments", &entry.comments);
    put(&mut to, "language", &entry.language);
    put(&mut to, "source", &entry.source);
    Value::Object(to)
}

/// Returns a content as one text, if it is one.
fn words(content: &Content) -> Option<Text> {
    let kind = match content.kind.as_str() {
        "text/plain" => TextKind::Plain,
        "text/html" => TextKind::Html,
        "application/xhtml+xml" => TextKind::Xhtml,
        _ => return None,
    };
    Some(Text { value: content.value.clone(), kind }).filter(|text| !text.value.is_empty())
}

fn put_title(
    to: &mut Map<String, Value>,
    title: &Option<Text>,
    words: Option<&Text>,
    link: Option<&str>,
) {
    if title.is_some() {
        return put_text(to, "title", title);
    }
    let heading = words.map(heading).filter(|heading| !heading.is_empty());
    put(to, "title", &heading.or(link.map(str::to_owned)));
    put(to, "untitled", &true);
}

/// Returns the first words of a text.
fn heading(text: &Text) -> String {
    html::plain(text).chars().take(HEADING_CHARS_MAX).collect()
}

fn put(to: &mut Map<String, Value>, name: &str, value: &impl serde::Serialize) {
    let value = serde_json::to_value(value).unwrap_or_default();
    let is_empty = match &value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    if !is_empty {
        to.insert(name.to_owned(), value);
    }
}

fn put_text(to: &mut Map<String, Value>, name: &str, text: &Option<Text>) {
    if let Some(text) = text {
        put(to, name, &text.value);
        put(to, &format!("{name}_type"), &text.kind);
    }
}

fn put_time(to: &mut Map<String, Value>, name: &str, stamp: &Option<Stamp>) {
    if let Some(stamp) = stamp {
        put(to, name, &stamp.at.to_string());
    }
}
