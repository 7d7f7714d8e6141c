//! Broken on purpose: feeds of every form, section pages and outlines, mutated thousands of times,
//! never panic.

use listing::{Document, Limits, opml, section};

const FEEDS: [&str; 5] = [
    r#"<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY desk "Desk">]>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour News 港口</title>
<link>https://harbour.example/</link><image><url>/logo.png</url><title>H</title></image>
<item><title>Bridge &amp; tunnel</title><link>/a/1</link><guid isPermaLink="false">h-1</guid>
<pubDate>Tue, 03 Feb 2026 08:15:10 +0100</pubDate><description>&lt;p&gt;Open &eacute; <br>again</description>
<content:encoded><![CDATA[<p>Text <img src="b.jpg"></p>]]></content:encoded><dc:creator>&desk;</dc:creator>
<enclosure url="c.mp3" length="1" type="audio/mpeg"/><media:group><media:thumbnail url="d.jpg"/></media:group></item>
<item><title>Second</title><author>ada@harbour.example (Ada)</author><category domain="x">y</category></item></channel></rss>"#,
    r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://hill.example/x/" xml:lang="de"><title type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml">Berg <b>und</b> Tal</div></title><id>u:1</id><updated>2026-02-03T08:15:10Z</updated>
<author><name>Ada</name><uri>/ada</uri></author><entry><id>u:2</id><link href="1.html" rel="alternate"/>
<content type="html" xml:base="img/">&lt;img src="2.jpg"&gt;</content><source><title>S</title></source></entry></feed>"#,
    r#"{"version":"https://jsonfeed.org/version/1.1","title":"River","home_page_url":"https://river.example/",
"items":[{"id":1,"url":"/1","content_html":"<a href='x'>y</a>","date_published":"2026-02-03","tags":["a"]},{"id":"2"}]}"#,
    r#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://lake.example/1</loc><lastmod>2026-02-03</lastmod><n:news><n:publication><n:name>Lake</n:name></n:publication>
<n:publication_date>2026-02-03T08:15:10Z</n:publication_date><n:title>Ice</n:title></n:news></url></urlset>"#,
    r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel
 rdf:about="https://sea.example/"><title>Sea</title></channel><item rdf:about="https://sea.example/1"><title>Tide</title></item></rdf:RDF>"#,
];

const PIECES: [&[u8]; 14] = [
    b"<",
    b">",
    b"]]>",
    b"<![CDATA[",
    b"&#xD800;",
    b"\xef\xbb\xbf",
    b"<?xml version='1.0' encoding='big5'?>",
    b"\"",
    b"</item>",
    b"<item>",
    b"<!--",
    b"&",
    b"\0",
    b"\xff\xfe",
];

/// A generator of numbers that are the same in every run (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.roll(bytes.len() + 1);
    match dice.roll(5) {
        0 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
        1 => bytes.truncate(at),
        2 => {
            let piece = PIECES[dice.roll(PIECES.len())];
            bytes.splice(at..at, piece.iter().copied());
        }
        3 => {
            let end = (at + dice.roll(40)).min(bytes.len());
            bytes.drain(at..end);
        }
        _ => {
            let end = (at + dice.roll(60)).min(bytes.len());
            let copy = bytes[at..end].to_vec();
            let to = dice.roll(bytes.len() + 1);
            bytes.splice(to..to, copy);
        }
    }
}

#[test]
fn mutated_feeds_never_panic_and_mostly_come_back() {
    let base = news::Address::read("https://desk.example/feed").unwrap();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut runs, mut found) = (0, 0);
    for _ in 0..400 {
        for feed in FEEDS {
            let mut bytes = feed.as_bytes().to_vec();
            for _ in 0..=dice.roll(6) {
                mutate(&mut bytes, &mut dice);
            }
            let document = Document { bytes: &bytes, content_type: "", base: Some(&base) };
            let reading = listing::read(&document, &Limits::default());
            listing::json(&reading);
            runs += 1;
            found += usize::from(reading.found.is_some());
        }
    }
    assert!(found * 100 > runs * 70, "only {found} of {runs} came back");
}

const OUTLINE: &str = r#"<?xml version="1.0" encoding="UTF-8"?><opml version="2.0" xmlns:frss="https://freshrss.org/opml">
<head><title>Harbour 港口</title><ownerName>Ada</ownerName></head><body><outline text="News" category="/a,b">
<outline text="Quay &amp; Pier" type="rss" xmlUrl="https://quay.example/f?a=1&amp;b=2" frss:priority="main&#10;x"/>
<outline title="Hill" xmlurl='https://hill.example/f'></outline></outline>
<outline text="filters"><outline filter-type="2"><![CDATA[{"a":"<b>"}]]></outline></outline></body></opml>"#;

#[test]
fn a_mutated_outline_is_written_as_it_is_read_again() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let read = |bytes: &[u8]| {
        let document = Document { bytes, content_type: "", base: None };
        opml::read(&document, &Limits::default()).found
    };
    let mut found = 0;
    for _ in 0..2_000 {
        let mut bytes = OUTLINE.as_bytes().to_vec();
        for _ in 0..=dice.roll(6) {
            mutate(&mut bytes, &mut dice);
        }
        let Some(opml) = read(&bytes) else {
            continue;
        };
        found += 1;
        let written = opml::write(&opml);
        assert_eq!(read(written.as_bytes()).as_ref(), Some(&opml), "{written}");
    }
    assert!(found > 1_400, "only {found} of 2000 came back");
}

const PAGE: &str = r#"<html lang="zh"><head><base href="/n/"><title>Harbour 港口</title><link rel=next href="?p=2">
<script type="application/ld+json">{"@graph":[{"@type":["ItemList"]}]}</script></head><body class="home nav">
<nav><a href="/a">A</a></nav><div class="card"><a href="2026/07/03/t20260703_12.html?id=7#x"><img srcset="a.jpg 2x, b.jpg"
 alt="港"></a><h3><span class=kicker>K</span><a href="/n/2026/07/03/t20260703_12.html">Bridge (12)…</a></h3><p>Open &eacute;
 again after nine years of waiting</p><time datetime="2026-07-03">3</time></div><dl><dt>2026年7月3日</dt><dd><a
 href="%E6%B8%AF%E5%8F%A3%ff-x">港务局批准第二座大桥</a></dd></dl><footer style="background:url('x')"><a href="//hill.example">H</a>"#;

#[test]
fn mutated_pages_never_panic() {
    let base = news::Address::read("https://desk.example/n/").unwrap();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let (mut runs, mut found) = (0, 0);
    for _ in 0..800 {
        let mut bytes = PAGE.as_bytes().to_vec();
        for _ in 0..=dice.roll(6) {
            mutate(&mut bytes, &mut dice);
        }
        let document = Document { bytes: &bytes, content_type: "", base: Some(&base) };
        let reading = section::read(&document, &Limits::default());
        listing::json(&reading);
        runs += 1;
        found += usize::from(reading.found.is_some());
    }
    assert!(found * 100 > runs * 40, "only {found} of {runs} came back");
}
