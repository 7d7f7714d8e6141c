//! The names of elements that the parser knows, as numbers.

use std::sync::LazyLock;

macro_rules! tags {
    ($($tag:ident $name:literal)*) => {
        /// An element's local name; `Other` where it is none of these.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Tag { $($tag,)* Other }

        const NAMES: &[&str] = &[$($name,)*];
        const TAGS: &[Tag] = &[$(Tag::$tag,)*];
    };
}

#[rustfmt::skip]
tags! {
    A "a" Abbr "abbr" Address "address" AmpImg "amp-img" Annotation "annotation-xml" Applet "applet" Area "area"
    Article "article" Aside "aside" Audio "audio" B "b" Base "base" Basefont "basefont" Bdi "bdi"
    Bgsound "bgsound" Big "big" Blockquote "blockquote" Body "body" Br "br" Button "button"
    Canvas "canvas" Caption "caption" Center "center" Cite "cite" Code "code" Col "col"
    Colgroup "colgroup" Datalist "datalist" Dd "dd" Del "del" Desc "desc" Details "details" Dialog "dialog" Dir "dir"
    Div "div" Dl "dl" Dt "dt" Em "em" Embed "embed" Fieldset "fieldset" Figcaption "figcaption"
    Figure "figure" Font "font" Footer "footer" ForeignObject "foreignObject" Form "form"
    Frame "frame" Frameset "frameset" G "g" H1 "h1" H2 "h2" H3 "h3" H4 "h4" H5 "h5" H6 "h6"
    Head "head" Header "header" Hgroup "hgroup" Hr "hr" Html "html" I "i" Iframe "iframe"
    Image "image" Img "img" Input "input" Ins "ins" Kbd "kbd" Keygen "keygen" Label "label"
    Legend "legend" Li "li" Link "link" Listing "listing" Main "main" Malignmark "malignmark"
    Mark "mark" Marquee "marquee" Math "math" Menu "menu" Meta "meta" Mglyph "mglyph" Mi "mi"
    Mn "mn" Mo "mo" Ms "ms" Mtext "mtext" Nav "nav" Nobr "nobr" Noembed "noembed"
    Noframes "noframes" Noscript "noscript" Object "object" Ol "ol" Optgroup "optgroup"
    Option "option" P "p" Param "param" Path "path" Picture "picture" Plaintext "plaintext"
    Pre "pre" Q "q" Rb "rb" Rp "rp" Rt "rt" Rtc "rtc" Ruby "ruby" S "s" Script "script"
    Search "search" Section "section" Select "select" Small "small" Source "source" Span "span"
    Strike "strike" Strong "strong" Style "style" Sub "sub" Summary "summary" Sup "sup" Svg "svg"
    Table "table" Tbody "tbody" Td "td" Template "template" Textarea "textarea" Tfoot "tfoot"
    Th "th" Thead "thead" Time "time" Title "title" Tr "tr" Track "track" Tt "tt" U "u" Ul "ul"
    Use "use" Var "var" Video "video" Wbr "wbr" Xmp "xmp"
}

/// How many places the table of names has; more than three times as many as names.
const PLACES: usize = 1024;

static TABLE: LazyLock<[u8; PLACES]> = LazyLock::new(|| {
    let mut table = [u8::MAX; PLACES];
    for (number, name) in NAMES.iter().enumerate() {
        let mut at = place(name.to_ascii_lowercase().as_bytes());
        while table[at] != u8::MAX {
            at = (at + 1) % PLACES;
        }
        table[at] = number as u8;
    }
    table
});

fn place(name: &[u8]) -> usize {
    let (len, last) = (name.len(), usize::from(name[name.len() - 1]));
    let (first, middle) = (usize::from(name[0]), usize::from(name[len / 2]));
    (len * 67 + first * 5 + middle * 37 + last * 131) % PLACES
}

