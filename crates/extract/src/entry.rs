//! The article that a listing alone gives.

use crate::metadata::{letters, people, plain};
use crate::{language, lead, trim};
use news::{Address, Article, Block, Body, Entry, Listing, PictureUse, Span, TextKind};

/// How long a summary may be and still be a deck, in characters.
const DECK_CHARS_MAX: usize = 400;

/// How many characters of its text head an entry that came without a title.
const HEADLINE_CHARS_MAX: usize = 80;

/// Returns the article as its listing has it; none without an address, or without any words.
///
/// The body is the longest content, else the summary; the headline is the title, else the first
/// words of the text. `base` is the address of the listing, for
/// references that it left relative.
pub fn from_entry(entry: &Entry, listing: &Listing, base: &Address) -> Option<Article> {
    let address = address(entry, base)?;
    let (mut body, from_content) = body(entry, &address);
    let title = entry.title.as_ref().map(html::plain).unwrap_or_default();
    let headline = if title.is_empty() { first_words(&body)? } else { title };
    let site = listing.title.as_ref().map(html::plain).filter(|name| !name.is_empty());
    let mut authors = authors(entry, listing);
    // A publication that signs with its own name has told no author.
    authors.retain(|author| site.as_deref() != Some(author));
    let known = trim::Known { headline: &headline, authors: &authors, site: site.as_deref() };
    let dateline = trim::all(&mut body, &known);
    let in_text = lead::lift(&mut body);
    let lead =
        lead::choose(in_text, pictures(entry, base), &mut body).map(|lead| credited(lead, entry));
    let words = body.text();
    let declared = entry.language.as_deref().or(listing.language.as_deref());
    Some(Article {
        evidence: Vec::new(),
        language: language::of(declared, if words.is_empty() { &headline } else { &words }),
        deck: deck(entry, &words, from_content),
        address,
        headline,
        authors,
        dateline,
        published: entry.published.clone(),
        updated: entry.updated.clone(),
        site,
        section: None,
        tags: tags(entry),
        lead,
        body,
    })
}

fn address(entry: &Entry, base: &Address) -> Option<Address> {
    let alternate = entry.links.iter().find(|link| link.rel == "alternate" || link.rel.is_empty());
    let written = entry.link.as_deref().or(alternate.map(|link| link.href.as_str()))?;
    Some(base.join(written)?.without_fragment())
}

fn authors(entry: &Entry, listing: &Listing) -> Vec<String> {
    let names = |people: &[news::Person]| -> Vec<String> {
        people.iter().filter_map(|person| person.name.clone()).collect()
    };
    let own = names(&entry.authors);
    let said = if own.is_empty() { names(&listing.authors) } else { own };
    people(said.iter().map(String::as_str))
}

/// Returns the body, and whether it is a content and not only a summary.
fn body(entry: &Entry, address: &Address) -> (Body, bool) {
    let readable = entry.content.iter().filter(|content| {
        content.src.is_none()
            && (content.kind.is_empty()
                || content.kind.contains("html")
                || content.kind.starts_with("text/"))
    });
    if let Some(content) = readable.max_by_key(|content| content.value.len()) {
        let base = content.base.as_deref().and_then(|base| address.join(base));
        let base = base.as_ref().unwrap_or(address);
        let body = match content.kind.as_str() {
            "text/plain" => lines(&content.value),
            _ => html::clean(&content.value, Some(base)),
        };
        if !body.is_empty() {
            return (body, true);
        }
    }
    let summary = entry.summary.as_ref().map(|summary| match summary.kind {
        TextKind::Plain => lines(&summary.value),
        _ => html::clean(&summary.value, Some(address)),
    });
    (summary.unwrap_or_default(), false)
}

/// Returns the start of the first line, cut at a blank where there is one.
fn first_words(body: &Body) -> Option<String> {
    let text = body.text();
    let line = text.lines().next()?;
    if line.chars().count() <= HEADLINE_CHARS_MAX {
        return Some(line.to_owned());
    }
    let start: String = line.chars().take(HEADLINE_CHARS_MAX).collect();
    let cut = start.rfind(' ').filter(|at| *at > start.len() / 2);
    Some(format!("{}…", &start[..cut.unwrap_or(start.len())]))
}

/// Plain text, a paragraph a line.
pub fn lines(text: &str) -> Body {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let blocks = lines.map(|line| Block::Paragraph(vec![Span::text(line)])).collect();
    Body { blocks }
}

/// The summary, where the text is more than it and doesn't begin with it.
fn deck(entry: &Entry, words: &str, from_content: bool) -> Option<String> {
    let summary = html::plain(entry.summary.as_ref().filter(|_| from_content)?);
    let (own, all) = (letters(&summary), letters(words));
    let short = summary.chars().count() <= DECK_CHARS_MAX;
    let cut = summary.ends_with("...") || summary.ends_with('…') || summary.ends_with("[…]");
    (short && !cut && !own.is_empty() && !all.contains(&own)).then_some(summary)
}

fn tags(entry: &Entry) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for category in &entry.categories {
        let tag = category.label.as_ref().or(category.term.as_ref()).map(|tag| plain(tag));
        if let Some(tag) = tag.filter(|tag| !tag.is_empty() && !tags.contains(tag)) {
            tags.push(tag);
        }
    }
    tags
}

/// The pictures that the entry names, the largest kinds first.
fn pictures(entry: &Entry, base: &Address) -> Vec<Address> {
    let is_picture =
        |kind: &Option<String>| kind.as_ref().is_some_and(|kind| kind.starts_with("image/"));
    let media = entry
        .media
        .iter()
        .filter(|media| is_picture(&media.kind) || media.medium.as_deref() == Some("image"));
    let media = media.map(|media| media.url.as_str());
    let enclosed = entry.enclosures.iter().filter(|enclosure| is_picture(&enclosure.kind));
    let enclosed = enclosed.map(|enclosure| enclosure.href.as_str());
    let thumbs = entry.thumbnails.iter().map(|thumbnail| thumbnail.url.as_str());
    media.chain(enclosed).chain(thumbs).filter_map(|written| base.join(written)).collect()
}

fn credited(mut lead: PictureUse, entry: &Entry) -> PictureUse {
    let credit = entry.media_credit.iter().map(|credit| plain(&credit.content));
    lead.credit = lead.credit.or_else(|| credit.into_iter().find(|credit| !credit.is_empty()));
    lead
}

#[cfg(test)]
mod tests;
