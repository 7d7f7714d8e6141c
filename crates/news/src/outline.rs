//! How a keeper files what he follows: folders and feeds, as readers hand them on in OPML.

use crate::Address;

/// An outline of subscriptions with all that its document says; nothing of it is interpreted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opml {
    /// The elements of the head, name and text, in their order.
    pub head: Vec<(String, String)>,
    /// What the root declares beside its version: the namespaces of prefixed names.
    pub namespaces: Vec<(String, String)>,
    pub outlines: Vec<Outline>,
}

/// A feed, a folder, or something else that somebody wrote down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The name of the element: `outline`, but for what an extension brings.
    pub element: String,
    /// Names and values in their order, as written.
    pub attributes: Vec<(String, String)>,
    /// What stands between its tags: some readers keep their filters there.
    pub words: String,
    pub children: Vec<Outline>,
}

/// The element that all usual outlines are.
pub const OUTLINE: &str = "outline";

/// Types of outlines whose `url` names another document, which is not followed.
const POINTERS: [&str; 2] = ["link", "include"];

impl Default for Outline {
    fn default() -> Outline {
        Outline {
            element: OUTLINE.to_owned(),
            attributes: Vec::new(),
            words: String::new(),
            children: Vec::new(),
        }
    }
}

impl Outline {
    /// Returns an outline with these attributes and nothing in it.
    pub fn of(attributes: &[(&str, &str)]) -> Outline {
        let owned = attributes.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Outline { attributes: owned.collect(), ..Outline::default() }
    }

    /// Returns what an attribute says, in whatever capitals its name is written; `None` when
    /// that is blank.
    pub fn get(&self, name: &str) -> Option<&str> {
        let same = |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        let (_, value) = self.attributes.iter().find(same)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// Returns what people call it, on one line; `""` when it has no name.
    pub fn text(&self) -> String {
        let told = self.get("text").or_else(|| self.get("title")).unwrap_or_default();
        told.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Returns where its feed is said to be, as written: no address has to come of it.
    pub fn feed_as_written(&self) -> Option<&str> {
        let (_, value) = self.attributes.get(self.feed_at()?)?;
        Some(value.trim())
    }

    /// Returns the address of its feed.
    pub fn feed(&self) -> Option<Address> {
        read(self.feed_as_written()?)
    }

    /// Returns the address of the site that the feed is of.
    pub fn site(&self) -> Option<Address> {
        self.get("htmlUrl").and_then(Address::read)
    }

    /// Writes where the feed is now, unless that is what stands there already.
    pub fn follow(&mut self, address: &Address) {
        let Some(at) = self.feed_at() else {
            return;
        };
        if self.feed().as_ref() != Some(address) {
            self.attributes[at].1 = address.as_str().to_owned();
        }
    }

    /// Returns which attribute names the feed: `xmlUrl`, or `url` where that is no pointer.
    fn feed_at(&self) -> Option<usize> {
        let at = |name: &str| {
            let named = |(known, value): &(String, String)| {
                known.eq_ignore_ascii_case(name) && !value.trim().is_empty()
            };
            self.attributes.iter().position(named)
        };
        at("xmlUrl").or_else(|| at("url").filter(|_| !self.is_pointer()))
    }

    fn is_pointer(&self) -> bool {
        let kind = self.get("type").unwrap_or_default();
        POINTERS.iter().any(|pointer| kind.eq_ignore_ascii_case(pointer))
    }
}

/// Reads a feed's address; `feed:` before or instead of the scheme is forgiven.
fn read(written: &str) -> Option<Address> {
    match written.split_once(':') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("feed") => {
            let plain = rest.strip_prefix("//").map(|rest| format!("http://{rest}"));
            Address::read(plain.as_deref().unwrap_or(rest))
        }
        _ => Address::read(written),
    }
}

#[cfg(test)]
mod tests;
