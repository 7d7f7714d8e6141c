//! Subscriptions of other readers, taken in and handed out again.

use super::program::{Library, Told, told};
use super::site::{Page, Site};
use listing::opml::{self, Opml, Outline};
use listing::{Document, Limits};
use serde_json::Value;
use std::net::TcpListener;
use std::process::{Command, Stdio};

const FILES: [&str; 6] = [
    include_str!("../../../listing/tests/opml/freshrss.opml"),
    include_str!("../../../listing/tests/opml/miniflux.opml"),
    include_str!("../../../listing/tests/opml/netnewswire.opml"),
    include_str!("../../../listing/tests/opml/feedly.opml"),
    include_str!("../../../listing/tests/opml/inoreader.opml"),
    include_str!("../../../listing/tests/opml/tiny-tiny-rss.opml"),
];

/// Two sites with feeds, a page that is none, one that is missing, and a port where nobody is.
struct Web {
    quay: Site,
    hill: Site,
    dead: String,
}

impl Web {
    fn start() -> Web {
        let (quay, hill) = (Site::start(), Site::start());
        quay.put_feed("/news.xml", &[("/ferry", "The ferry is back", "At four crowns.")]);
        quay.put_feed("/sport.xml", &[("/race", "A race of hens", "In baskets.")]);
        hill.put_feed("/feed", &[("/goats", "Goats on the roof", "Again.")]);
        hill.put(
            "/page",
            Page::new("text/html", "<!doctype html><html><title>Hill</title><p>Goats"),
        );
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let dead = free.local_addr().expect("an address").to_string();
        Web { quay, hill, dead }
    }

    fn library(&self) -> Library {
        Library::new(&[&self.quay.host, &self.hill.host, &self.dead])
    }

    fn opml(&self) -> String {
        let (news, sport) = (self.quay.address("/news.xml"), self.quay.address("/sport.xml"));
        let (feed, page) = (self.hill.address("/feed"), self.hill.address("/page"));
        let (lost, dead) = (self.hill.address("/lost"), format!("http://{}/feed", self.dead));
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:frss="https://freshrss.org/opml"><head><title>Ada's feeds</title></head><body>
<outline text="News"><outline text="The Quay" type="rss" xmlUrl="{news}" htmlUrl="https://quay.example/" frss:priority="main"/>
<outline text="Far"><outline text="Hill" type="rss" xmlUrl="{feed}"/><outline text="Lost" type="rss" xmlUrl="{lost}"/></outline>
<outline text="A page" type="rss" xmlUrl="{page}"/></outline>
<outline text="Sport" created="Sun, 08 Nov 2026 08:00:00 GMT"><outline type="rss" xmlUrl="{sport}"/>
<outline text="The Quay" type="rss" xmlUrl="{news}"/></outline>
<outline text="Dead" type="rss" xmlUrl="{dead}"/><outline text="Typo" type="rss" xmlUrl="quay dot example"/>
</body></opml>"#
        )
    }
}

