//! The demo, as a newcomer runs it.

use super::program::{Reader, Scratch, program};

#[test]
fn the_demo_shows_articles_an_edit_and_a_broken_source() {
    let scratch = Scratch::new();
    let mut command = program(&["demo", "--listen", "127.0.0.1:0"]);
    command.env("TMPDIR", scratch.path());
    let reader = Reader::start(command);
    let (status, front) = reader.get("/");
    assert_eq!(status, 200, "{front}");
    assert!(front.contains("src=\"/picture/"), "{front}");
    let (_, sources) = reader.get("/sources");
    assert!(sources.contains("Saltmere Harbour Notices"), "{sources}");
    let edited = front.split("href=\"/a/").skip(1).any(|link| {
        let mark = link.split(['"', '/', '#', '?']).next().unwrap_or_default();
        reader.get(&format!("/a/{mark}/1")).0 == 200 && reader.get(&format!("/a/{mark}/2")).0 == 200
    });
    assert!(edited, "an article with two revisions is on the front page: {front}");
    let (_, found) = reader.get("/search?q=dredging");
    let mark = found.split("href=\"/a/").nth(1).and_then(|rest| rest.split('"').next());
    let (_, notice) = reader.get(&format!("/a/{}", mark.expect("a notice is found")));
    // Its listing tells one sentence that stands above the text as well: the text is more.
    assert!(notice.contains("slowly, and without remarks"), "{notice}");
    assert_eq!(reader.interrupt(), Some(0));
    let left = std::fs::read_dir(scratch.path()).expect("the folder").count();
    assert_eq!(left, 0, "it leaves nothing behind");
}
