//! Looks at the hostile pictures of the shared corpus, and makes what is asked of each: none
//! panics, none that must be refused passes, none that must be served is refused.

use picture::{Limits, Made, Plan, make, probe};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// The most bytes that a picture of 320 pixels may take, whatever it is of.
const MADE_BYTES_MAX: usize = 1_000_000;

#[test]
fn hostile_pictures_are_probed() {
    each(|file, row, bytes| {
        let answer = probe(bytes);
        let fits = match verdict(row) {
            "serve" => answer.is_ok(),
            "reject" | "svg" => answer.is_err(),
            _ => true,
        };
        (!fits).then(|| format!("{file}: {answer:?}"))
    });
}

#[test]
fn hostile_pictures_are_made() {
    each(|file, row, bytes| {
        let plan = Plan::read(row["query"].as_str().expect("a query"));
        let answer = make(bytes, &plan, &Limits::default());
        assert_eq!(answer, make(bytes, &plan, &Limits::default()), "{file} is made the same twice");
        let wrong = match (verdict(row), &answer) {
            ("serve", Err(_)) | ("reject" | "svg", Ok(_)) => Some("the verdict"),
            (_, Ok(made)) => unlike(row, made),
            _ => None,
        };
        wrong.map(|wrong| {
            let answer = answer.map(|made| (made.media_type, made.width, made.height));
            format!("{file}: {wrong}: {answer:?}")
        })
    });
}

#[test]
fn pictures_are_turned_upright() {
    each(|file, row, bytes| {
        let corner = row["expect"]["blue_quadrant"].as_str()?;
        let plan = Plan::read("w=32&output=png");
        let made = make(bytes, &plan, &Limits::default()).expect("a picture");
        let mut reader =
            png::Decoder::new(std::io::Cursor::new(&made.bytes)).read_info().expect("a PNG");
        let mut samples = vec![0; reader.output_buffer_size().expect("a size")];
        reader.next_frame(&mut samples).expect("pixels");
        let (width, height) = (made.width as usize, made.height as usize);
        let found = [("tl", 1, 1), ("tr", 3, 1), ("bl", 1, 3), ("br", 3, 3)].into_iter().find(
            |(_, x, y)| {
                let at = (height * y / 4 * width + width * x / 4) * 3;
                samples[at + 2] > 150 && samples[at] < 100
            },
        );
        (found.map(|(name, ..)| name) != Some(corner)).then(|| format!("{file}: {found:?}"))
    });
}

/// Says in what a made picture is unlike the one that is expected.
fn unlike(row: &Value, made: &Made) -> Option<&'static str> {
    let expect = &row["expect"];
    let side =
        |name: &str, side: u32| expect[name].as_u64().is_none_or(|told| told == u64::from(side));
    let holds = |words: &Value| {
        words.as_array().is_some_and(|words| {
            words
                .iter()
                .filter_map(Value::as_str)
                .any(|word| memchr::memmem::find(&made.bytes, word.as_bytes()).is_some())
        })
    };
    if !side("width", made.width) || !side("height", made.height) {
        return Some("the size");
    }
    if holds(&expect["never_body_contains"]) || holds(&expect["no_metadata"]) {
        return Some("what is in it");
    }
    let frames = memchr::memmem::find_iter(&made.bytes, b"ANMF").count() as u64;
    if expect["frames"].as_u64().is_some_and(|told| told != frames) {
        return Some("the frames");
    }
    if made.bytes.len() > MADE_BYTES_MAX {
        return Some("the bytes");
    }
    let told = probe(&made.bytes).ok();
    let probed = told.is_some_and(|told| {
        (told.media_type, told.width, told.height) == (made.media_type, made.width, made.height)
    });
    (!probed).then_some("the media type")
}

fn verdict(row: &Value) -> &str {
    row["verdict"].as_str().expect("a verdict")
}

/// Asks of every file what is wrong with it; skips loudly where there are none.
fn each(ask: impl Fn(&str, &Value, &[u8]) -> Option<String>) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/pictures/hostile");
    let Ok(manifest) = fs::read_to_string(folder.join("manifest.jsonl")) else {
        eprintln!("SKIPPED: no manifest in {}", folder.display());
        return;
    };
    let wrong: Vec<String> = manifest
        .lines()
        .filter_map(|line| {
            let row: Value = serde_json::from_str(line).expect("a row of the manifest");
            let file = row["file"].as_str().expect("a file's name");
            let bytes = fs::read(folder.join(file)).expect("the file");
            ask(file, &row, &bytes)
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
