//! blocks PAGES OUT: the blocks of every page with their numbers, for the trainer.
//!
//! OUT gets `CORPUS.rows` (16-bit little-endian numbers, a row a block) and `CORPUS.jsonl` (a page
//! a line: its id and the texts of its blocks).

use extract::training;
use serde_json::json;
use std::io::{BufWriter, Write};
use std::path::Path;

fn main() {
    let mut args = std::env::args().skip(1);
    let mut folder = || args.next().expect("usage: blocks PAGES OUT");
    let (pages, out) = (folder(), folder());
    let pages = Path::new(&pages);
    std::fs::create_dir_all(&out).expect("the folder can be made");
    for name in extraction::corpora(pages) {
        let file = |kind: &str| Path::new(&out).join(format!("{name}.{kind}"));
        let mut rows = BufWriter::new(std::fs::File::create(file("rows")).expect("made"));
        let mut texts = BufWriter::new(std::fs::File::create(file("jsonl")).expect("made"));
        for case in extraction::cases(pages, &name) {
            let page =
                extract::Page { address: &case.address, content_type: "", body: &case.bytes };
            let blocks = training::blocks(&page, &Default::default(), &Default::default());
            let names: Vec<&str> = blocks.iter().map(|block| block.name.as_str()).collect();
            let lines: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
            writeln!(texts, "{}", json!({"id": case.id, "names": names, "texts": lines}))
                .expect("written");
            for number in blocks.iter().flat_map(|block| &block.row) {
                rows.write_all(&number.to_le_bytes()).expect("written");
            }
        }
    }
}
