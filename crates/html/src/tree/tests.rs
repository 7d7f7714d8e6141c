use crate::{Limits, Tree};

#[test]
fn text_has_a_line_for_each_block() {
    let tree = Tree::read(
        "<title>t</title><p>a <b>b</b>\n c<div>d<ul><li>e<li>f</ul>g</div>h<style>i</style>",
        &Limits::default(),
    );
    assert_eq!(tree.text(tree.root()), "a b c\nd\ne\nf\ng\nh");
}

#[test]
fn nodes_know_their_kin() {
    let tree = Tree::fragment("<p id=x class='Lead big'>a<!--c--><b>d</b></p>", &Limits::default());
    let p = tree.by_id("x").expect("it is there");
    let children: Vec<_> = tree.children(p).collect();
    assert_eq!(tree.text_of_node(children[0]), Some("a"));
    assert!(tree.is_comment(children[1]));
    assert_eq!(tree.next_sibling(children[1]), Some(children[2]));
    assert_eq!(tree.previous_sibling(children[1]), Some(children[0]));
    assert_eq!(tree.parent(children[2]), Some(p));
    assert!(tree.has_class(p, "big") && !tree.has_class(p, "bi"));
}

#[test]
fn a_shadow_root_is_read_and_a_template_is_not() {
    let html = "<x-a><template shadowrootmode=open>seen</template></x-a><template>not</template>";
    assert_eq!(crate::clean(html, None).text(), "seen");
}
