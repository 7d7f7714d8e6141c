use crate::{Limits, Tree};

fn depth(tree: &Tree) -> usize {
    let ids = tree.descendants(tree.root());
    // Deep nodes are few here; a walk up from each is fine.
    ids.map(|id| tree.ancestors(id).count()).max().unwrap_or(0)
}

#[test]
fn nesting_is_capped_and_no_word_is_lost() {
    for tag in ["<div>", "<font size=1>", "<b>", "<span>"] {
        let text: String = (0..3_000).map(|n| format!("{tag}w{n} ")).collect();
        let tree = Tree::read(&text, &Limits::default());
        assert!(depth(&tree) <= 520, "{tag} nests {}", depth(&tree));
        assert_eq!(tree.text(tree.root()).split_whitespace().count(), 3_000);
        assert_eq!(tree.notes()[0].kind, "page-deep");
    }
}

#[test]
fn unclosed_formats_are_not_opened_anew_without_end() {
    let text: String = (0..2_000).map(|n| format!("<p><font size={n}>a</p>")).collect();
    let tree = Tree::read(&text, &Limits::default());
    assert!(tree.nodes_len() < 2_000 * 40, "{} nodes", tree.nodes_len());
}

#[test]
fn elements_that_close_themselves_do_not_count_as_depth() {
    let text: String = (0..2_000).map(|n| format!("<li>{n}<p>x<b>y</b>")).collect();
    let tree = Tree::read(format!("<ul>{text}</ul><em>z</em>"), &Limits::default());
    assert!(tree.notes().is_empty(), "{:?}", tree.notes());
    assert_eq!(tree.find_all(tree.root(), "li").count(), 2_000);
}

#[test]
fn nodes_and_attributes_are_capped() {
    let limits = Limits { nodes_max: 100, attributes_max: 3, ..Limits::default() };
    let tree = Tree::read(&("<i>a</i>".repeat(500) + "<p a b c d e>end"), &limits);
    assert!(tree.nodes_len() < 110);
    assert!(tree.text(tree.root()).ends_with("end"));
    let tree = Tree::read("<p a b c d e f>end", &limits);
    let p = tree.find(tree.root(), "p").expect("it is there");
    assert_eq!(tree.attrs(p).count(), 3);
    assert_eq!(tree.notes()[0].kind, "attributes-cut");
}

#[test]
fn tags_in_comments_and_scripts_are_left_alone() {
    let text = "<!-- <a b=\" --><p>one<script>if (a</</script><p>two";
    let tree = Tree::read(text, &Limits::default());
    assert_eq!(tree.text(tree.root()), "one\ntwo");
    assert_eq!(tree.find_all(tree.root(), "a").count(), 0);
}

#[test]
fn a_doctype_that_says_nothing_known_asks_for_old_manners() {
    let table_ends_paragraph = |doctype: &str| {
        let tree = Tree::read(format!("{doctype}<p>a<table><tr><td>b</table>"), &Limits::default());
        let table = tree.find(tree.root(), "table").expect("it is there");
        tree.parent(table).and_then(|id| tree.name(id)) == Some("body")
    };
    assert!(table_ends_paragraph("<!doctype html>"));
    assert!(table_ends_paragraph("<!DOCTYPE html SYSTEM 'about:legacy-compat'>"));
    assert!(table_ends_paragraph("<!doctype html public '-//W3C//DTD XHTML 1.0 Strict//EN' ''>"));
    assert!(!table_ends_paragraph("<!doctype html published 'today'>"));
    assert!(!table_ends_paragraph("<!doctype html lang=de>"));
    assert!(!table_ends_paragraph("<!doctype html public>"));
    assert!(!table_ends_paragraph("<!doctype news>"));
}
