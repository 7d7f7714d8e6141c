//! A page's bytes → an article.

use crate::choice::{self, Choice};
use crate::entry::lines;
use crate::judge::{self, Verdict};
use crate::letter::letters_of;
use crate::marks::Marks;
use crate::metadata::{self, Metadata, letters};
use crate::outline::Outline;
use crate::rules::{self, Ruled};
use crate::weight::Weight;
use crate::{
    Hints, Limits, Page, captions, dateline, language, lead, reveal, scores, script, told, trim,
};
use html::{NodeId, Tree};
use news::{Article, Block, Body, Note, Origin, PictureUse, Reading, Span};

/// A text told in a script is taken for the body where the page shows less than this part of it,
/// in percent.
const SHOWN_PERCENT_MIN: usize = 40;

/// By how many letters a description is known among the lines of a page; an outline keeps as many.
const DECK_LETTERS: usize = 40;

/// Reads a page as the article it holds.
///
/// Nothing is found where there is neither a headline nor a text. Notes: those of the decoder and
/// of the tree; `paywall` where the page says that its text is not free; `script-text` where the
/// text stood only in the page's JSON-LD or in the data of its scripts; `live-blog`, `gallery`,
/// `video-only`; `language-differs`; `goes-on`, its place the address of the article's next page.
/// With rules also `rules-missed`, its place the directive that found nothing and gave way to the
/// usual reading; `single-page`, its place the address at which the whole article stands;
/// `rules-cut` where the rules took too long.
pub fn read(page: &Page, hints: &Hints, limits: &Limits) -> Reading<Article> {
    let (tree, mut notes) = parsed(page, hints, limits);
    let mut outline = Outline::of(&tree);
    let mut meta = metadata::read(&tree, &outline, page.address, hints.entry);
    if meta.paid {
        notes.push(Note::new("paywall", "", "the page says that its text is not free"));
    }
    let free = meta.text.as_deref().filter(|_| meta.free);
    let revealed = free.map(|text| reveal::free(&mut outline, text, limits.steps_max));
    let revealed = revealed.unwrap_or_default();
    let mut marks = Marks::of(&outline);
    let mut ruled = Ruled::default();
    if let Some(rules) = hints.rules {
        ruled = rules::apply(rules, &tree, &outline, page.address, &revealed);
        ruled.tell(&mut meta);
        notes.append(&mut ruled.notes);
        marks.strip(&outline, |id| ruled.is_stripped(id));
    }
    let told = told(&meta, hints);
    let verdict = judge::find(&outline, &marks, told, limits.steps_max);
    let (own, kept) = ruled.body.take().unzip();
    let is_sought = own.is_none() && !meta.paid && verdict.told.is_none();
    let in_ld = told.filter(|told| is_sought && is_hidden(told, &verdict)).map(lines);
    let is_listed = told.is_some() && told != meta.text.as_deref();
    let usual = || scores::kept(&outline, &marks, &verdict, &meta, is_listed);
    let kept = kept.unwrap_or_else(|| without_stripped(usual(), &outline, &ruled));
    let mut choice = choice::choose(&tree, &outline, &marks, &kept);
    choice.iter_mut().for_each(|choice| ruled.strip(choice));
    let choice = choice.as_ref();
    let dateline = choice.and_then(|choice| dateline_above(&outline, &kept, choice));
    let found = || choice.map(|choice| shown(&tree, page, &outline, choice, &revealed));
    let (is_ruled, is_told) = (own.is_some(), in_ld.is_some());
    let body = own.or(in_ld).or_else(found).unwrap_or_default();
    let scripted = || scripted(&tree, page, &meta, &body, limits);
    let in_script = if is_ruled { None } else { scripted() };
    if is_told || in_script.is_some() {
        notes.push(Note::new("script-text", "", "the text stood in a script only"));
    }
    let origin = match () {
        () if in_script.is_some() => Origin::Script,
        () if is_ruled => Origin::Rules,
        () if is_told && told == meta.text.as_deref() => Origin::JsonLd,
        () if is_told => Origin::Listing,
        () => Origin::Element,
    };
    let mut body = in_script.unwrap_or(body);
    meta.description = meta.description.filter(|said| is_shown(said, &outline));
    metadata::fill(&mut meta, &outline, &marks, &kept);
    meta.say_of_text();
    meta.say("text", origin);
    let shown = lead::above(&tree, page.address, &outline, &marks, &kept, &meta);
    let figures = lead::figures(&tree, page.address);
    let said = told::Said {
        kinds: std::mem::take(&mut meta.kinds),
        next: meta.next.take(),
        language: meta.language.clone(),
    };
    let article = article(meta, dateline, shown, &mut body, figures);
    notes.extend(article.iter().flat_map(|found| told::notes(&said, page.address, found)));
    Reading::new(article, notes)
}

/// Parses a page, as rules rewrite it.
fn parsed(page: &Page, hints: &Hints, limits: &Limits) -> (Tree, Vec<Note>) {
    let decoded = html::decode(page.body, page.content_type);
    let mut notes = decoded.notes;
    let text = match hints.rules {
        Some(rules) => rules.rewrite(decoded.text, limits.html.bytes_max, &mut notes),
        None => decoded.text,
    };
    let tree = Tree::read(text, &limits.html);
    notes.extend_from_slice(tree.notes());
    (tree, notes)
}

/// How many sentences a listing's text must have to lead to the page's: a summary of one or two
/// stands at the head of the page as well, and would be taken for the whole.
const LISTED_ENDS_MIN: usize = 3;

