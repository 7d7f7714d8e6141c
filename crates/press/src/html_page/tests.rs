use super::article;
use crate::Facts;
use crate::markdown::tests::example;
use news::{Block, Figure, PictureUse};

#[test]
fn a_page_asks_for_nothing() {
    let mut a = example();
    a.headline = "<script>alert(1)</script>".to_owned();
    a.language = Some("en\" onload=\"x".to_owned());
    let picture: PictureUse = a.lead.clone().expect("a lead");
    a.body.blocks.push(Block::Figure(Figure { pictures: vec![picture], caption: Vec::new() }));
    let page = article(&a, &Facts::default());
    for way in ["<script", " src=", "srcset", "<link", "url(", "@import", " onload=\"x\""] {
        assert!(!page.contains(way), "{way} in {page}");
    }
    assert!(page.contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>"), "{page}");
    assert!(page.contains("<dt>Updated</dt><dd>not told</dd>"), "{page}");
    assert!(page.contains("href=\"https://a.example/b.jpg\""), "{page}");
}
