//! Small feeds of every form, and what a reader must find in them.

use expect_test::{Expect, expect};
use listing::{Document, Limits};
use news::{Address, Entry, Listing, Person, Reading};
use std::fmt::Write;

fn read(bytes: &[u8]) -> Reading<Listing> {
    let base = Address::read("https://harbour.example/feeds/all").unwrap();
    let document = Document { bytes, content_type: "", base: Some(&base) };
    listing::read(&document, &Limits::default())
}

#[track_caller]
fn check(feed: &str, expected: Expect) {
    expected.assert_eq(&shown(&read(feed.as_bytes())));
}

/// Writes what a person would look for, a line for each.
fn shown(reading: &Reading<Listing>) -> String {
    let mut out = String::new();
    if let Some(listing) = &reading.found {
        let title = listing.title.as_ref().map_or("-", |title| &title.value);
        let link = listing.link.as_deref().unwrap_or("-");
        let _ = writeln!(out, "{:?} {title} {link}", listing.form);
        listing.authors.iter().for_each(|person| show_person(person, &mut out));
        listing.entries.iter().for_each(|entry| show(entry, &mut out));
        show_ways(listing, &mut out);
    }
    for note in &reading.notes {
        let _ = writeln!(out, "! {} {}", note.kind, note.text);
    }
    out
}

/// Writes where a listing goes on, and how its news can be had.
fn show_ways(listing: &Listing, out: &mut String) {
    for part in &listing.parts {
        let updated = part.updated.as_ref().map_or(String::new(), |stamp| format!(" {}", stamp.at));
        let _ = writeln!(out, "part {}{updated}", part.address);
    }
    for hub in &listing.hubs {
        let own = listing.own.as_ref().map_or("-", |own| own.as_str());
        let _ = writeln!(out, "hub {hub} for {own}");
    }
    if let Some(seconds) = listing.period_s {
        let _ = writeln!(out, "every {seconds} s");
    }
    if listing.is_complete || listing.is_archive {
        let _ = writeln!(out, "complete {} archive {}", listing.is_complete, listing.is_archive);
    }
}

fn show_person(person: &Person, out: &mut String) {
    let parts = [&person.name, &person.email, &person.href].map(Option::as_deref);
    let _ = writeln!(out, "  by {parts:?}");
}

fn show(entry: &Entry, out: &mut String) {
    let title = entry.title.as_ref().map_or("-", |title| &title.value);
    let link = entry.link.as_deref().unwrap_or("-");
    let _ = writeln!(out, "* {title} {link}");
    let _ = writeln!(out, "  id {}", entry.id);
    if let Some(stamp) = &entry.published {
        let _ = writeln!(out, "  published {}", stamp.at);
    }
    if let Some(stamp) = &entry.updated {
        let _ = writeln!(out, "  updated {}", stamp.at);
    }
    entry.authors.iter().for_each(|person| show_person(person, out));
    if let Some(summary) = &entry.summary {
        let _ = writeln!(out, "  summary {:?} {}", summary.kind, summary.value);
    }
    for content in &entry.content {
        let _ = writeln!(out, "  content {} {}", content.kind, content.value);
    }
    for category in &entry.categories {
        let _ = writeln!(out, "  category {}", category.term.as_deref().unwrap_or("-"));
    }
    let enclosures = entry.enclosures.iter().map(|enclosure| &enclosure.href);
    let media = entry.media.iter().map(|media| &media.url);
    let thumbnails = entry.thumbnails.iter().map(|thumbnail| &thumbnail.url);
    for url in enclosures.chain(media).chain(thumbnails) {
        let _ = writeln!(out, "  media {url}");
    }
}

