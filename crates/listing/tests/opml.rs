//! Subscriptions in the shapes in which readers hand them on, and what must be found in them.

use expect_test::{Expect, expect};
use listing::opml::{self, Opml, Outline};
use listing::{Document, Limits};
use news::Reading;
use std::fmt::Write;

const FILES: [(&str, &str); 6] = [
    ("freshrss", include_str!("opml/freshrss.opml")),
    ("miniflux", include_str!("opml/miniflux.opml")),
    ("netnewswire", include_str!("opml/netnewswire.opml")),
    ("feedly", include_str!("opml/feedly.opml")),
    ("inoreader", include_str!("opml/inoreader.opml")),
    ("tiny-tiny-rss", include_str!("opml/tiny-tiny-rss.opml")),
];

fn read_within(bytes: &[u8], limits: &Limits) -> Reading<Opml> {
    opml::read(&Document { bytes, content_type: "", base: None }, limits)
}

fn read(bytes: &[u8]) -> Reading<Opml> {
    read_within(bytes, &Limits::default())
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(text.as_bytes())));
}

/// Reads a document without damage, writes it, and reads that.
#[track_caller]
fn check_kept(text: &str) -> Opml {
    let Reading { found, notes } = read(text.as_bytes());
    assert_eq!(notes, [], "no damage");
    let found = found.expect("an outline");
    assert_eq!(read(opml::write(&found).as_bytes()), Reading::new(Some(found.clone()), Vec::new()));
    found
}

/// Writes the outline as a person would note it down, a line for each.
fn shown(reading: &Reading<Opml>) -> String {
    let mut out = String::new();
    if let Some(opml) = &reading.found {
        opml.head.iter().for_each(|(name, value)| {
            let _ = writeln!(out, "{name}: {value}");
        });
        opml.namespaces.iter().for_each(|(name, value)| {
            let _ = writeln!(out, "{name} = {value}");
        });
        opml.outlines.iter().for_each(|outline| show(outline, 0, &mut out));
    }
    for note in &reading.notes {
        let _ = writeln!(out, "! {} {}", note.kind, note.text);
    }
    out
}

fn show(outline: &Outline, level: usize, out: &mut String) {
    let _ = write!(out, "{}* {}", "  ".repeat(level), outline.text());
    if let Some(feed) = outline.feed_as_written() {
        let _ = write!(out, " <{feed}>");
    }
    if !outline.words.is_empty() {
        let _ = write!(out, " {:?}", outline.words);
    }
    out.push('\n');
    outline.children.iter().for_each(|child| show(child, level + 1, out));
}

#[test]
fn what_other_readers_wrote_is_kept_whole() {
    for (name, text) in FILES {
        let found = check_kept(text);
        assert!(!found.outlines.is_empty(), "{name}");
        let attributes = |text: &str| text.matches("=\"").count();
        let declaration = attributes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        let kept = attributes(&opml::write(&found)) - declaration;
        let there = attributes(text.split_once("?>").map_or(text, |(_, rest)| rest));
        assert_eq!(kept, there, "{name}");
    }
}

#[test]
fn a_readers_own_attributes_stay_with_their_namespace_and_their_line_ends() {
    let found = check_kept(FILES[0].1);
    let namespace = ("xmlns:frss".to_owned(), "https://freshrss.org/opml".to_owned());
    assert_eq!(found.namespaces, [namespace]);
    let ferry = &found.outlines[0].children[0];
    let names: Vec<&str> = ferry.attributes.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "text",
        "type",
        "xmlUrl",
        "htmlUrl",
        "description",
        "frss:priority",
        "frss:cssFullContent",
        "frss:filtersActionRead",
    ];
    assert_eq!(names, expected, "in their order");
    assert_eq!(
        ferry.get("frss:filtersActionRead"),
        Some("intitle:⚓ OR intitle:fog\nauthor:\"Gull\"")
    );
    assert!(opml::write(&found).contains("intitle:fog&#10;author:&quot;Gull&quot;"));
}

#[test]
fn filters_and_settings_between_the_tags_stay() {
    let found = check_kept(FILES[5].1);
    let filters = found.outlines.iter().find(|outline| outline.text() == "tt-rss-filters");
    let filter = &filters.expect("filters").children[0];
    assert!(filter.words.starts_with("{\"rules\":[{\"reg_exp\":\"a<b & c\""), "{}", filter.words);
}