/// The text as told outside the page's elements, the longest first.
fn told<'a>(meta: &'a Metadata, hints: &'a Hints) -> Option<&'a str> {
    let listed = hints.entry.and_then(|entry| entry.text.as_deref());
    let listed = listed.filter(|text| Weight::of(text).ends >= LISTED_ENDS_MIN);
    let own = meta.text.as_deref();
    own.into_iter().chain(listed).max_by_key(|text| text.len())
}

fn is_hidden(told: &str, verdict: &Verdict) -> bool {
    let told = Weight::of(told);
    told.all > 400 && told.ends > 3 && verdict.prose * 100 < told.all * SHOWN_PERCENT_MIN
}

/// Takes out of the article what stands in parts that rules strip.
fn without_stripped(mut kept: Vec<bool>, outline: &Outline, ruled: &Ruled) -> Vec<bool> {
    for (kept, block) in kept.iter_mut().zip(&outline.blocks) {
        *kept &= !ruled.is_stripped(outline.nodes[block.node].id);
    }
    kept
}

/// A page that shows as much is not asked for a text in its scripts; a teaser weighs less.
const SHOWN_WEIGHT_MAX: usize = 600;

/// What such a page shows must be less than this part of the text in its scripts, in percent.
const TEASER_PERCENT_MAX: usize = 25;

/// Reads the text in the data of the page's scripts, where it shows hardly any and says of none
/// that it isn't free.
fn scripted(
    tree: &Tree,
    page: &Page,
    meta: &Metadata,
    found: &Body,
    limits: &Limits,
) -> Option<Body> {
    let weight = |body: &Body| Weight::of(&body.text()).all;
    let least = weight(found);
    if least > SHOWN_WEIGHT_MAX || meta.paid {
        return None;
    }
    let text = script::text(tree, meta)?;
    let tree = Tree::read(format!("<article>{text}</article>"), &limits.html);
    let outline = Outline::of(&tree);
    let marks = Marks::of(&outline);
    let verdict = judge::find(&outline, &marks, None, limits.steps_max);
    let kept = scores::kept(&outline, &marks, &verdict, meta, false);
    let choice = choice::choose(&tree, &outline, &marks, &kept)?;
    let body = shown(&tree, page, &outline, &choice, &[]);
    (least * 100 < weight(&body) * TEASER_PERCENT_MAX).then_some(body)
}

/// Returns the line of place or date that stands above the text, in the part that holds it.
fn dateline_above(outline: &Outline, kept: &[bool], choice: &Choice) -> Option<String> {
    let from = outline.nodes[choice.top].block_from;
    let first = kept.iter().position(|kept| *kept)?;
    let lines = outline.blocks.get(from..first)?.iter().rev().take(DATELINE_BLOCKS_MAX);
    lines.map(|block| block.line.trim()).find(|line| dateline::is_one(line)).map(str::to_owned)
}

/// How many blocks above the text may stand between it and its line of date.
const DATELINE_BLOCKS_MAX: usize = 6;

/// Reads the chosen parts, without what is left out in them.
fn shown(tree: &Tree, page: &Page, outline: &Outline, choice: &Choice, reveal: &[NodeId]) -> Body {
    let skip = |_: &Tree, id: NodeId| choice.is_skipped(id);
    let options = html::body::Options { base: Some(page.address), skip: &skip, reveal };
    let mut body = html::body::read(tree, &[outline.nodes[choice.top].id], &options);
    captions::join(&mut body, &captions::lines(outline, choice));
    body
}

fn article(
    meta: Metadata,
    above: Option<String>,
    shown: Option<PictureUse>,
    body: &mut Body,
    figures: impl Iterator<Item = PictureUse>,
) -> Option<Article> {
    let headline = meta.headline.clone().unwrap_or_default();
    let known =
        trim::Known { headline: &headline, authors: &meta.authors, site: meta.site.as_deref() };
    let dateline = trim::all(body, &known).or(above);
    let deck = meta.description.filter(|said| is_deck(said, body));
    let lead = lead::lift(body).or_else(|| lead::once(shown, body));
    let lead = lead::choose(lead, meta.pictures, body);
    let lead = lead.map(|lead| lead::captioned(lead, figures));
    let words = body.text();
    if headline.is_empty() && words.is_empty() {
        return None;
    }
    let sample = if words.is_empty() { &headline } else { &words };
    Some(Article {
        evidence: meta.evidence,
        language: language::of(meta.language.as_deref(), sample),
        deck,
        address: meta.address,
        headline,
        authors: meta.authors,
        dateline,
        published: meta.published,
        updated: meta.updated,
        site: meta.site,
        section: meta.section,
        tags: meta.tags,
        lead,
        body: std::mem::take(body),
    })
}

/// Tells whether the page shows these words: a description for search engines is no deck.
fn is_shown(said: &str, outline: &Outline) -> bool {
    let said: Vec<char> = letters_of(said).take(DECK_LETTERS).collect();
    let is_it = |line: &str| letters_of(line).take(DECK_LETTERS).eq(said.iter().copied());
    outline.blocks.iter().any(|block| is_it(&block.line))
}

/// Tells whether a description that the page shows stands apart from the text.
///
/// Where it is the text's first heading it is a paragraph that was only set large.
fn is_deck(said: &str, body: &mut Body) -> bool {
    let said = letters(said);
    for block in body.blocks.iter_mut().take(2) {
        if let Block::Heading { spans, .. } = block
            && letters(&Span::text_of(spans)) == said
        {
            *block = Block::Paragraph(std::mem::take(spans));
        }
    }
    !said.is_empty() && !letters(&body.text()).contains(&said)
}

#[cfg(test)]
mod tests;