#[test]
fn rss_with_its_modules() {
    check(
        r#"<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:m="http://search.yahoo.com/mrss/"
        xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour News</title>
        <atom:link rel="self" href="/feeds/all"/><link>https://harbour.example/</link>
        <item><title>Bridge &amp; tunnel</title><link>/a/1?x=1&region=2</link><guid isPermaLink="false">h-1</guid>
        <pubDate>Tue, 03 Feb 2026 08:15:10 +0100</pubDate><m:title>no</m:title>
        <description>&lt;p&gt;Open &lt;img src="b.jpg"&gt;</description>
        <c:encoded><![CDATA[<p>Text &amp; more</p>]]></c:encoded><dc:creator>Ada</dc:creator>
        <author>ada@harbour.example (Ada)</author><category>Ships</category>
        <enclosure url="c.mp3" length="x"/><m:group><m:thumbnail url="d.jpg"/></m:group></item>
        <item><guid>https://harbour.example/a/2</guid><description>Two</description></item>
        </channel></rss>"#,
        expect![[r#"
            Rss Harbour News https://harbour.example/
            * Bridge & tunnel https://harbour.example/a/1?x=1&region=2
              id h-1
              published 2026-02-03T07:15:10Z
              by [Some("Ada"), Some("ada@harbour.example"), None]
              summary Html <p>Open <img src="https://harbour.example/feeds/b.jpg">
              content text/html <p>Text &amp; more</p>
              category Ships
              media https://harbour.example/feeds/c.mp3
              media https://harbour.example/feeds/d.jpg
            * - https://harbour.example/a/2
              id https://harbour.example/a/2
              summary Html Two
            ! damage-undeclared-prefix 
            ! damage-stray-amp 
        "#]],
    );
}

#[test]
fn a_guid_is_an_address_only_when_it_looks_like_one() {
    check(
        r#"<rss version="2.0"><channel><title>Quay</title>
        <item><title>Word</title><guid>4711-b8dc</guid></item>
        <item><title>Told</title><guid isPermaLink="true">4712</guid></item>
        <item><title>Path</title><guid>/a/3</guid></item></channel></rss>"#,
        expect![[r#"
            Rss Quay -
            * Word -
              id 4711-b8dc
            * Told https://harbour.example/feeds/4712
              id 4712
            * Path https://harbour.example/a/3
              id /a/3
        "#]],
    );
}

#[test]
fn atom_with_bases_and_markup() {
    check(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://hill.example/x/"><title>Hill</title>
        <author><name>Ada</name></author><link rel="self" href="f"/><link href="/"/>
        <entry><id>u:1</id><title type="html">A &amp;lt; B</title><link rel="related" href="r"/>
        <link href="1.html"/><updated>2026-02-03T08:15:10Z</updated>
        <content type="xhtml" xml:base="img/"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>A &amp; <h:img
        src="2.jpg"/></h:p></h:div></content></entry></feed>"#,
        expect![[r#"
            Atom Hill https://hill.example/
              by [Some("Ada"), None, None]
            * A &lt; B https://hill.example/x/1.html
              id u:1
              updated 2026-02-03T08:15:10Z
              by [Some("Ada"), None, None]
              content application/xhtml+xml <p>A &amp; <img src="https://hill.example/x/img/2.jpg" /></p>
        "#]],
    );
}

#[test]
fn json_feed_with_liberties() {
    check(
        r#"{"version":"https://jsonfeed.org/version/1","title":"River","home_page_url":"https://river.example/",
        "items":[{"id":7,"url":"/7","title":null,"content_text":"a < b","date_published":"2026-02-03",
        "author":{"name":"Ada"},"tags":["x",1],"attachments":[{"url":"s.mp3","size_in_bytes":5.0}]}]}"#,
        expect![[r#"
            Json River https://river.example/
            * - https://harbour.example/7
              id 7
              published 2026-02-03T00:00:00Z
              by [Some("Ada"), None, None]
              content text/plain a < b
              category x
              category 1
              media https://harbour.example/feeds/s.mp3
        "#]],
    );
}

#[test]
fn a_json_feed_that_breaks_off_keeps_what_came_before() {
    check(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"River","items":[{"id":"1"},{"id":"2"},{"i"#,
        expect![[r#"
            Json River -
            * - -
              id 1
            * - -
              id 2
            ! damage-json 
        "#]],
    );
}

#[test]
fn rdf_and_cdf() {
    check(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://sea.example/"><title>Sea</title></channel>
        <item rdf:about="https://sea.example/1"><title>Tide</title><dc:date>2026-02-03T08:15+09:00</dc:date>
        <dc:subject>Water</dc:subject></item></rdf:RDF>"#,
        expect![[r#"
            Rdf Sea -
            * Tide https://sea.example/1
              id https://sea.example/1
              published 2026-02-02T23:15:00Z
              category Water
        "#]],
    );
    check(
        r#"<CHANNEL HREF="https://old.example/"><TITLE>Old</TITLE><ITEM HREF="1" LASTMOD="2004-04-06"><ABSTRACT>x</ABSTRACT></ITEM></CHANNEL>"#,
        expect![[r#"
            Cdf Old https://old.example/
            * - https://harbour.example/feeds/1
              id https://harbour.example/feeds/1
              updated 2004-04-06T00:00:00Z
              summary Html x
        "#]],
    );
}

#[test]
fn sitemaps_and_their_indexes() {
    check(
        r#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc> https://lake.example/1 </loc>
        <lastmod>2026-02-04</lastmod><n:news><n:publication><n:name>Lake</n:name><n:language>de</n:language></n:publication>
        <n:publication_date>2026-02-03T08:15:10Z</n:publication_date><n:title>Eis</n:title><n:keywords>Ice, Cold</n:keywords></n:news>
        <image:image><image:loc>https://lake.example/1.jpg</image:loc></image:image></url></urlset>"#,
        expect![[r#"
            Sitemap - -
            * Eis https://lake.example/1
              id https://lake.example/1
              published 2026-02-03T08:15:10Z
              updated 2026-02-04T00:00:00Z
              category Ice
              category Cold
              media https://lake.example/1.jpg
        "#]],
    );
    check(
        r#"<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://lake.example/s1.xml.gz</loc>
        <lastmod>2026-02-04</lastmod></sitemap><sitemap><loc>https://lake.example/s2.xml</loc></sitemap></sitemapindex>"#,
        expect![[r#"
            SitemapIndex - -
            part https://lake.example/s1.xml.gz 2026-02-04T00:00:00Z
            part https://lake.example/s2.xml
        "#]],
    );
}

#[test]
fn words_of_other_formats_in_rss_are_understood() {
    check(
        r#"<rss version="2.0" xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">
        <channel><title><![CDATA[Harbour&#8217;s News &amp; Views]]></title><link>https://quay.example/</link>
        <webMaster>web@quay.example (Web)</webMaster><managingEditor>desk@quay.example (desk@quay.example)</managingEditor>
        <i:author>The Desk</i:author>
        <item><link>/one</link><link href="/two"/><f:origEnclosureLink>/no</f:origEnclosureLink>
        <enclosure url="https://carrier.example/c.mp3"/><f:origEnclosureLink>/c.mp3</f:origEnclosureLink></item></channel></rss>"#,
        expect![[r#"
            Rss Harbour’s News &amp; Views https://quay.example/
              by [Some("The Desk"), None, None]
              by [None, Some("desk@quay.example"), None]
            * - https://harbour.example/two
              id https://harbour.example/two
              media https://quay.example/c.mp3
        "#]],
    );
    check(
        r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Hill</title><entry><id>u:1</id>
        <content type="html"><div xmlns="http://www.w3.org/1999/xhtml">&lt;p&gt;Snow &amp;amp; ice&lt;/p&gt;</div></content>
        </entry></feed>"#,
        expect![[r#"
            Atom Hill -
            * - -
              id u:1
              content text/html <p>Snow &amp; ice</p>
        "#]],
    );
}

#[test]
fn json_heads_what_has_no_title_and_says_so() {
    let feed = r#"<rss><channel><item><description>The &lt;b&gt;ferry&lt;/b&gt; is late</description></item>
        <item><link>https://quay.example/2</link></item><item><title>Three</title></item></channel></rss>"#;
    let json = listing::json(&read(feed.as_bytes()));
    let shown = |entry: &serde_json::Value| format!("{} {}", entry["title"], entry["untitled"]);
    let shown: Vec<String> = json["entries"].as_array().unwrap().iter().map(shown).collect();
    assert_eq!(
        shown,
        [r#""The ferry is late" true"#, r#""https://quay.example/2" true"#, r#""Three" null"#]
    );
}

#[test]
fn an_empty_document_is_damaged_and_no_listing() {
    for text in ["", " \n", "<?xml version='1.0'?><!-- nothing -->"] {
        let reading = read(text.as_bytes());
        assert_eq!((reading.found.is_none(), reading.notes[0].kind.as_ref()), (true, "empty"));
        assert_eq!(listing::json(&reading)["damage"][0], "empty");
    }
}

#[test]
fn a_feed_says_how_to_follow_it() {
    check(
        r#"<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom" xmlns:s="http://purl.org/rss/1.0/modules/syndication/">
        <channel><title>Quay</title><a:link rel="self" href="/feed"/><a:link rel="hub" href="https://hub.example/"/>
        <a:link rel="next" href="?page=2"/><s:updatePeriod> hourly
        </s:updatePeriod><s:updateFrequency>2</s:updateFrequency>
        <item><title>One</title><a:link rel="hub" href="https://other.example/"/></item></channel></rss>"#,
        expect![[r#"
            Rss Quay -
            * One -
              id sha256:c49cbb395f97e75aa2c2641cc672a275ede73bfd369fb7cd41a19fce6de3474c
            part https://harbour.example/feeds/all?page=2
            hub https://hub.example/ for https://harbour.example/feed
            every 1800 s
        "#]],
    );
    check(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:h="http://purl.org/syndication/history/1.0"><title>Shelf</title>
        <h:archive/><h:complete/><link rel="prev-archive" href="2025.xml"/><link rel="next" href="all"/></feed>"#,
        expect![[r#"
            Atom Shelf -
            part https://harbour.example/feeds/2025.xml
            complete true archive true
        "#]],
    );
    check(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"River","feed_url":"/f.json","next_url":"/f.json?2",
        "hubs":[{"type":"rssCloud","url":"https://cloud.example/"},{"type":"WebSub","url":"https://hub.example/"}],"items":[]}"#,
        expect![[r#"
            Json River -
            part https://harbour.example/f.json?2
            hub https://hub.example/ for https://harbour.example/f.json
        "#]],
    );
}

#[test]
fn every_complete_item_of_a_broken_feed_is_kept() {
    check(
        "<br />\n<b>Notice</b>: no such index<?xml version=\"1.0\"?><?xml version=\"1.0\"?><rss><channel><title>T < U & V</title>
        <item><title>One<category>a</item><item><TITLE>Two</title><description>x <br> y <b>z</description><pubDate>2026-02-03</pubDate>
        <item><title>Three</title><link>https://a.example/3</link><description><![CDATA[cut</description></item>
        <item><title>Four</title><description><![CDATA[whole]]></description></item><item><title>Fi",
        expect![[r#"
            Rss T < U & V -
            * One -
              id sha256:c49cbb395f97e75aa2c2641cc672a275ede73bfd369fb7cd41a19fce6de3474c
              category a
            * Two -
              id sha256:e2281694acccf3916aafc577296880ceffdc45e5f87bed1224e23d84d87a53fb
              published 2026-02-03T00:00:00Z
              summary Html x <br /> y <b>z</b>
            * Three https://a.example/3
              id https://a.example/3
              summary Html cut
            * Four -
              id sha256:5122eeafed887c813c2425b5fc12a2a53ea9706ac62d8148a95860e3933d0586
              summary Html whole
            * Fi -
              id sha256:4a26ad3c89f2915f4e292b13a437fae52ec2761f7e37d078636e28d9a4d8d990
            ! damage-stray-end 
            ! damage-stray-lt 
            ! damage-stray-amp 
            ! damage-open-element 
            ! damage-open-cdata 
            ! damage-truncated 
        "#]],
    );
}

#[test]
fn an_entry_without_an_id_gets_the_same_one_each_time() {
    let feed = "<rss><channel><item><title>One</title></item><item><title>Two</title></item></channel></rss>";
    let ids = |reading: Reading<Listing>| -> Vec<String> {
        let entries = reading.found.unwrap().entries;
        entries.into_iter().map(|entry| entry.id).collect()
    };
    let first = ids(read(feed.as_bytes()));
    assert_eq!(first, ids(read(feed.as_bytes())));
    assert_ne!(first[0], first[1]);
}

#[test]
fn what_is_no_listing_says_why() {
    check(
        "<!doctype html><html><body><form>Log in</form></html>",
        expect![[r#"
            ! not-a-listing the document is an HTML page, no feed
        "#]],
    );
    check(
        "  ",
        expect![[r#"
        ! empty the document is empty
    "#]],
    );
    check(
        "{\"error\": 403}",
        expect![[r#"
        ! not-a-listing the document is JSON, but no feed
    "#]],
    );
    check(
        "习近平",
        expect![[r#"
        ! not-a-listing the document is neither a feed nor a sitemap
    "#]],
    );
}

#[test]
fn limits_are_kept() {
    let item = "<item><title>x</title></item>";
    let feed = format!("<rss><channel>{}</channel></rss>", item.repeat(30));
    let limits = Limits { entries_max: 10, ..Limits::default() };
    let document = Document { bytes: feed.as_bytes(), content_type: "", base: None };
    let reading = listing::read(&document, &limits);
    assert_eq!(reading.found.unwrap().entries.len(), 10);
    assert_eq!(reading.notes[0].kind, "entries-cut");
    let limits = Limits { bytes_max: 100, ..Limits::default() };
    let reading = listing::read(&document, &limits);
    assert!(reading.found.is_none());
    assert_eq!(reading.notes[0].kind, "too-large");
}

#[test]
fn depth_costs_neither_the_stack_nor_the_items() {
    let deep = "<x>".repeat(200_000);
    let feed = format!("<rss><channel><item><title>One</title></item><item>{deep}");
    assert_eq!(read(feed.as_bytes()).found.unwrap().entries.len(), 2);
}

#[test]
fn a_packed_sitemap_is_unpacked_up_to_the_limit() {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(b"<urlset><url><loc>https://lake.example/1</loc></url></urlset>").unwrap();
    let reading = read(&packer.finish().unwrap());
    assert_eq!(reading.found.unwrap().entries.len(), 1);

    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..20 {
        packer.write_all(&[b' '; 1024 * 1024]).unwrap();
    }
    assert_eq!(read(&packer.finish().unwrap()).notes[0].kind, "too-large");
}

#[test]
fn what_a_feed_says_once_is_not_kept_for_every_entry_if_it_is_long() {
    let name = "A".repeat(100_000);
    let entries = "<entry><id>1</id></entry>".repeat(2_000);
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>{name}</name></author>{entries}</feed>"
    );
    let listing = read(feed.as_bytes()).found.unwrap();
    assert_eq!(listing.authors.len(), 1);
    assert!(listing.entries.iter().all(|entry| entry.authors.is_empty()));
    let categories: String = (0..20_000).map(|i| format!("<category>{i}</category>")).collect();
    let feed = format!("<rss><channel><item>{categories}</item></channel></rss>");
    let listing = read(feed.as_bytes()).found.unwrap();
    assert_eq!(listing.entries[0].categories.len(), 256);
}
