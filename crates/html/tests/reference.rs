//! Our parser makes the trees that html5ever makes.

use flate2::read::GzDecoder;
use html::{NodeId, Tree};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use proptest::prelude::*;
use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::collections::HashMap;
use std::fmt::Write;
use std::io::Read;
use std::path::Path;

/// html5ever's tree, as plain as can be.
#[derive(Default)]
struct Reference {
    nodes: RefCell<Vec<Node>>,
    templates: RefCell<HashMap<usize, usize>>,
}

struct Node {
    kind: Kind,
    parent: Option<usize>,
    children: Vec<usize>,
}

enum Kind {
    Document,
    Element(QualName, Vec<Attribute>, bool),
    Text(String),
    Comment(String),
}

impl Reference {
    fn add(&self, kind: Kind) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { kind, parent: None, children: Vec::new() });
        nodes.len() - 1
    }

    fn detach(&self, id: usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[id].parent.take() {
            nodes[parent].children.retain(|child| *child != id);
        }
    }

    fn put(&self, parent: usize, at: usize, child: NodeOrText<usize>) {
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let before = at.checked_sub(1).map(|at| self.nodes.borrow()[parent].children[at]);
                if let Some(before) = before
                    && let Kind::Text(own) = &mut self.nodes.borrow_mut()[before].kind
                {
                    own.push_str(&text);
                    return;
                }
                self.add(Kind::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[parent].children.insert(at, id);
        nodes[id].parent = Some(parent);
    }

    fn dump(&self) -> String {
        let nodes = self.nodes.borrow();
        let mut out = String::new();
        let mut waiting: Vec<(usize, usize)> =
            nodes[0].children.iter().rev().map(|id| (*id, 0)).collect();
        while let Some((id, depth)) = waiting.pop() {
            match &nodes[id].kind {
                Kind::Document => {}
                Kind::Element(name, attributes, _) => {
                    let own = attributes.iter().map(|own| (&*own.name.local, &*own.value));
                    element(&mut out, depth, &name.local, own);
                }
                Kind::Text(text) => line(&mut out, depth, 'T', text),
                Kind::Comment(text) => line(&mut out, depth, 'C', text),
            }
            waiting.extend(nodes[id].children.iter().rev().map(|id| (*id, depth + 1)));
        }
        out
    }
}

fn line(out: &mut String, depth: usize, sign: char, text: &str) {
    writeln!(out, "{depth} {sign} {text:?}").expect("a string takes it");
}

fn element<'a>(
    out: &mut String,
    depth: usize,
    name: &str,
    attributes: impl Iterator<Item = (&'a str, &'a str)>,
) {
    write!(out, "{depth} <{}", name.to_lowercase()).expect("a string takes it");
    for (name, value) in attributes {
        write!(out, " {}={value:?}", name.to_lowercase()).expect("a string takes it");
    }
    out.push_str(">\n");
}

