use super::*;

#[track_caller]
fn check(said: &str, expected: &[&str]) {
    assert_eq!(people([said]), expected);
}

#[test]
fn bylines_fall_into_people() {
    check("By Ada Strand and Bo Ek", &["Ada Strand", "Bo Ek"]);
    check("Von Ada Strand, Bo Ek", &["Ada Strand", "Bo Ek"]);
    check("作者：林小河、陈大海", &["林小河", "陈大海"]);
    check("Ada Strand (Tide News) | March 9", &["Ada Strand"]);
}

#[test]
fn addresses_and_placeholders_are_no_people() {
    check("https://social.example/tide", &[]);
    check("admin", &[]);
    check("tide@tide.example", &[]);
}

#[test]
fn houses_and_offices_beside_people_are_no_authors() {
    assert_eq!(people(["Ada Strand | The Tide"]), ["Ada Strand"]);
    assert_eq!(people(["Ada Strand, Senior Editor"]), ["Ada Strand"]);
    assert_eq!(people(["Ada Strand, tide.example"]), ["Ada Strand"]);
    assert_eq!(people(["The Tide Staff"]), ["The Tide Staff"]);
}

#[test]
fn what_stands_about_a_name_is_cut_off() {
    check("View all posts by Ada Strand →", &["Ada Strand"]);
    check("Eingestellt von Ada Strand", &["Ada Strand"]);
    check("Ada Strand Senior Harbour Reporter", &["Ada Strand"]);
    check("Ada Strand MS, RDN, LD", &["Ada Strand"]);
    check("Ada Ada", &["Ada"]);
    check("Di Wang", &["Di Wang"]);
    check("di Ada Strand", &["Ada Strand"]);
    check("Strand, Ada", &["Ada Strand"]);
    check("Ada Strand | strand@tide.example", &["Ada Strand"]);
    assert_eq!(people(["Ada Strand THE TIDE", "Ada Strand"]), ["Ada Strand"]);
}

#[test]
fn labels_and_the_heads_of_comments_are_no_people() {
    check("Name *", &[]);
    check("By", &[]);
    check("Publiziert am", &[]);
    check("Ada says:", &[]);
}

#[test]
fn what_stands_round_a_name_is_taken_off_in_other_scripts_too() {
    check("하늘빛 기자", &["하늘빛"]);
    check("林小河 記者", &["林小河"]);
    check("Ada Strand Oct", &["Ada Strand"]);
    check("Ada Strand, Contributing Opinion Writer", &["Ada Strand"]);
}
