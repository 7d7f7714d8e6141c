use super::*;

#[test]
fn a_line_named_as_a_caption_joins_its_picture() {
    let page = "<div><img src=https://tide.example/p.jpg><div class=img-caption>The pier at dawn</div><p>The ice came.</p></div>";
    let mut body = html::clean(page, None);
    join(&mut body, &HashSet::from([start("The pier at dawn")]));
    assert_eq!(body.text(), "The ice came.");
    assert_eq!(Span::text_of(&body.pictures()[0].caption), "The pier at dawn");
}
