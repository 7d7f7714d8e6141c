use super::decode;
use encoding_rs::{BIG5, Encoding, GBK, ISO_8859_2, WINDOWS_1251};

const CHINESE: &str =
    "<p>今天的新闻说，河水上涨，桥梁关闭，居民撤离，学校停课。记者在现场看到许多人。</p>";

#[track_caller]
fn check(bytes: &[u8], content_type: &str, encoding: &str, notes: &[&str], holds: &str) {
    let found = decode(bytes, content_type);
    assert_eq!(found.encoding, encoding);
    assert!(found.text.contains(holds), "{}", found.text);
    let kinds: Vec<_> = found.notes.iter().map(|note| &*note.kind).collect();
    assert_eq!(kinds, notes);
}

fn bytes(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

#[test]
fn a_charset_that_is_true_is_believed() {
    check(&bytes(GBK, CHINESE), "text/html; charset=gb2312", "gb18030", &[], "河水");
    let meta = format!("<meta http-equiv=x content='text/html; charset=gbk'>{CHINESE}");
    check(&bytes(GBK, &meta), "text/html", "gb18030", &[], "河水");
    check("\u{feff}é".as_bytes(), "text/html; charset=gbk", "UTF-8", &[], "é");
}

#[test]
fn a_charset_that_lies_is_noted() {
    check(CHINESE.as_bytes(), "text/html; charset=gbk", "UTF-8", &["charset-lie"], "河水");
    let said = "text/html; charset=utf-8";
    check(&bytes(GBK, CHINESE), said, "gb18030", &["charset-lie"], "河水");
}

#[test]
fn the_page_is_believed_over_a_server_that_says_latin_1_of_everything() {
    let page = format!("<meta charset='windows-1251'>{}", "Новости дня сегодня. ".repeat(9));
    let said = "text/html; charset=iso-8859-1";
    check(&bytes(WINDOWS_1251, &page), said, "windows-1251", &["charset-conflict"], "Новости");
}

#[test]
fn bytes_without_a_charset_are_guessed() {
    check(CHINESE.as_bytes(), "", "UTF-8", &[], "河水");
    let old = "<p>今天的新聞說，河水上漲，橋樑關閉，居民撤離，學校停課。</p>".repeat(4);
    check(&bytes(BIG5, &old), "", "Big5", &[], "橋樑");
}

#[test]
fn utf_7_is_never_read() {
    check(b"+ADw-script+AD4-", "text/html; charset=utf-7", "UTF-8", &[], "+ADw-");
}

#[test]
fn one_slip_does_not_spoil_a_page() {
    let mut page = CHINESE.as_bytes().to_vec();
    page.extend(b"\xff!");
    check(&page, "text/html; charset=utf-8", "UTF-8", &["charset-broken"], "河水");
}

#[test]
fn a_long_text_that_names_no_encoding_is_guessed_wherever_it_is_cut() {
    let words = "冬天的港口结了冰，渔船都停在岸边，老人们坐在火炉旁等待春天。".repeat(600);
    for start in ["", "a"] {
        let text = format!("{start}{words}");
        let (bytes, ..) = encoding_rs::GB18030.encode(&text);
        assert!(decode(&bytes, "").text == text, "begun with {start:?}");
    }
}

#[test]
fn a_charset_is_found_behind_a_long_style() {
    let style = "p { margin: 0 }\n".repeat(2_000);
    let page = format!("<style>{style}</style><meta charset=iso-8859-2><p>Łódź");
    check(&bytes(ISO_8859_2, &page), "", "ISO-8859-2", &[], "Łódź");
}
