use super::*;
use html::Tree;

#[test]
fn a_line_named_as_a_caption_joins_its_picture() {
    let page = "<div><img src=https://tide.example/p.jpg><div class=img-caption>The pier at dawn</div><p>The ice came.</p></div>";
    let tree = Tree::read(page, &html::Limits::default());
    let outline = Outline::of(&tree);
    let mut body = html::clean(page, None);
    join(&mut body, &lines(&outline, &[0]));
    assert_eq!(body.text(), "The ice came.");
    assert_eq!(Span::text_of(&body.pictures()[0].caption), "The pier at dawn");
}
