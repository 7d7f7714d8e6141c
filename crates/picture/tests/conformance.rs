//! Makes what the cases of images.weserv.nl's own tests ask for, and compares sizes, kinds and
//! messages.

use picture::{Limits, Made, Plan, make, probe};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// Fixtures of kinds that are not read, and what is not done: these say so.
const REFUSED: [&str; 6] = [".svg", ".TIF", ".tif", ".tiff", ".ico", ".pdf"];

#[test]
fn core_cases_are_as_the_proxy_answers() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/pictures");
    let mut wrong = Vec::new();
    let mut count = 0;
    for name in ["weserv-api.jsonl", "weserv-extra.jsonl"] {
        let Ok(cases) = fs::read_to_string(folder.join("conformance").join(name)) else {
            eprintln!("SKIPPED: no {name} in {}", folder.display());
            return;
        };
        for line in cases.lines() {
            let case: Value = serde_json::from_str(line).expect("a case");
            // Which forms may be written is the server's to say.
            if case["tier"] != "core" || !case["server_config"].is_null() {
                continue;
            }
            count += 1;
            wrong.extend(answer(&folder, &case));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Says what is wrong with the answer to a case.
fn answer(folder: &std::path::Path, case: &Value) -> Option<String> {
    let fixture = case["fixture"].as_str();
    if fixture.is_some_and(|name| REFUSED.iter().any(|end| name.ends_with(end))) {
        return None;
    }
    let bytes = match fixture {
        Some(name) => fs::read(folder.join("fixtures/weserv").join(name)).expect("a fixture"),
        None => case["inline_body"].as_str().expect("a body").as_bytes().to_vec(),
    };
    let limits =
        Limits { input_pixels_max: 71_000_000, output_pixels_max: 71_000_000, ..Limits::default() };
    let made = |query: &str| make(&bytes, &Plan::read(query), &limits);
    let expect = &case["expect"];
    let wrong = if let Some(variants) = case["variants"].as_object() {
        let size = |name: &str| {
            let query = variants[name].as_str().expect("a query");
            made(query).map(|made| made.bytes.len()).unwrap_or_default()
        };
        let order = expect["size_order"].as_array().expect("an order").iter();
        order
            .filter_map(|pair| Some((pair[0].as_str()?, pair[1].as_str()?)))
            .find(|(less, more)| size(less) == size(more))
            .map(|pair| format!("{pair:?} are of one size"))
    } else {
        match made(case["query"].as_str().unwrap_or_default()) {
            Ok(made) => unlike(expect, &made),
            Err(error) => {
                let message = error.to_string();
                let told = expect["error_message_contains"].as_array();
                let fits = told.is_some_and(|told| {
                    told.iter().all(|t| message.contains(t.as_str().expect("text")))
                });
                (!fits || expect["status"] != error.status()).then_some(message)
            }
        }
    };
    wrong.map(|wrong| format!("{} ({}): {wrong}", case["id"], case["query"]))
}

fn unlike(expect: &Value, made: &Made) -> Option<String> {
    let (width, height, kind) = (made.width, made.height, made.media_type);
    let told_height = expect.get("page_height").unwrap_or(&expect["height"]);
    let side = |told: &Value, side: u32| told.as_u64().is_none_or(|told| told == u64::from(side));
    let body = String::from_utf8_lossy(&made.bytes);
    let lacks = expect["body_contains"]
        .as_array()
        .and_then(|words| words.iter().filter_map(Value::as_str).find(|word| !body.contains(word)));
    let fits = expect["status"] == 200
        && side(&expect["width"], width)
        && side(told_height, height)
        && expect["content_type"].as_str().is_none_or(|told| told == kind)
        && lacks.is_none()
        && (kind == "application/json" || probe(&made.bytes).is_ok());
    (!fits).then(|| format!("{kind} {width} x {height}, lacks {lacks:?}, expected {expect}"))
}
