//! `export`: what is followed, as an outline that other readers take in.

use super::print::files;
use crate::End;
use crate::args::{ExportArgs, Global};
use crate::shop::Shop;
use crate::talk::print;
use archive::{ListingState, Role, Source};
use listing::opml;
use news::{Address, Opml, Outline, Timestamp};
use std::collections::HashSet;

/// Where the format is described, as its own head says.
const DOCS: &str = "http://opml.org/spec2.opml";

pub async fn run(global: Global, args: ExportArgs) -> anyhow::Result<End> {
    let shop = Shop::new(global)?;
    let archive = shop.open_for_reading().await?;
    let mut outline = archive.outline().await?;
    file_the_rest(&mut outline, &archive.sources().await?);
    date(&mut outline.head, &shop.config.library.title, Timestamp::now());
    let text = opml::write(&outline);
    match &args.out {
        Some(path) => files::write(path, text.as_bytes())?,
        None => print(text.trim_end()),
    }
    Ok(End::Done)
}

/// Puts what is followed and filed nowhere at the end.
fn file_the_rest(opml: &mut Opml, sources: &[Source]) {
    let mut filed = HashSet::new();
    feeds(&opml.outlines, &mut filed);
    let mut sources: Vec<&Source> = sources.iter().collect();
    sources.sort_by_key(|source| source.id);
    for source in sources {
        let rest = followed(source).filter(|listing| !filed.contains(&listing.address));
        opml.outlines.extend(rest.map(|listing| outline(source, listing)));
    }
}

/// Returns the listings that are followed for their own sake: no spares, no stand-ins; one that
/// has ended only where there is no other.
fn followed(source: &Source) -> impl Iterator<Item = &ListingState> {
    let main = |listing: &&ListingState| listing.role == Role::Main && listing.stands_in.is_none();
    let has_ended = source.listings.iter().filter(main).all(|listing| listing.ended);
    source.listings.iter().filter(main).filter(move |listing| has_ended || !listing.ended)
}

fn feeds(outlines: &[Outline], found: &mut HashSet<Address>) {
    for outline in outlines {
        found.extend(outline.feed());
        feeds(&outline.children, found);
    }
}

fn outline(source: &Source, listing: &ListingState) -> Outline {
    let mut attributes = vec![
        ("text", source.title.as_str()),
        ("title", &source.title),
        ("type", "rss"),
        ("xmlUrl", listing.address.as_str()),
        ("htmlUrl", source.site.as_str()),
    ];
    attributes.extend(source.language.as_deref().map(|language| ("language", language)));
    Outline::of(&attributes)
}

/// Fills the head: what an imported outline said of itself stays, and when it was changed is now.
fn date(head: &mut Vec<(String, String)>, title: &str, now: Timestamp) {
    let now = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let is = |name: &'static str| move |(known, _): &(String, String)| known == name;
    let was_dated = head.iter().any(is("dateCreated"));
    if was_dated {
        head.retain(|(name, _)| name != "dateModified");
    }
    let dated = if was_dated { "dateModified" } else { "dateCreated" };
    for (name, value) in [("title", title), (dated, &now), ("docs", DOCS)] {
        if !head.iter().any(is(name)) {
            head.push((name.to_owned(), value.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::date;
    use news::Timestamp;

    #[track_caller]
    fn check(head: &[(&str, &str)], expected: &[(&str, &str)]) {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let mut found = head.iter().map(owned).collect();
        let now: Timestamp = "2026-11-08T08:00:00Z".parse().unwrap();
        date(&mut found, "Pressmark", now);
        assert_eq!(found, expected.iter().map(owned).collect::<Vec<_>>());
    }

    #[test]
    fn a_head_says_when_it_was_written() {
        let now = "Sun, 08 Nov 2026 08:00:00 GMT";
        let docs = ("docs", "http://opml.org/spec2.opml");
        check(&[], &[("title", "Pressmark"), ("dateCreated", now), docs]);
        check(
            &[("title", "Mine"), ("dateCreated", "then"), ("dateModified", "later"), ("x", "y")],
            &[("title", "Mine"), ("dateCreated", "then"), ("x", "y"), ("dateModified", now), docs],
        );
    }
}
