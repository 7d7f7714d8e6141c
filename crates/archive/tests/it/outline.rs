//! Filing: outlines in and out again, with the sources that they name.

use crate::library::*;
use crate::years::visit_moved;
use archive::health::Trouble;
use archive::*;
use news::{Opml, Outline};

fn feed(name: &str) -> Outline {
    Outline::of(&[("text", name), ("xmlUrl", &format!("https://{name}.example/feed"))])
}

fn folder(name: &str, children: Vec<Outline>) -> Outline {
    Outline { children, ..Outline::of(&[("text", name)]) }
}

fn opml(outlines: Vec<Outline>) -> Opml {
    Opml { outlines, ..Opml::default() }
}

fn wanted(name: &str) -> FiledSource {
    FiledSource { source: source(name, &format!("{name}.example")), failing: None }
}

impl Library {
    async fn file(&self, opml: &Opml, names: &[&str]) -> OutlineKept {
        let sources = names.iter().map(|name| wanted(name)).collect();
        let import = OutlineImport { opml: opml.clone(), sources };
        self.archive.keep_outline(import, at(0)).await.expect("it is kept")
    }

    /// Writes what is filed in one line: `News(quay, hill)`.
    async fn filing(&self) -> String {
        fn written(outlines: &[Outline]) -> String {
            let one = |outline: &Outline| match outline.children.as_slice() {
                [] => outline.text(),
                children => format!("{}({})", outline.text(), written(children)),
            };
            outlines.iter().map(one).collect::<Vec<_>>().join(", ")
        }
        written(&self.archive.outline().await.expect("it is read").outlines)
    }
}

#[tokio::test]
async fn what_is_filed_comes_back_as_it_was() {
    let library = Library::new().await;
    let mut filters = Outline::of(&[("filter-type", "2")]);
    filters.words = "{\"a\": 1}".to_owned();
    let mut note = Outline::of(&[("f:kind", "x\ny")]);
    note.element = "f:note".to_owned();
    let whole = Opml {
        head: vec![("title".into(), "Mine".into()), ("ownerName".into(), "Ada".into())],
        namespaces: vec![("xmlns:f".into(), "https://f.example/".into())],
        outlines: vec![
            folder(
                "News",
                vec![feed("quay"), folder("Far", vec![feed("hill"), note]), feed("sea")],
            ),
            feed("gull"),
            folder("Tech", vec![feed("quay"), filters]),
            folder("Empty", Vec::new()),
        ],
    };
    let kept = library.file(&whole, &["quay", "hill", "sea", "gull"]).await;
    assert_eq!(kept.outlines_new, 11);
    assert_eq!(kept.sources[1].as_deref(), Some("hill"));
    let library = library.reopen().await;
    assert_eq!(library.archive.outline().await.unwrap(), whole);
    let sources = library.archive.sources().await.unwrap();
    assert_eq!(sources.len(), 4, "one source is filed twice");
    assert_eq!(library.due(at(0)).await.len(), 4);

    let again = library.file(&whole, &["quay", "hill", "sea", "gull"]).await;
    assert_eq!(again, OutlineKept { sources: vec![None; 4], outlines_new: 0 });
    assert_eq!(library.archive.outline().await.unwrap(), whole);
    assert_eq!(library.archive.sources().await.unwrap(), sources);
    library.verified().await;
}

#[tokio::test]
async fn nothing_is_filed_when_something_can_not_be_kept() {
    let library = Library::new().await;
    let import = OutlineImport {
        opml: opml(vec![feed("quay")]),
        sources: vec![wanted("quay"), {
            let mut twice = wanted("hill");
            twice.source.listings.push(twice.source.listings[0].clone());
            twice
        }],
    };
    let failed = library.archive.keep_outline(import, at(0)).await;
    assert!(matches!(failed, Err(Error::Double(_))), "{failed:?}");
    assert_eq!(library.archive.sources().await.unwrap(), []);
    assert_eq!(library.filing().await, "");
}

