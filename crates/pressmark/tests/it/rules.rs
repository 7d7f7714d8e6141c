//! Rules that a reader wrote for a site.

use super::program::{Library, Scratch, fed, program};
use super::site::Site;
use serde_json::Value;

const TIDE: [&str; 2] = [
    "The tide table for next year has been printed, and the harbour office sells it from Monday.",
    "It has been set in larger type than before, because the old captains had asked for that.",
];

/// A site of one article, and the library in which it is followed by these rules.
fn followed(file: &str, rules: &str) -> (Site, Library) {
    let site = Site::start();
    site.put_feed("/feed.xml", &[("/tide", "The tide table is out", "")]);
    site.put_article("/tide", "The tide table is out", &TIDE, "/none.jpg");
    let library = Library::new(&[&site.host]);
    let folder = library.folder().join("rules");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(file), rules).expect("rules");
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    library.run(&["fetch"]);
    (site, library)
}

fn shown(site: &Site, library: &Library) -> String {
    library.well(&["show", &site.address("/tide")]).out
}

#[test]
fn the_librarys_rules_for_a_host_say_what_is_read() {
    let rules = "title: //footer\nbody: //article/p[2]\nauthor: //form\n";
    let (site, library) = followed("127.0.0.1.txt", rules);
    let text = shown(&site, &library);
    assert!(text.contains("# The Quay, since 1901"), "{text}");
    assert!(text.contains("larger type") && !text.contains("from Monday"), "{text}");
    let page = library.serve().get(&format!("/a/{}", library.marks()[0])).1;
    assert!(page.contains("rules-missed: the rules for `author`"), "{page}");
}

#[test]
fn rules_for_another_host_change_nothing() {
    let (site, library) = followed("quay.example.txt", "title: //footer\n");
    assert!(shown(&site, &library).contains("# The tide table is out"));
}

#[test]
fn malformed_rules_are_told_with_file_and_line_and_stop_nothing() {
    let (site, library) = followed("127.0.0.1.txt", "# ours\ntitle: //h1[\nbody: //article/p[2]\n");
    let text = shown(&site, &library);
    assert!(text.contains("# The tide table is out") && !text.contains("from Monday"), "{text}");
    let told = library.rows(&["doctor"]);
    let check = told.iter().find(|row| row["what"] == "rules").expect("a check");
    assert_eq!(check["found"], "127.0.0.1.txt, line 2: `//h1[`: a name is missing before the end");
}

#[test]
fn rules_lead_to_the_next_page_and_to_the_whole_article() {
    for (directive, is_first_kept) in [("next_page_link", true), ("single_page_link", false)] {
        let site = Site::start();
        site.put_feed("/feed.xml", &[("/tide", "The tide table is out", "")]);
        site.put_article("/tide", "The tide table is out", &TIDE[..1], "/none.jpg");
        site.change("/tide", |page| page.with("<a class=on href=/larger>On</a>"));
        let larger = [TIDE[1]; 3].join(" ");
        site.put_article("/larger", "The tide table is out", &[&larger], "/none.jpg");
        let library = Library::new(&[&site.host]);
        let folder = library.folder().join("rules");
        std::fs::create_dir_all(&folder).expect("a folder");
        let rules = format!("{directive}: //a[@class='on']/@href\n");
        std::fs::write(folder.join("127.0.0.1.txt"), rules).expect("rules");
        library.well(&["add", "--yes", &site.address("/feed.xml")]);
        library.run(&["fetch"]);
        let text = shown(&site, &library);
        assert_eq!(text.contains("from Monday"), is_first_kept, "{text}");
        assert!(text.contains("old captains"), "{text}");
    }
}

const PAGE: &str = "<html lang=en><title>Whose tea is it - The Quay</title><body><h1>Whose tea is it</h1>\
    <p>A crate of tea stood on the north pier for a week before anybody asked whose it was.</p>\
    <p>The harbour office has now written to the glazier on the mainland, who has not answered yet.</p>";

#[test]
fn rules_can_be_tried_on_one_page() {
    let scratch = Scratch::new();
    let path = scratch.path().join("quay.example.txt");
    let rules = "body: //p[2]\ntidy: no\ntest_url: http://quay.example/tea\n\
                 test_contains: the glazier\ntest_contains: A crate\n";
    std::fs::write(&path, rules).expect("rules");
    let path = path.to_str().expect("a path");
    let arguments = ["extract", "--rules", path, "--url", "http://quay.example/tea"];
    let told = fed(program(&arguments), PAGE.as_bytes());
    assert_eq!(told.code, 0, "{told:#?}");
    assert!(told.out.contains("glazier") && !told.out.contains("A crate"), "{told:#?}");
    assert!(told.err.contains("rules-unused quay.example.txt, line 2"), "{told:#?}");
    assert!(told.err.contains("rules-test test_contains `A crate`"), "{told:#?}");
    assert!(!told.err.contains("`the glazier`"), "{told:#?}");
    let row = format!("{{\"id\": 1, \"html\": {}}}", serde_json::json!(PAGE));
    let told = fed(program(&["extract", "--jsonl", "--rules", path]), row.as_bytes());
    let row: Value = serde_json::from_str(&told.out).expect("JSON");
    assert!(row["text"].as_str().is_some_and(|text| text.starts_with("The harbour")), "{row}");
}

#[test]
fn a_file_without_a_rule_is_refused() {
    let scratch = Scratch::new();
    let path = scratch.path().join("quay.example.txt");
    std::fs::write(&path, "body: //p[\n").expect("rules");
    let told = fed(program(&["extract", "--rules", path.to_str().expect("a path")]), b"<p>a");
    assert_eq!(told.code, 1, "{told:#?}");
    assert!(told.err.contains("quay.example.txt, line 1"), "{told:#?}");
    assert!(told.err.contains("holds no rule that can be read"), "{told:#?}");
}
