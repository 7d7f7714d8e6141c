use crate::{Shown, clean, escape, write};
use news::{Address, Body, PictureUse};
use proptest::prelude::*;

fn base() -> Option<Address> {
    Address::read("https://paper.example/news/1")
}

fn as_is(picture: &PictureUse) -> Option<Shown> {
    Some(Shown {
        src: picture.address.to_string(),
        width: picture.size.map(|size| size.0),
        height: picture.size.map(|size| size.1),
        srcset: None,
        sizes: None,
        later: None,
    })
}

/// What is written names one address of a picture.
fn forget_also(body: Body) -> Body {
    clean(&write(&body, &as_is), base().as_ref())
}

/// Pieces of pages: whatever order they come in, the laws hold.
fn page() -> impl Strategy<Value = String> {
    let tags = proptest::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<br>",
        "<a href=/x>",
        "<a href=https://o.example/?q=\\\">",
        "</a>",
        "<h1>",
        "</h1>",
        "<h3>",
        "</h3>",
        "<ul>",
        "<li>",
        "</ul>",
        "<ol start=4>",
        "</ol>",
        "<blockquote>",
        "</blockquote>",
        "<figure>",
        "</figure>",
        "<figcaption>",
        "</figcaption>",
        "<span class=credit>",
        "</span>",
        "<img src=/p.jpg alt=' a  b '>",
        "<img src=/e.png class=emoji>",
        "<img src=x width=9>",
        "<img data-src=q.png src=blank.gif width=600 height=400>",
        "<noscript>",
        "</noscript>",
        "<table class=data>",
        "<table>",
        "<tr>",
        "<td>",
        "<th colspan=3>",
        "<caption>",
        "</table>",
        "<pre>",
        "<code class=language-c>",
        "</code>",
        "</pre>",
        "<details>",
        "<summary>",
        "</summary>",
        "</details>",
        "<ruby>",
        "<rt>",
        "</ruby>",
        "<sup>",
        "</sup>",
        "<sub>",
        "</sub>",
        "<hr>",
        "<iframe src=https://film.example/1 title=Film>",
        "</iframe>",
        "<p class=embed><a href=/f>f</a></p>",
        "<p class=wp-caption-text>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<details open>",
        "<ol reversed>",
        "<ol reversed start=9>",
        "</dt>",
        "</dd>",
        "<p dir=rtl lang=ar>",
        "<span lang=fr>",
        "<bdi>",
        "</bdi>",
        "<bdo dir=ltr>",
        "</bdo>",
        "<abbr title='a \"b\"'>",
        "</abbr>",
        "<time datetime=2026-03-09T10:00Z>",
        "</time>",
        "<u>",
        "</u>",
        "<kbd>",
        "</kbd>",
        "<samp>",
        "<var>",
        "</var>",
        "<h2 id=s1>",
        "<sup id=r1>",
        "<li id='fn:1'>",
        "<a href=#s1>",
        "<a href=#fn:1>",
        "<a href=#r1>",
        "<a name=s1>",
        "<a href=mailto:tide@paper.example?subject=Ebb>",
        "<a href=TEL:+47-1>",
        "<small>",
        "</small>",
        "<q>",
        "</q>",
        "<svg>",
        "<math>",
        "<mi>",
        "<script>",
        "</script>",
        "<style>",
        "<!--",
        "-->",
        "<form>",
        "<button>",
        "</button>",
        "<template>",
        "</template>",
        "<center>",
        "<picture>",
        "<source srcset='a.webp 2x'>",
    ]);
    let words = proptest::sample::select(vec![
        "word",
        " ",
        "\n",
        "汉字",
        "\n  ",
        "\u{3000}\u{3000}",
        "\u{a0}",
        "&nbsp;",
        "&amp;",
        "&lt;",
        "a b",
        "\u{ad}",
        "\u{200b}",
        "\"",
        "،",
        "<",
        ">",
        "\0",
        "é",
    ]);
    let piece = prop_oneof![3 => tags, 2 => words];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back_as_the_same_body(page in page()) {
        let body = forget_also(clean(&page, base().as_ref()));
        let html = write(&body, &as_is);
        prop_assert_eq!(&clean(&html, base().as_ref()), &body);
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(page in page()) {
        let once = write(&clean(&page, base().as_ref()), &as_is);
        let twice = write(&clean(&once, base().as_ref()), &as_is);
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,200}", page in page()) {
        clean(&text, None);
        let tree = crate::Tree::read(&page, &crate::Limits::default());
        tree.text(tree.root());
        crate::decode(text.as_bytes(), "text/html; charset=gbk");
    }
}

#[test]
fn escaped_text_stands_anywhere() {
    assert_eq!(escape("<a b=\"c\">&"), "&lt;a b=&quot;c&quot;&gt;&amp;");
}

#[test]
fn a_picture_that_is_not_kept_leaves_its_words_and_address() {
    let body = clean("<img src='/b.jpg' alt='A bridge'>", base().as_ref());
    assert_eq!(
        write(&body, &|_| None),
        "<figure><span class=\"picture-missing\"><a href=\"https://paper.example/b.jpg\">A bridge\
         </a></span></figure>"
    );
}
