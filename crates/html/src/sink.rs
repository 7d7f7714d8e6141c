//! Where html5ever's tree builder puts its nodes.

use crate::tree::{Kind, Node, NodeId, Tree};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName};
use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::collections::HashMap;

pub const ROOT: NodeId = NodeId(0);

/// A tree while it is built.
pub struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// What stands inside each template, apart from the tree as the standard wants it.
    templates: RefCell<HashMap<NodeId, NodeId>>,
    attributes_max: usize,
}

impl Sink {
    pub fn new(attributes_max: usize) -> Sink {
        Sink {
            nodes: RefCell::new(vec![Node::new(Kind::Document)]),
            templates: RefCell::default(),
            attributes_max,
        }
    }

    pub fn nodes_len(&self) -> usize {
        self.nodes.borrow().len()
    }

    /// Runs a test on the name of a node; what is no element has none.
    pub fn is_named(&self, id: NodeId, test: impl Fn(&str) -> bool) -> bool {
        match &self.nodes.borrow()[id.0 as usize].kind {
            Kind::Element { name, .. } => test(&name.local),
            _ => false,
        }
    }

    fn add(&self, kind: Kind) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let id = u32::try_from(nodes.len()).expect("a text of 16 MiB makes fewer nodes");
        nodes.push(Node::new(kind));
        NodeId(id)
    }

    fn kept(&self, attributes: Vec<Attribute>) -> Vec<(LocalName, String)> {
        attributes
            .into_iter()
            .take(self.attributes_max)
            .map(|attribute| (attribute.name.local, attribute.value.to_string()))
            .collect()
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner(), notes: Vec::new() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn elem_name<'a>(&'a self, id: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[id.0 as usize].kind {
            Kind::Element { name, .. } => name,
            _ => unreachable!("the tree builder asks for the names of elements only"),
        })
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeId {
        // A shadow root written into the page is what readers see in place of its host.
        let is_shadow =
            attributes.iter().any(|attribute| &*attribute.name.local == "shadowrootmode");
        let id = self.add(Kind::Element {
            name,
            attributes: self.kept(attributes),
            holds_html: flags.mathml_annotation_xml_integration_point,
        });
        if flags.template {
            let contents = if is_shadow { id } else { self.add(Kind::Document) };
            self.templates.borrow_mut().insert(id, contents);
        }
        id
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.add(Kind::Comment(text.to_string()))
    }

    fn create_pi(&self, target: StrTendril, text: StrTendril) -> NodeId {
        self.add(Kind::Comment(format!("?{target} {text}")))
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(node) => append(&mut self.nodes.borrow_mut(), *parent, node),
            NodeOrText::AppendText(text) => {
                let last = self.nodes.borrow()[parent.0 as usize].last;
                if !add_text(&mut self.nodes.borrow_mut(), last, &text) {
                    let node = self.add(Kind::Text(text.to_string()));
                    append(&mut self.nodes.borrow_mut(), *parent, node);
                }
            }
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        if self.nodes.borrow()[element.0 as usize].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, id: &NodeId) -> NodeId {
        self.templates.borrow().get(id).copied().unwrap_or(*id)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(node) => {
                detach(&mut self.nodes.borrow_mut(), node);
                put_before(&mut self.nodes.borrow_mut(), *sibling, node);
            }
            NodeOrText::AppendText(text) => {
                let previous = self.nodes.borrow()[sibling.0 as usize].previous;
                if !add_text(&mut self.nodes.borrow_mut(), previous, &text) {
                    let node = self.add(Kind::Text(text.to_string()));
                    put_before(&mut self.nodes.borrow_mut(), *sibling, node);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, id: &NodeId, missing: Vec<Attribute>) {
        let missing = self.kept(missing);
        if let Kind::Element { attributes, .. } = &mut self.nodes.borrow_mut()[id.0 as usize].kind {
            for (name, value) in missing {
                let is_new = attributes.iter().all(|(known, _)| *known != name);
                if is_new && attributes.len() < self.attributes_max {
                    attributes.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, id: &NodeId) {
        detach(&mut self.nodes.borrow_mut(), *id);
    }

    fn reparent_children(&self, id: &NodeId, new_parent: &NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        while let Some(child) = nodes[id.0 as usize].first {
            detach(&mut nodes, child);
            append(&mut nodes, *new_parent, child);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, id: &NodeId) -> bool {
        matches!(self.nodes.borrow()[id.0 as usize].kind, Kind::Element { holds_html: true, .. })
    }
}

impl Node {
    fn new(kind: Kind) -> Node {
        Node { kind, parent: None, previous: None, next: None, first: None, last: None }
    }
}

/// Adds to the text node that stands there, if one does.
fn add_text(nodes: &mut [Node], at: Option<NodeId>, more: &str) -> bool {
    match at.map(|id| &mut nodes[id.0 as usize].kind) {
        Some(Kind::Text(text)) => {
            text.push_str(more);
            true
        }
        _ => false,
    }
}

fn append(nodes: &mut [Node], parent: NodeId, child: NodeId) {
    detach(nodes, child);
    let last = nodes[parent.0 as usize].last.replace(child);
    let node = &mut nodes[child.0 as usize];
    node.parent = Some(parent);
    node.previous = last;
    match last {
        Some(last) => nodes[last.0 as usize].next = Some(child),
        None => nodes[parent.0 as usize].first = Some(child),
    }
}

fn put_before(nodes: &mut [Node], sibling: NodeId, child: NodeId) {
    let parent = nodes[sibling.0 as usize].parent;
    let previous = nodes[sibling.0 as usize].previous.replace(child);
    let node = &mut nodes[child.0 as usize];
    node.parent = parent;
    node.previous = previous;
    node.next = Some(sibling);
    match (previous, parent) {
        (Some(previous), _) => nodes[previous.0 as usize].next = Some(child),
        (None, Some(parent)) => nodes[parent.0 as usize].first = Some(child),
        (None, None) => {}
    }
}

fn detach(nodes: &mut [Node], id: NodeId) {
    let node = &mut nodes[id.0 as usize];
    let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
    match (previous, parent) {
        (Some(previous), _) => nodes[previous.0 as usize].next = next,
        (None, Some(parent)) => nodes[parent.0 as usize].first = next,
        (None, None) => {}
    }
    match (next, parent) {
        (Some(next), _) => nodes[next.0 as usize].previous = previous,
        (None, Some(parent)) => nodes[parent.0 as usize].last = previous,
        (None, None) => {}
    }
}
