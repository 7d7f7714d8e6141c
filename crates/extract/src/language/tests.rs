use super::*;

#[track_caller]
fn check(declared: Option<&str>, text: &str, expected: Option<&str>) {
    assert_eq!(of(declared, text).as_deref(), expected);
}

#[test]
fn a_declared_language_is_kept() {
    check(Some("en_us"), "The harbour froze.", Some("en-US"));
    check(Some("de"), "Der Hafen fror zu.", Some("de"));
}

#[test]
fn chinese_gets_its_script() {
    check(Some("zh"), "港口结冰，渔民们说这个冬天来得早。", Some("zh-Hans"));
    check(None, "港口結冰，漁民們說這個冬天來得早。", Some("zh-Hant"));
    check(Some("zh-TW"), "漁民們說這個冬天來得早。", Some("zh-TW"));
}

#[test]
fn a_text_that_gives_the_lie_to_its_label_is_believed() {
    check(Some("en"), "渔民们说这个冬天来得早。", Some("zh-Hans"));
}

#[test]
fn scripts_tell_languages() {
    check(None, "港が凍った、と漁師は言った。", Some("ja"));
    check(None, "항구가 얼었다.", Some("ko"));
    check(None, "تجمد الميناء أمس", Some("ar"));
    check(None, "بندر دیروز یخ زد و کشتی‌ها ماندند", Some("fa"));
    check(None, "Гавань замёрзла.", Some("ru"));
    check(None, "The harbour froze.", None);
}
