//! Rules on one page: what they find there.

use super::evaluate::{Evaluation, Item, STEPS_MAX, Value};
use super::{Directive, Rule, Rules};
use crate::choice::Choice;
use crate::metadata::{self, Metadata};
use crate::outline::Outline;
use html::{NodeId, Tag, Tree};
use news::{Address, Body, Note, Origin, Stamp};

/// How many lines of one rule are read.
const LINES_MAX: usize = 30;
/// A title, an author or a date longer than this is cut, in bytes.
const LINE_BYTES_MAX: usize = 1_000;

/// What rules found on a page; without rules, nothing.
#[derive(Default)]
pub struct Ruled {
    pub notes: Vec<Note>,
    /// The text, and for each block of the outline whether it is the article's.
    pub body: Option<(Body, Vec<bool>)>,
    title: Option<String>,
    authors: Vec<String>,
    published: Option<Stamp>,
    goes_on: bool,
    /// For each node of the tree.
    stripped: Vec<bool>,
    strip_pictures: Vec<String>,
}

impl Ruled {
    /// Tells whether a node is stripped, or stands in one that is.
    pub fn is_stripped(&self, id: NodeId) -> bool {
        self.stripped.get(id.index()).copied().unwrap_or(false)
    }

    /// Leaves out of what is read what is stripped.
    pub fn strip(&self, choice: &mut Choice) {
        choice.leave_out(&self.stripped);
    }

    /// Puts what was found in the place of what the page was understood to tell.
    pub fn tell(&mut self, meta: &mut Metadata) {
        if let Some(title) = self.title.take() {
            meta.headline = Some(title);
            meta.say("headline", Origin::Rules);
            meta.headline_is_title = false;
        }
        if !self.authors.is_empty() {
            meta.authors = std::mem::take(&mut self.authors);
            meta.authors_are_houses = false;
            meta.say("authors", Origin::Rules);
        }
        if let Some(published) = self.published.take() {
            meta.published = Some(published);
            meta.say("published", Origin::Rules);
        }
        let is_stripped = |picture: &Address| has_one_of(picture.as_str(), &self.strip_pictures);
        meta.pictures.retain(|picture| !is_stripped(picture));
        if self.goes_on {
            meta.next = None;
        }
    }
}

/// Looks for all that the rules name; what is revealed is read although the page hides it.
pub fn apply(
    rules: &Rules,
    tree: &Tree,
    outline: &Outline,
    address: &Address,
    revealed: &[NodeId],
) -> Ruled {
    let page = Evaluation::new(tree, STEPS_MAX);
    let ruled = Ruled { strip_pictures: rules.strip_pictures.clone(), ..Ruled::default() };
    let mut applying = Applying { rules, tree, page, address, revealed, ruled, is_spent: false };
    applying.strip(outline);
    applying.ruled.title = applying.first(Directive::Title, |_, _, line| Some(line));
    applying.ruled.published = applying.first(Directive::Date, date);
    applying.authors();
    applying.body(outline);
    applying.links();
    applying.ruled
}

struct Applying<'a> {
    rules: &'a Rules,
    tree: &'a Tree,
    page: Evaluation<'a>,
    address: &'a Address,
    revealed: &'a [NodeId],
    ruled: Ruled,
    /// Whether the steps for this page are used up.
    is_spent: bool,
}

impl<'a> Applying<'a> {
    fn strip(&mut self, outline: &Outline) {
        let mut stripped = vec![false; self.tree.nodes_len()];
        for rule in self.counting(Directive::Strip) {
            for id in self.nodes(rule) {
                stripped[id.index()] = true;
            }
        }
        self.strip_named(&mut stripped);
        for id in self.page.nodes() {
            let is_around = self.tree.parent(*id).is_some_and(|around| stripped[around.index()]);
            stripped[id.index()] |= is_around;
        }
        // A rule for all pages of a site that takes in everything on this one is out of date.
        let mut blocks = outline.blocks.iter();
        let leaves_nothing = blocks.all(|block| stripped[block.first.index()]);
        match leaves_nothing && stripped.contains(&true) {
            true => self.miss("strip", "would leave nothing of the page, and nothing was stripped"),
            false => self.ruled.stripped = stripped,
        }
    }