#[tokio::test]
async fn another_outline_is_merged() {
    let library = Library::new().await;
    let first = opml(vec![folder("News", vec![feed("quay"), folder("Far", vec![feed("hill")])])]);
    library.file(&first, &["quay", "hill"]).await;
    let second = opml(vec![
        feed("quay"),
        folder("News", vec![folder("Far", vec![feed("sea"), feed("hill")]), feed("gull")]),
        folder("Tech", vec![feed("hill")]),
    ]);
    let kept = library.file(&second, &["quay", "sea", "hill", "gull"]).await;
    assert_eq!(kept.outlines_new, 4);
    assert_eq!(library.filing().await, "News(quay, Far(hill, sea), gull), Tech(hill)");
    library.file(&first, &[]).await;
    library.file(&second, &[]).await;
    assert_eq!(library.filing().await, "News(quay, Far(hill, sea), gull), Tech(hill)");
}

#[tokio::test]
async fn folders_and_feeds_that_a_file_has_twice_stay_two() {
    let library = Library::new().await;
    let twice = || folder("News", vec![feed("quay"), feed("quay")]);
    let first = opml(vec![twice(), twice(), feed("quay")]);
    library.file(&first, &["quay"]).await;
    library.file(&first, &["quay"]).await;
    assert_eq!(library.filing().await, "News(quay, quay), News(quay, quay), quay");

    let library = Library::new().await;
    library.file(&opml(vec![folder("News", vec![feed("quay")])]), &["quay"]).await;
    library.file(&first, &[]).await;
    assert_eq!(library.filing().await, "News(quay)", "one folder was there, and stays one");
}

#[tokio::test]
async fn an_outline_keeps_what_it_says_and_learns_what_it_lacks() {
    let library = Library::new().await;
    let mut old = feed("quay");
    old.attributes.push(("title".into(), "The Quay".into()));
    library.file(&opml(vec![folder("News", vec![old.clone()])]), &["quay"]).await;
    let mut new = feed("quay");
    new.attributes.extend([("TITLE".into(), "Quay!".into()), ("f:ttl".into(), "60".into())]);
    let mut second = opml(vec![new]);
    second.namespaces = vec![("xmlns:f".into(), "https://f.example/".into())];
    library.file(&second, &[]).await;
    let kept = library.archive.outline().await.unwrap();
    old.attributes.push(("f:ttl".into(), "60".into()));
    assert_eq!(kept.outlines, [folder("News", vec![old])]);
    assert_eq!(kept.namespaces, second.namespaces);
}

#[tokio::test]
async fn a_prefix_of_two_meanings_keeps_both() {
    let library = Library::new().await;
    let with = |name: &str, uri: &str| {
        let mut outline = feed(name);
        outline.attributes.push(("f:ttl".into(), "60".into()));
        let inner = outline.clone();
        outline.children.push(inner);
        let namespaces = vec![("xmlns:f".into(), uri.into())];
        Opml { namespaces, ..opml(vec![outline]) }
    };
    library.file(&with("quay", "https://one.example/"), &["quay"]).await;
    library.file(&with("hill", "https://two.example/"), &["hill"]).await;
    let kept = library.archive.outline().await.unwrap();
    assert_eq!(kept.namespaces[0].1, "https://one.example/");
    let hill = &kept.outlines[1];
    assert_eq!(hill.get("xmlns:f"), Some("https://two.example/"));
    assert_eq!(hill.children[0].get("xmlns:f"), None, "it stands in one that says so");
}

#[tokio::test]
async fn a_feed_that_was_only_noted_is_followed_later() {
    let library = Library::new().await;
    let outline = opml(vec![folder("News", vec![feed("quay")])]);
    library.file(&outline, &[]).await;
    assert_eq!(library.archive.sources().await.unwrap(), []);
    assert_eq!(library.archive.outline().await.unwrap(), outline, "it is not lost");
    let kept = library.file(&outline, &["quay"]).await;
    assert_eq!((kept.outlines_new, kept.sources[0].as_deref()), (0, Some("quay")));
    assert_eq!(library.archive.outline().await.unwrap(), outline);
}

