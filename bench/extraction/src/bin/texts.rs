//! texts OUT: the pages as text, as other readers want them: OUT/CORPUS.jsonl with rows
//! {id, url, lang, html}, and OUT/speed.jsonl with those that speed is measured by.
//!
//! The text is what our decoder reads, so no reader loses anything by an encoding.

use extraction::Case;
use serde_json::json;
use std::io::{BufWriter, Write};
use std::path::Path;

fn main() {
    let out = std::env::args().nth(1).expect("usage: texts OUT");
    let (out, pages) = (Path::new(&out), Path::new("../shared/extraction/pages"));
    std::fs::create_dir_all(out).expect("the folder can be made");
    for name in extraction::corpora(pages) {
        write(&out.join(format!("{name}.jsonl")), &extraction::cases(pages, &name));
    }
    write(&out.join("speed.jsonl"), &extraction::timed_cases(pages));
}

fn write(path: &Path, cases: &[Case]) {
    let mut file = BufWriter::new(std::fs::File::create(path).expect("made"));
    for case in cases {
        let html = html::decode(&case.bytes, "").text;
        let url = case.address.as_str();
        let row = json!({"id": case.id, "url": url, "lang": case.language, "html": html});
        writeln!(file, "{row}").expect("written");
    }
}
