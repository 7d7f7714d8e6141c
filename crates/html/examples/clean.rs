use std::io::{BufRead, Write};
fn main() {
    if let Some(path) = std::env::args().nth(1) {
        let bytes = std::fs::read(&path).unwrap();
        let t = std::time::Instant::now();
        let d = html::decode(&bytes, "");
        let tree = html::Tree::read(&d.text, &html::Limits::default());
        let t1 = t.elapsed();
        let n = tree.text(tree.root()).len();
        let t2 = t.elapsed();
        let body = html::body::read(
            &tree,
            &[tree.root()],
            &html::body::Options {
                base: None,
                skip: &|_, _| false,
            },
        );
        let t3 = t.elapsed();
        let o = html::write(&body, &|_| None);
        println!(
            "{path} bytes {} nodes {} text {n} blocks {} out {} parse {t1:?} text {t2:?} body {t3:?} all {:?} {:?}",
            bytes.len(),
            tree.nodes_len(),
            body.blocks.len(),
            o.len(),
            t.elapsed(),
            tree.notes().iter().map(|n| &n.kind).collect::<Vec<_>>()
        );
        return;
    }
    let base = news::Address::read("https://site.example/a/b");
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    let show = |p: &news::PictureUse| {
        let mut url = String::new();
        for b in p.address.as_str().bytes() {
            if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
                url.push(b as char)
            } else {
                url += &format!("%{b:02X}")
            }
        }
        Some(html::Shown {
            src: format!("/picture/?url={url}"),
            width: p.size.map(|s| s.0),
            height: p.size.map(|s| s.1),
            srcset: None,
        })
    };
    let mut unstable = 0;
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let Some(text) = row["html"].as_str() else {
            continue;
        };
        let own = row["base"].as_str().and_then(news::Address::read);
        let b = own.as_ref().or(base.as_ref());
        let body = html::clean(text, b);
        let o = html::write(&body, &show);
        let again = html::write(&html::clean(&o, b), &show);
        if again != o {
            unstable += 1;
            if unstable < 15 {
                eprintln!("unstable {}\n  {o}\n  {again}", row["id"]);
            }
        }
        writeln!(out, "{}", serde_json::json!({"id": row["id"], "out": o})).unwrap();
    }
    eprintln!("unstable {unstable}");
}