    /// Strips by parts of classes, ids and addresses of pictures.
    fn strip_named(&mut self, stripped: &mut [bool]) {
        let (names, pictures) = (&self.rules.strip_names, &self.rules.strip_pictures);
        let looks = self.page.nodes().len() * (names.len() + pictures.len());
        if self.page.spend(looks).is_none() {
            return self.spent("strip_id_or_class");
        }
        for id in self.page.nodes() {
            let attribute = |name| self.tree.attr(*id, name).unwrap_or_default();
            stripped[id.index()] |= match self.tree.tag(*id) {
                // A page says of itself in many words what may stand on it.
                Tag::Html | Tag::Body => false,
                Tag::Img if has_one_of(attribute("src"), pictures) => true,
                _ => has_one_of(attribute("class"), names) || has_one_of(attribute("id"), names),
            };
        }
    }

    fn authors(&mut self) {
        let rules = self.counting(Directive::Author);
        for rule in &rules {
            let lines = self.lines(rule);
            let authors = metadata::people(lines.iter().map(|(_, line)| line.as_str()));
            if !authors.is_empty() {
                self.ruled.authors = authors;
                return;
            }
        }
        self.miss_if("author", !rules.is_empty());
    }

    fn body(&mut self, outline: &Outline) {
        let rules = self.counting(Directive::Body);
        for rule in &rules {
            let nodes = self.nodes(rule);
            let parts = self.outmost(nodes);
            let skip = |_: &Tree, id: NodeId| self.ruled.is_stripped(id);
            let options = html::body::Options {
                base: Some(self.address),
                skip: &skip,
                reveal: self.revealed,
            };
            let body = html::body::read(self.tree, &parts, &options);
            if !body.is_empty() {
                let kept = self.kept(outline, &parts);
                self.ruled.body = Some((body, kept));
                return;
            }
        }
        self.miss_if("body", !rules.is_empty());
    }

    /// Leaves out what stands inside another of them.
    fn outmost(&self, nodes: Vec<NodeId>) -> Vec<NodeId> {
        let mut end = 0;
        let is_outmost = |id: &NodeId| {
            let range = self.page.range(*id);
            let is_it = range.start >= end && !self.ruled.is_stripped(*id);
            end = end.max(range.end);
            is_it
        };
        nodes.into_iter().filter(is_outmost).collect()
    }

    fn kept(&self, outline: &Outline, parts: &[NodeId]) -> Vec<bool> {
        let mut inside = vec![false; self.tree.nodes_len()];
        for id in parts.iter().flat_map(|part| &self.page.nodes()[self.page.range(*part)]) {
            inside[id.index()] = !self.ruled.is_stripped(*id);
        }
        outline.blocks.iter().map(|block| inside[block.first.index()]).collect()
    }

    fn links(&mut self) {
        let link = |tree: &Tree, item, line: String| match item {
            Some(Item::Node(id)) => Some(tree.attr(id, "href").unwrap_or(&line).to_owned()),
            _ => Some(line),
        };
        let kinds = [
            (Directive::NextPage, "goes-on", "the article goes on on another page"),
            (Directive::SinglePage, "single-page", "the whole article stands on another page"),
        ];
        for (of, kind, words) in kinds {
            let found = self.first(of, link);
            let found = found.and_then(|link| self.address.join(&link));
            // It will be asked for, and a rule is for one site.
            let may_be =
                |other: &Address| other != self.address && other.host() == self.address.host();
            if let Some(other) = found.filter(may_be) {
                self.ruled.goes_on |= of == Directive::NextPage;
                self.ruled.notes.push(Note::new(kind, other.as_str(), words));
            }
        }
    }

