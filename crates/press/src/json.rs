//! An article as one JSON object, for programs.

use crate::{Facts, facts, markdown};
use news::{Article, PictureUse, Span, Timestamp};
use serde_json::{Map, Value, json};

/// Returns an article with the same names as `extract --jsonl`, and what the library adds.
///
/// Times are RFC 3339, those of the publisher in the zone in which they were told; what isn't known
/// is `null`. `image` is the lead picture's address,
/// `text`, `markdown` and `html` are the body alone; `evidence` says of the fields where each was
/// found (`json-ld`, `microdata`, `meta`, `element`, `title`, `listing`, `address`, `text`,
/// `script`, `rules`).
pub fn article(a: &Article, facts: &Facts) -> Value {
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string());
    let address = |used: &PictureUse| used.address.to_string();
    json!({
        "pressmark": facts.pressmark.map(|mark| mark.as_str()),
        "revision": facts.revision,
        "revisions": facts.revisions_len,
        "title": a.headline,
        "deck": a.deck,
        "authors": a.authors,
        "dateline": a.dateline,
        "published": a.published.as_ref().map(news::Stamp::in_its_zone),
        "updated": a.updated.as_ref().map(news::Stamp::in_its_zone),
        "first_seen": time(facts.first_seen),
        "captured": time(facts.captured),
        "language": a.language,
        "section": a.section,
        "tags": a.tags,
        "source": facts::source(a, facts),
        "address": a.address.as_str(),
        "image": a.lead.as_ref().map(address),
        "text": a.body.text(),
        "markdown": markdown::body(&a.body, &address),
        "html": html::write(&a.body, &|used| crate::shown(address(used))),
        "evidence": a.evidence.iter().map(|known| (name(&known.field), json!(known.origins))).collect::<Map<_, _>>(),
        "pictures": a.pictures().into_iter().map(picture).collect::<Vec<_>>(),
    })
}

/// Returns the name under which a field of an article stands here.
fn name(field: &str) -> String {
    if field == "headline" { "title" } else { field }.to_owned()
}

fn picture(used: &PictureUse) -> Value {
    json!({
        "address": used.address.as_str(),
        "alt": used.alt,
        "caption": Span::text_of(&used.caption),
        "credit": used.credit,
        "width": used.size.map(|(width, _)| width),
        "height": used.size.map(|(_, height)| height),
    })
}

#[cfg(test)]
mod tests;
