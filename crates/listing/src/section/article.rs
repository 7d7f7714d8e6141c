//! Whether a page is one article itself, with links to others around its text.

use super::form::Form;
use super::layout::Layout;
use super::links::Target;
use super::{score, words};
use html::{NodeId, Tree};
use news::Address;
use serde_json::Value;
use std::collections::HashSet;

/// From this many points on a page is taken for an article.
const ENOUGH: f32 = 2.0;

/// A text between two tags that weighs less is no sentence.
const SENTENCE_WEIGHT: u32 = 40;

/// How many children of an element are looked at for words around a link.
const BROTHERS_MAX: usize = 64;

/// The most objects of a page's own data that are looked at.
const OBJECTS_MAX: usize = 64;

/// Tells whether a page is an article; `targets` are the articles that it links to.
pub fn is_article(layout: &Layout, own: &Address, targets: &[Target]) -> bool {
    let told = of_metadata(layout.tree) + of_data(layout.tree);
    told + of_address(own, targets) + of_prose(layout, targets) >= ENOUGH
}

/// What the page's own address tells: articles link to articles that are addressed alike.
fn of_address(own: &Address, targets: &[Target]) -> f32 {
    let form = Form::of(own);
    if form.depth == 0 {
        return -3.0;
    }
    let alike = targets.iter().filter(|target| target.form.shape == form.shape).count();
    let kin = if alike >= 2 && alike * 2 >= targets.len() { 1.0 } else { 0.0 };
    let own = match score::of_form(&form) {
        points if points >= 2.5 => 1.0,
        points if points <= -2.0 => -1.5,
        _ => 0.0,
    };
    own + kin
}

/// What the page says of itself in its head.
fn of_metadata(tree: &Tree) -> f32 {
    let metas = tree.find_all(tree.root(), "meta");
    let mut points = 0.0;
    for meta in metas {
        let name = tree.attr(meta, "property").or_else(|| tree.attr(meta, "name"));
        let content = tree.attr(meta, "content").unwrap_or_default().trim();
        match name.unwrap_or_default() {
            "og:type" if content.eq_ignore_ascii_case("article") => points += 1.0,
            "og:type" if content.eq_ignore_ascii_case("website") => points -= 1.0,
            "article:published_time" if !content.is_empty() => points += 0.5,
            _ => {}
        }
    }
    f32::clamp(points, -1.0, 1.5)
}

/// What the page's data for machines (JSON-LD) says that it is.
fn of_data(tree: &Tree) -> f32 {
    let is_data = |id: &NodeId| tree.attr(*id, "type") == Some("application/ld+json");
    let scripts = tree.find_all(tree.root(), "script").filter(is_data);
    let mut points: f32 = 0.0;
    for script in scripts.take(OBJECTS_MAX) {
        let text: String = tree.children(script).filter_map(|id| tree.text_of_node(id)).collect();
        let Ok(value) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        for object in objects(&value).take(OBJECTS_MAX) {
            points = of_types(object).map_or(points, |told| told + points);
        }
    }
    points.clamp(-1.5, 2.0)
}

/// Returns the things that a piece of data is about, not what they refer to.
fn objects(value: &Value) -> impl Iterator<Item = &Value> {
    let few = |value| std::slice::from_ref(value).iter();
    let graph = value.get("@graph").and_then(Value::as_array);
    graph.or(value.as_array()).map_or_else(|| few(value), |many| many.iter())
}

fn of_types(object: &Value) -> Option<f32> {
    let told = object.get("@type")?;
    let first = told.as_array().and_then(|types| types.first()).unwrap_or(told).as_str()?;
    match first {
        "CollectionPage" | "ItemList" | "SearchResultsPage" | "Blog" => Some(-1.5),
        "BlogPosting" | "Report" => Some(2.0),
        article if article.ends_with("Article") => Some(2.0),
        _ => None,
    }
}

/// What the longest text between the headlines tells, beside all text and all headlines.
fn of_prose(layout: &Layout, targets: &[Target]) -> f32 {
    let (longest, all) = prose(layout, targets);
    let headlines: u32 = targets.iter().map(|target| target.words_weight()).sum();
    let long = match longest {
        0..300 => -1.0,
        300..700 => 0.0,
        700..1500 => 1.0,
        _ => 1.5,
    };
    let is_most = longest >= 700 && longest * 2 >= all;
    let most = if is_most { 1.0 } else { 0.0 };
    let few = if headlines > longest * 3 { -1.0 } else { 0.0 };
    long + most + few
}

/// Returns the weight of the longest text that no headline breaks, and of all text.
fn prose(layout: &Layout, targets: &[Target]) -> (u32, u32) {
    let headlines: HashSet<usize> = targets
        .iter()
        .flat_map(|target| target.links.iter().map(|link| link.spot))
        .filter(|link| !is_in_sentence(layout, *link))
        .collect();
    let (mut longest, mut run, mut all) = (0, 0, 0);
    let mut link_end = 0;
    for at in layout.below(0) {
        if layout.name(at) == "a" {
            link_end = layout.spots[at].end;
            run = if headlines.contains(&at) { 0 } else { run };
        }
        let text = layout.tree.text_of_node(layout.spots[at].id).filter(|_| at >= link_end);
        let weight = text.map_or(0, words::weight);
        if weight >= SENTENCE_WEIGHT {
            run += weight;
            all += weight;
            longest = longest.max(run);
        }
    }
    (longest, all)
}

/// Tells whether a link stands among the words of a sentence.
fn is_in_sentence(layout: &Layout, link: usize) -> bool {
    let parent = layout.spots[link].parent;
    let prose = layout.prose(parent);
    let weight = |at: usize| layout.tree.text_of_node(layout.spots[at].id).map_or(0, words::weight);
    let has_text = || layout.children(parent).take(BROTHERS_MAX).any(|at| weight(at) > 20);
    prose >= SENTENCE_WEIGHT && prose > layout.weight(link) && has_text()
}
