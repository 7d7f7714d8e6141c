use super::article;
use crate::Facts;
use crate::markdown::tests::example;
use serde_json::{Value, json};

#[test]
fn a_row_has_the_names_of_extract() {
    let row = article(&example(), &Facts::default());
    for name in [
        "title",
        "deck",
        "authors",
        "published",
        "updated",
        "language",
        "image",
        "text",
        "markdown",
        "html",
    ] {
        assert!(row.get(name).is_some(), "{name}");
    }
    assert_eq!(row["published"], json!("2024-07-03T14:39:04+08:00"));
    assert_eq!(row["updated"], Value::Null);
    assert_eq!(row["pressmark"], Value::Null);
    assert_eq!(row["image"], json!("https://a.example/b.jpg"));
    assert_eq!(row["text"], json!("It opened.\nIt closed."));
    assert_eq!(row["markdown"], json!("It opened.\n\n***\n\nIt closed."));
    assert_eq!(row["html"], json!("<p>It opened.</p>\n<hr/>\n<p>It closed.</p>"));
    assert_eq!(row["pictures"][0]["caption"], json!("The bridge."));
}