#[test]
fn nested_folders_keep_their_order() {
    check(
        FILES[2].1,
        expect![[r#"
            title: On My Mac
            * Harbour Notices <https://harbour.example/notices.xml>
            * News
              * The Quay <https://quay.example/feed/>
              * Abroad
                * Île & Côte <https://ile.example/flux?x=1&y=2>
                * 港口日報 <https://gangkou.example/rss>
              * Lantern <https://lantern.example/atom.xml>
            * Nothing yet
        "#]],
    );
}

#[test]
fn old_versions_and_pointers_are_read_as_well() {
    let found = check_kept(
        r#"<?xml version="1.0"?><opml version="1.0"><head><title>Old</title><expansionState>1,3</expansionState>
        </head><body><outline text="States" created="Tue, 15 Mar 2005 16:35:45 GMT" isComment="true">
        <outline text="More" type="include" url="http://hill.example/more.opml"/>
        <outline text="A page" type="link" url="http://hill.example/"/>
        <outline text="Hill" type="rss" version="RSS2" language="en-us" category="/news/hill,/mountains"
        xmlUrl="http://hill.example/rss.xml"/></outline></body></opml>"#,
    );
    let feeds: Vec<_> = found.outlines[0].children.iter().map(Outline::feed).collect();
    assert_eq!(feeds.iter().flatten().count(), 1, "pointers are no feeds");
    assert_eq!(found.head[1], ("expansionState".to_owned(), "1,3".to_owned()));
}

#[test]
fn feeds_that_do_not_end_are_not_nested() {
    check(
        "<opml><body><outline text=News>\n<outline text=A xmlUrl=https://a.example/f>\n\
         <outline text=B xmlUrl=https://b.example/f>\n</outline><outline text=Sea>\
         <outline text=C xmlUrl=https://c.example/f></outline></body></opml>",
        expect![[r#"
            * News
              * A <https://a.example/f>
              * B <https://b.example/f>
            * Sea
              * C <https://c.example/f>
            ! damage-no-quotes 
        "#]],
    );
    check(
        r#"<opml><body><outline text="News"><outline text="A" xmlUrl="https://a.example/f"></outline>
        <outline text="B" xmlUrl="https://b.example/f"><outline text="C" xmlUrl="https://c.example/f"/>
        </outline></outline></body>"#,
        expect![[r#"
            * News
              * A <https://a.example/f>
              * B <https://b.example/f>
                * C <https://c.example/f>
        "#]],
    );
    check(
        r#"<opml><body><outline text="News"><outline text="A" xmlUrl="https://a.example/f"></outline>
        <outline text="B" xmlUrl="https://b.example/f"><outline text="C" xmlUrl="https://c.example/f"></outline>
        </outline></body></opml>"#,
        expect![[r#"
            * News
              * A <https://a.example/f>
              * B <https://b.example/f>
              * C <https://c.example/f>
            ! damage-open-element 
        "#]],
    );
}

#[test]
fn a_document_that_breaks_off_keeps_what_came_before() {
    check(
        r#"<opml version="2.0"><head><title>Cut</title></head><body><outline text="News">
        <outline text="A" xmlUrl="https://a.example/f"></outline><outline text="B" xmlUrl="https://b.exa"#,
        expect![[r#"
            title: Cut
            * News
              * A <https://a.example/f>
            ! damage-open-quote 
            ! damage-truncated 
        "#]],
    );
}

#[test]
fn damage_of_every_kind_is_survived() {
    check(
        "<OPML VERSION='1.1'><HEAD><TITLE>Ships & tides<dateCreated>x</dateCreated></HEAD><BODY>,\n\
         <OUTLINE TITLE='R&D &eacute;' XMLURL='https://a.example/f?x=1&y=2&lt;'/>\n\
         <outline 5=x text=\"said \"so\"\" xmlurl=\"https://b.example/f\"/></outline>\n\
         <outline frss:priority=\"main\" xmlURL=\"not an address\"/></BODY></OPML>",
        expect![[r#"
            TITLE: Ships & tides
            dateCreated: x
            xmlns:frss = urn:undeclared:frss
            * R&D é <https://a.example/f?x=1&y=2<>
            * said <https://b.example/f>
            *  <not an address>
            ! damage-stray-amp 
            ! damage-open-quote 
            ! damage-no-quotes 
            ! damage-no-value 
            ! damage-odd-name 
            ! damage-stray-end 
            ! damage-undeclared-prefix 
        "#]],
    );
}

#[test]
fn what_was_damaged_is_written_sound() {
    let damaged = "<opml><body><outline text='a\u{1}&#x1;b' xmlUrl='https://a.example/?a&b' f:x='1' 5='y'>\
                   <f:note>1 < 2</f:note><outline text='c'></outline></outline></body>";
    let found = read(damaged.as_bytes()).found.expect("an outline");
    check_kept(&opml::write(&found));
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <opml version="2.0" xmlns:f="urn:undeclared:f">
          <head>
          </head>
          <body>
            <outline text="ab" xmlUrl="https://a.example/?a&amp;b" f:x="1">
              <f:note>1 &lt; 2</f:note>
              <outline text="c"/>
            </outline>
          </body>
        </opml>
    "#]]
    .assert_eq(&opml::write(&found));
}

#[test]
fn a_prefix_is_declared_wherever_it_is_used() {
    let found = read(
        b"<opml><body><outline xmlns:f='https://f.example/' f:a='1'><outline f:b='2'/></outline>\
          <outline f:c='3' xmlns:g='' xmlns:xml='x'/><\xf0\x9f\x8d\xbaa b='c'/></body></opml>",
    );
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <opml version="2.0" xmlns:f="urn:undeclared:f">
          <head>
          </head>
          <body>
            <outline xmlns:f="https://f.example/" f:a="1">
              <outline f:b="2"/>
            </outline>
            <outline f:c="3"/>
          </body>
        </opml>
    "#]]
    .assert_eq(&opml::write(&found.found.expect("an outline")));
}

#[test]
fn every_encoding_is_read() {
    let text = "<?xml version=\"1.0\" encoding=\"ENC\"?>\r\n<opml version=\"1.0\"><body>\r\n\
                <outline text=\"Zürich – Straße\" xmlUrl=\"https://z.example/f\"/></body></opml>";
    let utf16 = |text: &str| {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()
    };
    let windows = |text: &str| {
        let byte = |c: char| if c == '–' { 0x96 } else { c as u8 };
        text.chars().map(byte).collect::<Vec<u8>>()
    };
    for bytes in [
        utf16(&text.replace("ENC", "utf-16")),
        windows(&text.replace("ENC", "windows-1252")),
        // What a program does that saves in the system's own encoding and says otherwise.
        windows(&text.replace("ENC", "utf-8")),
    ] {
        let found = read(&bytes).found.expect("an outline");
        assert_eq!(found.outlines[0].text(), "Zürich – Straße");
    }
}

#[test]
fn what_is_no_outline_says_so() {
    let check = |text: &str, kind: &str| {
        let reading = read(text.as_bytes());
        assert_eq!((reading.found, reading.notes[0].kind.as_ref()), (None, kind), "{text}");
    };
    check("", "not-opml");
    check("# A Markdown page\n\nwith text", "not-opml");
    check("<rss version='2.0'><channel/></rss>", "not-opml");
    check("<!doctype html><html><body><outline text='x'/></body></html>", "not-opml");
    check("{\"version\": \"https://jsonfeed.org/version/1.1\"}", "not-opml");
    let empty = read(b"<opml version='2.0'><head/><body/></opml>");
    assert_eq!(empty, Reading::new(Some(Opml::default()), Vec::new()));
}

#[test]
fn limits_are_kept_and_told() {
    let many = |len: usize| {
        let outlines = "<outline text='x'><outline text='y'/></outline>".repeat(len);
        format!("<opml><body>{outlines}</body></opml>")
    };
    let limits = Limits { outlines_max: 3, ..Limits::default() };
    let cut = read_within(many(2).as_bytes(), &limits);
    assert_eq!(cut.notes[0].text, "1 outlines more than the limit were left out");
    assert_eq!(cut.found.map(|opml| opml.outlines.len()), Some(2));

    let limits = Limits { bytes_max: 100, ..Limits::default() };
    assert_eq!(read_within(many(9).as_bytes(), &limits).notes[0].kind, "too-large");

    let deep = format!("<opml>{}", "<outline text='d'>".repeat(50_000));
    let found = read(deep.as_bytes()).found.expect("an outline");
    let mut level = &found.outlines;
    let mut depth = 0;
    while let Some(outline) = level.first() {
        (level, depth) = (&outline.children, depth + 1);
    }
    assert_eq!(depth, Limits::default().depth_max + 1);
    assert!(opml::write(&found).len() < 4 * 1024 * 1024);
}