impl Tag {
    /// Returns the tag of a name in lower case.
    pub fn of(name: &[u8]) -> Tag {
        if name.is_empty() {
            return Tag::Other;
        }
        let mut at = place(name);
        while let Some(known) = NAMES.get(usize::from(TABLE[at])) {
            if known.len() == name.len() && known.as_bytes().eq_ignore_ascii_case(name) {
                return TAGS[usize::from(TABLE[at])];
            }
            at = (at + 1) % PLACES;
        }
        Tag::Other
    }

    /// Returns the name, but for `Other`.
    pub fn name(self) -> Option<&'static str> {
        NAMES.get(self as usize).copied()
    }

    pub fn is_heading(self) -> bool {
        matches!(self, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6)
    }

    /// The elements that are opened anew in the next paragraph (HTML §13.2.4.3).
    #[rustfmt::skip]
    pub fn is_formatting(self) -> bool {
        matches!(self, Tag::A | Tag::B | Tag::Big | Tag::Code | Tag::Em | Tag::Font | Tag::I | Tag::Nobr
            | Tag::S | Tag::Small | Tag::Strike | Tag::Strong | Tag::Tt | Tag::U)
    }

    /// The elements with rules of their own (HTML §13.2.4.2, "special").
    #[rustfmt::skip]
    pub fn is_special(self) -> bool {
        matches!(self, Tag::Address | Tag::Applet | Tag::Area | Tag::Article | Tag::Aside | Tag::Base
            | Tag::Basefont | Tag::Bgsound | Tag::Blockquote | Tag::Body | Tag::Br | Tag::Button
            | Tag::Caption | Tag::Center | Tag::Col | Tag::Colgroup | Tag::Dd | Tag::Details | Tag::Dir
            | Tag::Div | Tag::Dl | Tag::Dt | Tag::Embed | Tag::Fieldset | Tag::Figcaption | Tag::Figure
            | Tag::Footer | Tag::Form | Tag::Frame | Tag::Frameset | Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4
            | Tag::H5 | Tag::H6 | Tag::Head | Tag::Header | Tag::Hgroup | Tag::Hr | Tag::Html | Tag::Iframe
            | Tag::Img | Tag::Input | Tag::Li | Tag::Link | Tag::Listing | Tag::Main
            | Tag::Marquee | Tag::Menu | Tag::Meta | Tag::Nav | Tag::Noembed | Tag::Noframes | Tag::Noscript
            | Tag::Object | Tag::Ol | Tag::P | Tag::Param | Tag::Plaintext | Tag::Pre | Tag::Script
            | Tag::Section | Tag::Select | Tag::Source | Tag::Style | Tag::Summary | Tag::Table | Tag::Tbody
            | Tag::Td | Tag::Template | Tag::Textarea | Tag::Tfoot | Tag::Th | Tag::Thead | Tag::Title
            | Tag::Tr | Tag::Track | Tag::Ul | Tag::Wbr | Tag::Xmp)
    }

    /// Elements that are never open (HTML §13.1.2, and those the parser treats like them).
    #[rustfmt::skip]
    pub fn is_void(self) -> bool {
        matches!(self, Tag::Area | Tag::Base | Tag::Basefont | Tag::Bgsound | Tag::Br | Tag::Col | Tag::Embed
            | Tag::Frame | Tag::Hr | Tag::Image | Tag::Img | Tag::Input | Tag::Keygen | Tag::Link | Tag::Meta
            | Tag::Param | Tag::Source | Tag::Track | Tag::Wbr)
    }

    /// Elements whose content is text: to leave out the tag would turn a script into words.
    #[rustfmt::skip]
    pub fn holds_text(self) -> bool {
        matches!(self, Tag::Script | Tag::Style | Tag::Textarea | Tag::Title | Tag::Xmp | Tag::Iframe
            | Tag::Noembed | Tag::Noframes | Tag::Plaintext)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found() {
        for (name, tag) in NAMES.iter().zip(TAGS) {
            assert_eq!(Tag::of(name.to_ascii_lowercase().as_bytes()), *tag);
            assert_eq!(tag.name(), Some(*name));
        }
        assert_eq!(Tag::of(b"x-a"), Tag::Other);
    }
}