    /// Returns the first line that a directive's rules find and that can be read.
    fn first<T>(
        &mut self,
        of: Directive,
        read: impl Fn(&Tree, Option<Item>, String) -> Option<T>,
    ) -> Option<T> {
        let rules = self.counting(of);
        for rule in &rules {
            let lines = self.lines(rule).into_iter();
            let found = lines.filter_map(|(item, line)| read(self.tree, item, line)).next();
            if found.is_some() {
                return found;
            }
        }
        let told = [(Directive::Title, "title"), (Directive::Date, "date")];
        // Not every page goes on.
        if let Some((_, name)) = told.iter().find(|(own, _)| *own == of) {
            self.miss_if(name, !rules.is_empty());
        }
        None
    }

    /// Returns the rules of a directive whose conditions hold.
    fn counting(&mut self, of: Directive) -> Vec<&'a Rule> {
        let rules: Vec<&Rule> = self.rules.of(of).collect();
        rules.into_iter().filter(|rule| self.counts(rule)).collect()
    }

    fn counts(&mut self, rule: &Rule) -> bool {
        let Some(condition) = &rule.only_if else { return true };
        match self.page.of_page(condition) {
            Some(value) => value.is_true(),
            None => {
                self.spent(&format!("line {}", rule.line));
                false
            }
        }
    }

    fn nodes(&mut self, rule: &Rule) -> Vec<NodeId> {
        let Some(value) = self.value(rule) else { return Vec::new() };
        let Value::Items(items) = value else { return Vec::new() };
        let node = |item: &Item| match item {
            Item::Node(id) => Some(*id),
            Item::Attribute(..) => None,
        };
        items.iter().filter_map(node).collect()
    }

    /// Returns what a rule finds as lines of text, each with the item that it stands in.
    fn lines(&mut self, rule: &Rule) -> Vec<(Option<Item>, String)> {
        let Some(value) = self.value(rule) else { return Vec::new() };
        let lines: Vec<_> = match &value {
            Value::Items(items) => {
                let items = items.iter().take(LINES_MAX);
                items.map(|item| (Some(*item), self.line(*item))).collect()
            }
            text => vec![(None, self.page.text(text).unwrap_or_default())],
        };
        let lines = lines.into_iter().map(|(item, line)| (item, cut(&squeezed(&line)).to_owned()));
        lines.filter(|(_, line)| !line.is_empty()).collect()
    }

    /// Returns the words of an item: those that are shown, if any.
    fn line(&self, item: Item) -> String {
        let shown = match item {
            Item::Node(id) if self.page.spend(self.page.range(id).len()).is_some() => {
                self.tree.text(id)
            }
            _ => String::new(),
        };
        if shown.is_empty() { self.page.text_of(item).unwrap_or_default() } else { shown }
    }

    fn value(&mut self, rule: &Rule) -> Option<Value> {
        let value = self.page.of_page(&rule.find);
        if value.is_none() {
            self.spent(&format!("line {}", rule.line));
        }
        value
    }

    fn spent(&mut self, place: &str) {
        if !self.is_spent {
            let words = format!("the rules took too long on this page and were left at {place}");
            self.ruled.notes.push(Note::new("rules-cut", place, words));
        }
        self.is_spent = true;
    }

    fn miss_if(&mut self, name: &'static str, has_rules: bool) {
        if has_rules {
            self.miss(name, "found nothing here; it was looked for in the usual way");
        }
    }

    fn miss(&mut self, name: &'static str, words: &str) {
        self.ruled.notes.push(Note::new(
            "rules-missed",
            name,
            format!("the rules for `{name}` {words}"),
        ));
    }
}

/// Reads the date that an element gives for programs, else that of its words.
fn date(tree: &Tree, item: Option<Item>, line: String) -> Option<Stamp> {
    let told = match item {
        Some(Item::Node(id)) => tree.attr(id, "datetime"),
        _ => None,
    };
    told.and_then(metadata::date).or_else(|| metadata::date(&line))
}

fn has_one_of(text: &str, pieces: &[String]) -> bool {
    !text.is_empty() && pieces.iter().any(|piece| text.contains(piece.as_str()))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(line: &str) -> &str {
    &line[..line.floor_char_boundary(LINE_BYTES_MAX)]
}