/// Writes an outline into the library's scratch folder; returns its path.
fn written(library: &Library, text: &str) -> String {
    let path = library.scratch.path().join("feeds.opml");
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

fn read(text: &str) -> Opml {
    let document = Document { bytes: text.as_bytes(), content_type: "", base: None };
    opml::read(&document, &Limits::default()).found.expect("an outline")
}

fn exported(library: &Library) -> Opml {
    read(&library.well(&["export"]).out)
}

fn sources(library: &Library) -> Vec<Value> {
    library.rows(&["sources"])
}

#[track_caller]
fn assert_says(told: &Told, words: &[&str]) {
    for words in words {
        assert!(told.out.contains(words) || told.err.contains(words), "{words}: {told:#?}");
    }
}

#[test]
fn every_feed_is_shown_before_anything_is_changed() {
    let web = Web::start();
    let library = web.library();
    let path = written(&library, &web.opml());
    let told = library.well(&["import", &path, "--dry-run"]);
    let news = web.quay.address("/news.xml");
    assert_says(
        &told,
        &[
            &format!("+ News › The Quay · Sport › The Quay  {news}  new"),
            "+ News › Far › Hill",
            "+ Sport › The Quay  http",
            "! News › Far › Lost",
            "can't be reached: the site answered 404",
            "- News › A page",
            "no feed: the document is an HTML page, no feed",
            "! Dead",
            "- Typo  quay dot example  no feed: its address is not one of the web",
            "7 feeds: 3 new, 0 here already, 2 not to be reached, 2 no feed",
        ],
    );
    assert!(!library.folder().join("library.sqlite").exists(), "looking makes no library");

    let told = library.run(&["import", &path]);
    assert_eq!(told.code, 2, "{told:#?}");
    assert_says(&told, &["+ News › Far › Hill", "say `--yes`", "`--dry-run`"]);
    assert_eq!(sources(&library), [] as [Value; 0]);
}

#[test]
fn an_outline_is_taken_in_with_what_can_not_be_reached() {
    let web = Web::start();
    let library = web.library();
    let path = written(&library, &web.opml());
    let told = library.run(&["import", &path, "--yes"]);
    assert_eq!(told.code, 3, "{told:#?}");
    assert_says(&told, &["5 new feeds are followed"]);

    let sources = sources(&library);
    let named: Vec<&str> = sources.iter().filter_map(|row| row["title"].as_str()).collect();
    assert_eq!(named, ["Dead", "Lost", "Hill", "The Quay", "The Quay"], "failing ones first");
    assert_eq!(sources[1]["listings"][0]["failing"], "the site answered 404");
    let quay = sources.iter().find(|row| row["name"] == "quay").expect("called after its site");
    assert_eq!(quay["site"], "https://quay.example/");

    assert_eq!(exported(&library).outlines, read(&web.opml()).outlines);
    assert_eq!(library.run(&["fetch"]).code, 3, "two of the sources fail");
    assert_eq!(library.marks().len(), 3);

    let told = library.run(&["import", &path, "--yes"]);
    assert_says(&told, &["(as quay)", "0 new, 5 here already, 0 not to be reached, 2 no feed"]);
    assert_eq!(exported(&library).outlines, read(&web.opml()).outlines);
}

#[test]
fn what_can_not_be_reached_may_be_left_out() {
    let web = Web::start();
    let library = web.library();
    let path = written(&library, &web.opml());
    library.run(&["import", &path, "--yes", "--reachable"]);
    assert_eq!(sources(&library).len(), 3);
    assert_eq!(exported(&library).outlines, read(&web.opml()).outlines, "it stays filed");
    web.hill.put_feed("/lost", &[]);
    let rows = library.rows(&["import", &path, "--yes", "--reachable"]);
    let states: Vec<&str> = rows.iter().filter_map(|row| row["state"].as_str()).collect();
    let expected = ["known", "known", "new", "no-feed", "known", "unreachable", "no-feed"];
    assert_eq!(states, expected);
    assert_eq!(rows[2]["folders"], serde_json::json!([["News", "Far"]]));
    assert!(rows[2]["name"].is_string(), "{}", rows[2]);
}

#[test]
fn a_page_that_another_reader_watched_is_followed_as_a_page() {
    let web = Web::start();
    let headline = |n: usize| {
        format!(
            "<article><h2><a href=\"/2026/11/{n}/goat-number-{n}-on-the-roof\">Goat number {n} was \
             seen on the roof of the town hall</a></h2><time datetime=\"2026-11-{n:02}\">{n} \
             November</time><p>It would not come down before supper, the mayor said.</p></article>"
        )
    };
    let page: String = (1..13).map(headline).collect();
    let page = format!("<!doctype html><html><title>Goats</title><main>{page}</main></html>");
    web.hill.put("/goats", Page::new("text/html", page));
    let address = web.hill.address("/goats");
    let outline = |kind: &str| {
        format!(
            "<opml><body><outline text='Goats' type='{kind}' xmlUrl='{address}'/></body></opml>"
        )
    };
    let library = web.library();
    let path = written(&library, &outline("rss"));
    assert_says(&library.well(&["import", &path, "--dry-run"]), &["no feed: "]);
    for kind in ["webfeed", "HTML+XPath"] {
        let path = written(&library, &outline(kind));
        assert_says(&library.well(&["import", &path, "--dry-run"]), &["1 new"]);
    }
    library.well(&["import", &path, "--yes"]);
    library.run(&["fetch"]);
    let listing = &sources(&library)[0]["listings"][0];
    assert_eq!((&listing["entries"], &listing["failing"]), (&12.into(), &Value::Null));
}

#[test]
fn nobody_is_asked_when_that_is_not_wanted() {
    let web = Web::start();
    let library = web.library();
    let path = written(&library, &web.opml());
    let told = library.run(&["import", &path, "--yes", "--no-check"]);
    assert_says(&told, &["7 feeds: 6 new"]);
    assert_eq!((web.quay.seen().len(), web.hill.seen().len()), (0, 0));
    assert_eq!(sources(&library).len(), 6);
}

#[test]
fn the_files_of_every_reader_come_back_as_they_were() {
    for text in FILES {
        let library = Library::new(&[]);
        let path = written(&library, text);
        library.well(&["import", &path, "--yes", "--no-check"]);
        let (before, after) = (read(text), exported(&library));
        assert_eq!(after.outlines, before.outlines);
        assert_eq!(after.namespaces, before.namespaces);
        for line in &before.head {
            assert!(after.head.contains(line), "{line:?}: {:?}", after.head);
        }
        library.well(&["import", &path, "--yes", "--no-check"]);
        assert_eq!(exported(&library).outlines, before.outlines, "twice is once");
    }
}

#[test]
fn many_readers_files_become_one_filing() {
    let library = Library::new(&[]);
    for text in FILES {
        library.well(&["import", &written(&library, text), "--yes", "--no-check"]);
    }
    let outlines = exported(&library).outlines;
    let harbours = outlines.iter().filter(|outline| outline.text() == "Harbours");
    let names: Vec<Vec<String>> =
        harbours.map(|folder| folder.children.iter().map(Outline::text).collect()).collect();
    assert_eq!(names, [["The Ferry", "Pier Watch", "Small ones", "Quay"]]);
    let rows = sources(&library);
    let quays = rows.iter().filter(|row| row["site"] == "https://quay.example/");
    assert_eq!(quays.count(), 1, "one feed in three files is one source");
}

#[test]
fn damage_does_not_lose_a_feed() {
    let text = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-16\"?>\r\n<opml><body>\r\n\
                <OUTLINE TEXT=\"Zürich & Küste\"><outline text=\"A\" xmlURL=\"https://a.example/f?x=1&y=2\">\r\n\
                <outline title='B' xmlurl='https://b.example/f'>\r\n</OUTLINE></body></opml>";
    let library = Library::new(&[]);
    let path = library.scratch.path().join("feeds.xml");
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(&path, bytes).expect("written");
    library.well(&["import", &path.display().to_string(), "--yes", "--no-check"]);
    let outlines = exported(&library).outlines;
    assert_eq!(outlines[0].get("TEXT"), Some("Zürich & Küste"));
    let feeds: Vec<_> = outlines[0].children.iter().filter_map(Outline::feed).collect();
    let feeds: Vec<&str> = feeds.iter().map(|feed| feed.as_str()).collect();
    assert_eq!(feeds, ["https://a.example/f?x=1&y=2", "https://b.example/f"]);
    assert_eq!(sources(&library).len(), 2);
}

#[test]
fn an_outline_is_taken_from_its_address() {
    let web = Web::start();
    let library = web.library();
    web.hill.put("/feeds", Page::new("text/xml", web.opml()));
    library.run(&["import", &web.hill.address("/feeds"), "--yes"]);
    assert_eq!(sources(&library).len(), 5);
    let told = library.run(&["import", &web.hill.address("/feed"), "--yes"]);
    assert_eq!(told.code, 1);
    assert_says(&told, &["the document is no OPML; `pressmark add URL`"]);
}

#[test]
fn an_outline_that_is_followed_in_part_is_exit_code_three() {
    let web = Web::start();
    web.hill.put("/feeds", Page::new("text/x-opml", web.opml()));
    let library = web.library();
    let told = library.run(&["add", "--yes", &web.hill.address("/feeds")]);
    assert_eq!(told.code, 3, "{told:#?}");
}

#[test]
fn a_look_does_not_bring_a_library_up_to_date() {
    let web = Web::start();
    let library = web.library();
    library.run(&["fetch"]);
    library.set_form(1);
    let told = library.run(&["import", &written(&library, &web.opml()), "--dry-run"]);
    assert_eq!(told.code, 1, "{told:#?}");
    assert_says(&told, &["older pressmark", "`pressmark sources` brings it up to date first"]);
}

#[test]
fn what_was_followed_otherwise_is_handed_out_as_well() {
    let web = Web::start();
    let library = web.library();
    library.well(&["add", "--yes", &web.quay.address("/sport.xml")]);
    let path = library.scratch.path().join("out/mine.opml");
    library.well(&["export", "--out", &path.display().to_string()]);
    let text = std::fs::read_to_string(&path).expect("written");
    let found = read(&text);
    let [outline] = found.outlines.as_slice() else { panic!("{text}") };
    let names: Vec<&str> = outline.attributes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["text", "title", "type", "xmlUrl", "htmlUrl"]);
    assert_eq!(outline.feed().map(|feed| feed.to_string()), Some(web.quay.address("/sport.xml")));
    let head: Vec<&str> = found.head.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(head, ["title", "dateCreated", "docs"]);

    let filed = written(&library, &web.opml());
    library.run(&["import", &filed, "--yes", "--no-check"]);
    let after = exported(&library);
    assert_eq!(after.outlines, read(&web.opml()).outlines, "it is filed now, once");
    assert!(after.head.contains(&("title".to_owned(), "Ada's feeds".to_owned())));
}

