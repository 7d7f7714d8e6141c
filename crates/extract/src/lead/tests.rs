use super::*;

fn body(html: &str) -> Body {
    let base = Address::read("https://tide.example/a/7").expect("an address");
    html::clean(html, Some(&base))
}

#[test]
fn the_first_picture_takes_the_small_line_below_it() {
    let mut body = body(
        "<img src=/p.jpg><div><small>The pier, 1931</small></div><p>The ice came at night.</p>",
    );
    let lead = lift(&mut body).expect("a picture");
    assert_eq!(Span::text_of(&lead.caption), "The pier, 1931");
    assert_eq!(body.text(), "The ice came at night.");
    assert!(body.pictures().is_empty());
}

#[test]
fn a_paragraph_is_no_caption() {
    let mut body = body("<img src=/p.jpg><p>The ice came at night.</p>");
    assert!(lift(&mut body).expect("a picture").caption.is_empty());
    assert_eq!(body.text(), "The ice came at night.");
}

#[test]
fn another_form_of_the_picture_is_kept_beside_it() {
    let mut body = body("<img src=/p/frost-800x600.jpg><p>The ice came.</p>");
    let lead = lift(&mut body);
    let named = Address::read("https://tide.example/p/frost-1200x900.jpg").expect("an address");
    let lead = choose(lead, vec![named.clone()], &mut body).expect("a picture");
    assert_eq!(lead.address.as_str(), "https://tide.example/p/frost-800x600.jpg");
    assert!(lead.also.contains(&named));
}