#[tokio::test]
async fn one_feed_is_known_by_all_its_addresses() {
    let library = Library::new().await;
    let mut post = source("post", "post.example");
    post.listings = vec![NewListing::main(address("https://post.example/feed/"), None)];
    library.archive.add_source(&post, at(0)).await.unwrap();
    let told = ["http://www.post.example/feed", "https://post.example/other"].map(address);
    let known = library.archive.followed(&told).await.unwrap();
    assert_eq!(known, [Some("post".to_owned()), None]);

    library.file(&opml(vec![folder("News", vec![feed("post")])]), &["post"]).await;
    assert_eq!(library.archive.sources().await.unwrap().len(), 1);
    let filed = library.archive.outline().await.unwrap().outlines;
    assert_eq!(filed[0].children[0].get("xmlUrl"), Some("https://post.example/feed/"));
}

#[tokio::test]
async fn a_source_gets_a_name_that_is_free_and_shows_why_it_fails() {
    let library = Library::new().await;
    library.follow("quay", "other.example").await;
    let mut dead = wanted("quay");
    dead.failing = Some((Trouble::Connection, "nobody answers".to_owned()));
    let mut third = wanted("hill");
    third.source.name = "quay".to_owned();
    let import = OutlineImport { opml: opml(vec![feed("quay")]), sources: vec![dead, third] };
    let kept = library.archive.keep_outline(import, at(0)).await.unwrap();
    let names: Vec<_> = kept.sources.iter().flatten().map(String::as_str).collect();
    assert_eq!(names, ["quay-2", "quay-3"]);
    let state = library.archive.find_source("quay-2").await.unwrap().unwrap().listings.remove(0);
    assert_eq!(state.failing.as_deref(), Some("nobody answers"));
    assert_eq!((state.failures, state.failing_since, state.ended), (1, Some(at(0)), false));
    assert_eq!(state.trouble, Some(Trouble::Connection));
    library.due_at(at(0), "https://quay.example/feed").await;
}

#[tokio::test]
async fn an_outline_follows_its_feed_where_it_moves() {
    const NEW: &str = "https://quay.example/rss";
    for is_known in [false, true] {
        let library = Library::new().await;
        let outline = opml(vec![folder("News", vec![feed("quay")])]);
        library.file(&outline, &["quay"]).await;
        visit_moved(&library, at(0), 301, NEW).await;
        if is_known {
            library.archive.add_listing(1, &address(NEW), at(9 * 24 * HOUR)).await.unwrap();
        }
        visit_moved(&library, at(4 * 24 * HOUR), 301, NEW).await;
        let filed = library.archive.outline().await.unwrap().outlines;
        assert_eq!(filed[0].children[0].get("xmlUrl"), Some(NEW));

        let known = library.archive.followed(&[feed("quay").feed().unwrap()]).await.unwrap();
        assert_eq!(known, [Some("quay".to_owned())], "the old address means it still");
        library.file(&outline, &["quay"]).await;
        assert_eq!(library.filing().await, "News(quay)");
        assert_eq!(library.archive.sources().await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_is_filed_is_followed_though_it_was_a_spare() {
    let library = Library::new().await;
    let mut post = source("post", "post.example");
    let spare = address("https://sport.example/feed");
    post.listings.push(NewListing { address: spare.clone(), role: Role::Spare, form: None });
    library.archive.add_source(&post, at(0)).await.unwrap();
    let kept = library.file(&opml(vec![feed("sport")]), &["sport"]).await;
    assert_eq!(kept.sources, [None]);
    let source = library.archive.find_source("post").await.unwrap().unwrap();
    assert_eq!(source.listings[1].role, Role::Main);
    library.due_at(at(0), spare.as_str()).await;
}
