use super::read;

#[track_caller]
fn check(bytes: &[u8], content_type: &str, expected: (&str, &str)) {
    let decoded = read(bytes, content_type, "");
    assert_eq!((decoded.text.trim(), decoded.label), expected);
}

#[test]
fn the_label_is_heard_unless_it_lies() {
    check(b"<a>\xc4\xe3</a>", "text/xml; charset=\"gb2312\"", ("<a>你</a>", "gb18030"));
    let declared = b"<?xml version='1.0' encoding='KOI8-R'?>\xd2";
    check(declared, "", ("<?xml version='1.0' encoding='KOI8-R'?>р", "KOI8-R"));
    check("<a>你</a>".as_bytes(), "text/xml; charset=big5", ("<a>你</a>", "utf-8"));
}

#[test]
fn wide_encodings_are_known_without_a_label() {
    check(b"\xff\xfe<\0a\0>\0", "", ("<a>", "utf-16le"));
    check(b"\0<\0a\0>", "", ("<a>", "utf-16be"));
    check(b"<\0\0\0a\0\0\0", "", ("<a", "utf-32le"));
}

#[test]
fn stray_bytes_do_not_spoil_the_rest() {
    check("<a>你好\u{20ac}".as_bytes(), "", ("<a>你好€", "utf-8"));
    check(b"<a>\xe4\xbd\xa0\x96x</a>", "", ("<a>你–x</a>", "utf-8"));
}