#[test]
fn a_file_is_known_by_what_it_says() {
    let library = Library::new(&[]);
    let write = |name: &str, text: &str| {
        let path = library.scratch.path().join(name);
        std::fs::write(&path, text).expect("written");
        path.display().to_string()
    };
    let outline = "<opml><body><outline xmlUrl='https://a.example/f'/></body></opml>";
    library.well(&["import", &write("feeds.txt", outline), "--yes", "--no-check"]);
    assert_eq!(sources(&library)[0]["title"], "a.example");

    let told = library.run(&["import", &write("feed.xml", "<rss/>"), "--yes"]);
    assert_eq!(told.code, 1);
    assert_says(&told, &["is no outline: the document is no OPML"]);
    let told = library.run(&["import", &write("none.opml", "<opml><body/></opml>"), "--yes"]);
    assert_says(&told, &["the outline names no feed"]);

    let page = write("page.md", "# Not an outline");
    let told = library.run(&["import", &page, "--dry-run"]);
    assert_eq!(told.code, 2, "nothing is imported where one only wants to look: {told:#?}");
}

#[test]
fn two_thousand_feeds_are_taken_in_at_once() {
    let feed = |n: usize| format!("<outline text='F{n}' xmlUrl='https://many.example/{n}/feed'/>");
    let feeds: String = (0..2_000).map(feed).collect();
    let text = format!("<opml><body><outline text='All'>{feeds}</outline></body></opml>");
    let library = Library::new(&[]);
    library.well(&["import", &written(&library, &text), "--yes", "--no-check"]);
    assert_eq!(sources(&library).len(), 2_000);
    assert_eq!(exported(&library).outlines[0].children.len(), 2_000);
}

#[test]
fn a_check_that_is_stopped_changes_nothing() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let host = silent.local_addr().expect("an address").to_string();
    let library = Library::new(&[&host]);
    let text = format!("<opml><body><outline xmlUrl='http://{host}/feed'/></body></opml>");
    let path = written(&library, &text);
    let mut command = library.command(&["import", &path, "--yes"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the program starts");
    let _asked = silent.accept().expect("it is asked, and never answers");
    let pid = child.id().to_string();
    Command::new("kill").args(["-INT", &pid]).status().expect("kill is there");
    let told = told(child.wait_with_output().expect("it ends"));
    assert_eq!(told.code, 1, "{told:#?}");
    assert_says(&told, &["stopped; nothing was changed"]);
    assert_eq!(sources(&library), [] as [Value; 0]);
}
