use std::io::{BufRead, Read, Write};
fn main() {
    let mut spent = std::time::Duration::ZERO;
    let mut bytes = 0;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let mut page = std::fs::read(row["path"].as_str().unwrap()).unwrap();
        if row["path"].as_str().unwrap().ends_with(".gz") {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(&page[..])
                .read_to_end(&mut plain)
                .unwrap();
            page = plain;
        }
        let url = row["url"]
            .as_str()
            .filter(|u| !u.is_empty())
            .unwrap_or("https://page.invalid/a");
        let address = news::Address::read(url)
            .unwrap_or_else(|| news::Address::read("https://page.invalid/a").unwrap());
        let start = std::time::Instant::now();
        let reading = extract::read(
            &extract::Page {
                address: &address,
                content_type: "text/html",
                body: &page,
            },
            &Default::default(),
            &Default::default(),
        );
        let took = start.elapsed();
        if took.as_millis() > 200 {
            eprintln!("slow {} {took:?} {}", row["id"], page.len());
        }
        spent += took;
        bytes += page.len();
        let notes: Vec<String> = reading.notes.iter().map(|n| n.kind.to_string()).collect();
        let answer = match reading.found {
            None => serde_json::json!({"id": row["id"], "text": "", "notes": notes}),
            Some(a) => {
                serde_json::json!({"id": row["id"], "title": a.headline, "deck": a.deck, "authors": a.authors,
                "written": a.published.as_ref().map(|s| s.written.clone()), "published": a.published.as_ref().map(|s| match s.offset_s { Some(o) => s.at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::Offset::from_seconds(o).unwrap())).to_string(), None => s.at.to_string() }),
                "language": a.language, "image": a.lead.as_ref().map(|l| l.address.to_string()), "text": a.body.text(), "notes": notes, "dateline": a.dateline, "site": a.site, "address": a.address.to_string(), "lead": a.lead})
            }
        };
        writeln!(out, "{answer}").unwrap();
    }
    eprintln!("{spent:?} {} MB", bytes / 1_000_000);
}
