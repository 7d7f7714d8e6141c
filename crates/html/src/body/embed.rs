//! Things of other sites: films, sounds, posts, maps.

use super::Reader;
use super::line::Format;
use super::seen::short_text;
use crate::characters::collapse;
use crate::tree::NodeId;
use news::{Address, Block};

/// The longest title of an embed, in bytes.
const TITLE_BYTES_MAX: usize = 500;

/// Where the address of an embed may stand.
const SOURCES: [&str; 6] =
    ["src", "data-src", "data-lazy-src", "data-original", "data-url", "data"];

impl Reader<'_> {
    pub fn embed(&mut self, id: NodeId, name: &str) {
        if name == "iframe" && self.is_pixel(id) {
            return;
        }
        let Some(address) = self.embed_address(id) else {
            return;
        };
        let title = ["title", "aria-label", "alt"];
        let title = title.iter().find_map(|name| self.tree.attr(id, name));
        let title = self.shortened(title.unwrap_or_default(), &address);
        if self.frames.host().is_some() {
            return self.linked(address, &title);
        }
        self.frames.end_line();
        self.frames.deliver(Block::Embed { address, title });
    }

    pub fn embed_address(&self, id: NodeId) -> Option<Address> {
        let told = |at: NodeId| {
            let values = SOURCES.iter().filter_map(|name| self.tree.attr(at, name));
            values.filter(|value| !value.trim().is_empty()).find_map(|value| self.address(value))
        };
        let sources =
            |id| self.tree.children(id).filter(|at| self.tree.name(*at) == Some("source"));
        told(id).or_else(|| sources(id).find_map(told))
    }

    /// Reads an embed as this crate writes it: a paragraph that is one link and says so.
    pub fn written_embed(&self, id: NodeId) -> Option<Block> {
        if self.tree.attr(id, "class") != Some("embed") || self.frames.host().is_some() {
            return None;
        }
        let is_blank =
            |at: &NodeId| self.tree.text_of_node(*at).is_some_and(|t| t.trim().is_empty());
        let mut parts = self.tree.children(id).filter(|at| !is_blank(at));
        let link = parts.next().filter(|at| self.tree.name(*at) == Some("a"))?;
        if parts.next().is_some() || self.tree.children(link).nth(1).is_some() {
            return None;
        }
        let address = self.address(self.tree.attr(link, "href")?)?;
        let title = short_text(self.tree, link, news::ADDRESS_BYTES_MAX)?;
        let title = self.shortened(&title, &address);
        Some(Block::Embed { address, title })
    }

    fn shortened(&self, title: &str, address: &Address) -> String {
        let title = collapse(title);
        if title == address.as_str() {
            return String::new();
        }
        let end = title.floor_char_boundary(TITLE_BYTES_MAX);
        collapse(&title[..end])
    }

    /// In a caption there is no room for a block.
    fn linked(&mut self, address: Address, title: &str) {
        let text = if title.is_empty() { address.as_str() } else { title };
        let text = text.to_owned();
        let opened = self.frames.line.open(Format::Link(address));
        self.frames.line.text(&text);
        if opened {
            self.frames.line.close();
        }
    }
}
