//! The program is asked to stop, or to do two things at once.

use super::program::{Library, Reader, told};
use super::site::Site;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// More articles than are kept before a signal arrives.
const ARTICLES: usize = 200;

fn many(site: &Site) {
    let paths: Vec<String> = (0..ARTICLES).map(|n| format!("/story/{n}")).collect();
    let items: Vec<_> = paths.iter().map(|path| (path.as_str(), "Bells", "")).collect();
    site.put_feed("/feed.xml", &items);
    for path in &paths {
        let words = format!("The bells of {path} rang at noon, and nobody knew who had rung them.");
        site.put_article(path, "Bells", &[&words], "/bells.jpg");
    }
}

#[test]
fn a_round_that_is_terminated_ends_in_order_and_another_is_told_what_to_do() {
    let site = Site::start();
    many(&site);
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    let mut round = library.command(&["fetch"]);
    round.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut round = round.spawn().expect("the program starts");
    let mut first = String::new();
    let mut out = BufReader::new(round.stdout.take().expect("a pipe"));
    out.read_line(&mut first).expect("a line");
    assert!(first.contains("Bells"), "{first}");

    let busy = library.run(&["add", "--yes", &site.address("/feed.xml")]);
    let still_at_work = round.try_wait().expect("a child").is_none();
    let pid = round.id().to_string();
    Command::new("kill").args(["-TERM", &pid]).status().expect("kill is there");
    std::thread::spawn(move || out.lines().map_while(Result::ok).for_each(drop));
    let ended = told(round.wait_with_output().expect("the program ends"));
    assert!(still_at_work, "the round was over too soon");
    assert_eq!(busy.code, 1, "{busy:#?}");
    assert!(busy.err.contains("wait until it is done, or stop it"), "{busy:#?}");
    assert_eq!(ended.code, 1, "{ended:#?}");
    assert!(ended.err.contains("`pressmark fetch` goes on from there"), "{ended:#?}");
    assert_eq!(library.well(&["verify", "--full"]).out, "");
}

#[test]
fn half_a_request_does_not_hold_a_reader_that_is_stopped() {
    let site = Site::start();
    many(&site);
    let library = Library::new(&[&site.host]);
    library.well(&["add", "--yes", &site.address("/feed.xml")]);
    let reader: Reader = library.serve();
    let mut half = TcpStream::connect(&reader.host).expect("connected");
    half.write_all(b"GET / HT").expect("sent");
    reader.get("/");
    let began = Instant::now();
    assert_eq!(reader.interrupt(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}
