use super::*;

fn told(script: &str) -> Ld {
    read(&[script.to_owned()], "https://tide.example/a/7")
}

#[test]
fn a_graph_is_followed_by_ids() {
    let ld = told(
        r##"{"@graph":[{"@type":"WebPage","name":"x"},{"@type":"NewsArticle","headline":"Frost","author":{"@id":"#ada"},
        "image":{"@id":"#pic"},"datePublished":"2025-02-05"},{"@type":"Person","@id":"#ada","name":"Ada Strand"},
        {"@type":"ImageObject","@id":"#pic","url":"https://tide.example/p.jpg"}]}"##,
    );
    assert_eq!(ld.headline.as_deref(), Some("Frost"));
    assert_eq!(ld.authors, ["Ada Strand"]);
    assert_eq!(ld.images, ["https://tide.example/p.jpg"]);
    assert!(ld.article);
}

#[test]
fn carelessly_written_json_is_mended() {
    let ld = told(
        "<!-- {\"@type\":\"Article\",\"headline\":\"Frost &amp;\nthaw \\x\",\"keywords\":[\"ice\",],} -->",
    );
    assert_eq!(ld.headline.as_deref(), Some("Frost & thaw \\x"));
    assert_eq!(ld.tags, ["ice"]);
}

#[test]
fn the_article_of_this_address_is_meant() {
    let ld = told(
        r#"[{"@type":"NewsArticle","url":"https://tide.example/a/6","headline":"Other","author":"X Y","datePublished":"2025"},
        {"@type":"NewsArticle","url":"https://tide.example/a/7/","headline":"Own","isAccessibleForFree":"False"}]"#,
    );
    assert_eq!(ld.headline.as_deref(), Some("Own"));
    assert!(ld.paid);
}

#[test]
fn nonsense_is_nothing() {
    assert_eq!(told("{{{{"), Ld::default());
    assert_eq!(told(&"[".repeat(100_000)), Ld::default());
}