impl TreeSink for Reference {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, id: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*id].kind {
            Kind::Element(name, ..) => name,
            _ => unreachable!("only elements are asked"),
        })
    }

    fn create_element(&self, name: QualName, own: Vec<Attribute>, flags: ElementFlags) -> usize {
        let is_shadow = own.iter().any(|own| &*own.name.local == "shadowrootmode");
        let id = self.add(Kind::Element(name, own, flags.mathml_annotation_xml_integration_point));
        if flags.template {
            let contents = if is_shadow { id } else { self.add(Kind::Document) };
            self.templates.borrow_mut().insert(id, contents);
        }
        id
    }

    fn create_comment(&self, text: StrTendril) -> usize {
        self.add(Kind::Comment(text.to_string()))
    }

    fn create_pi(&self, _: StrTendril, text: StrTendril) -> usize {
        self.add(Kind::Comment(text.to_string()))
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(id) = child {
            self.detach(id);
        }
        let at = self.nodes.borrow()[*parent].children.len();
        self.put(*parent, at, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        previous: &usize,
        child: NodeOrText<usize>,
    ) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        match has_parent {
            true => self.append_before_sibling(element, child),
            false => self.append(previous, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, id: &usize) -> usize {
        self.templates.borrow().get(id).copied().unwrap_or(*id)
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(id) = child {
            self.detach(id);
        }
        let parent = self.nodes.borrow()[*sibling].parent.expect("a sibling has a parent");
        let found = self.nodes.borrow()[parent].children.iter().position(|id| id == sibling);
        self.put(parent, found.expect("it is its child"), child);
    }

    fn add_attrs_if_missing(&self, id: &usize, missing: Vec<Attribute>) {
        if let Kind::Element(_, own, _) = &mut self.nodes.borrow_mut()[*id].kind {
            for attribute in missing {
                if own.iter().all(|known| known.name != attribute.name) {
                    own.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, id: &usize) {
        self.detach(*id);
    }

    fn reparent_children(&self, id: &usize, new_parent: &usize) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*id].children);
        let mut nodes = self.nodes.borrow_mut();
        for child in children {
            nodes[child].parent = Some(*new_parent);
            nodes[*new_parent].children.push(child);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, id: &usize) -> bool {
        matches!(self.nodes.borrow()[*id].kind, Kind::Element(_, _, true))
    }
}

fn expected(text: &str) -> String {
    let sink = Reference::default();
    sink.add(Kind::Document);
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    parse_document(sink, options).one(text).dump()
}

fn ours(text: &str) -> String {
    let tree = Tree::read(text, &html::Limits::default());
    let mut out = String::new();
    let mut depths: HashMap<NodeId, usize> = HashMap::new();
    for id in tree.descendants(tree.root()) {
        let above = tree.parent(id).and_then(|parent| depths.get(&parent));
        let depth = above.map_or(0, |depth| depth + 1);
        depths.insert(id, depth);
        if let Some(name) = tree.name(id) {
            element(&mut out, depth, name, tree.attrs(id));
        } else if let Some(text) = tree.text_of_node(id) {
            line(&mut out, depth, 'T', text);
        } else if let Some(text) = tree.comment(id) {
            line(&mut out, depth, 'C', text);
        }
    }
    out
}

/// Returns the first lines that differ, or nothing.
fn difference(text: &str) -> Option<String> {
    let (expected, ours) = (expected(text), ours(text));
    if expected == ours {
        return None;
    }
    let mut lines = expected.lines().zip(ours.lines()).enumerate();
    let (at, (want, got)) =
        lines.find(|(_, (want, got))| want != got).unwrap_or((0, ("one", "ends early")));
    let before: Vec<&str> = expected.lines().take(at).skip(at.saturating_sub(4)).collect();
    let same = want.bytes().zip(got.bytes()).take_while(|(one, other)| one == other).count();
    let short = |line: &str| -> String {
        String::from_utf8_lossy(&line.as_bytes()[same.saturating_sub(40)..])
            .chars()
            .take(90)
            .collect()
    };
    Some(format!("line {at} after {:?}: want {} got {}", before.last(), short(want), short(got)))
}

#[test]
fn real_pages_have_the_same_trees() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/extraction/pages");
    let Ok(corpora) = std::fs::read_dir(&pages) else {
        eprintln!("SKIPPED: ../shared/extraction is not here, so no real page is parsed twice");
        return;
    };
    let (mut seen, mut wrong) = (0, Vec::new());
    for corpus in corpora.flatten() {
        for page in std::fs::read_dir(corpus.path()).expect("a folder").flatten() {
            let name = page.file_name().into_string().expect("a plain name");
            if !name.ends_with(".gz") {
                continue;
            }
            let mut bytes = Vec::new();
            let file = std::fs::File::open(page.path()).expect("it opens");
            GzDecoder::new(file).read_to_end(&mut bytes).expect("it is gzip");
            let decoded = html::decode(&bytes, "");
            seen += 1;
            wrong.extend(difference(&decoded.text).map(|said| format!("{name}: {said}")));
        }
    }
    let shown: Vec<&String> = wrong.iter().take(12).collect();
    assert!(wrong.is_empty(), "{} of {seen} differ: {shown:#?}", wrong.len());
}

/// Without those of SVG and MathML in which HTML may stand: the standard calls them special, html5ever
/// does not.
#[rustfmt::skip]
const NAMES: [&str; 47] = [
    "a", "b", "i", "p", "div", "table", "tr", "td", "tbody", "th", "caption", "ul", "li", "dd", "h1",
    "h2", "form", "select", "option", "button", "svg", "math", "template",
    "title", "textarea", "script", "style", "br", "img", "input", "nobr", "font", "applet", "ruby",
    "rt", "x-y", "body", "html", "head", "frameset", "colgroup", "col", "pre", 
    "hr", "noscript", "article", "span",
];

#[rustfmt::skip]
const TEXTS: [&str; 23] = [
    "x", " ", "\n", "&amp;", "&lt", "&notit;", "&#65;", "&", "<!--c-->", "<!doctype html>", "<", "</",
    "<!x>", "y z", "<!--", "-->", "]]>", "<![CDATA[d]]>", "<?p>", "</ q>", "&#x80;",
    "<a href='?a=1&copy=2'>", "--!>",
];

fn piece() -> impl Strategy<Value = String> {
    let name = prop::sample::select(NAMES.to_vec());
    let tag = (name, prop::bool::ANY, 0..6u8).prop_map(|(name, ends, more)| match (ends, more) {
        (true, _) => format!("</{name}>"),
        (false, 0) => format!("<{name} class='x'>"),
        (false, 1) => format!("<{name} a=1 B=2 a=3/>"),
        (false, _) => format!("<{name}>"),
    });
    let text = prop::sample::select(TEXTS.to_vec()).prop_map(str::to_owned);
    prop_oneof![3 => tag, 2 => text]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn soup_has_the_same_tree(
        pieces in prop::collection::vec(piece(), 1..24),
        is_page in prop::bool::ANY,
    ) {
        let start = if is_page { "<!doctype html>" } else { "" };
        let text = start.to_owned() + &pieces.concat();
        prop_assert_eq!(ours(&text), expected(&text), "{}", text);
    }
}
