//! How much the process may hold while strangers send all they can.

use crate::server::Server;
use crate::{options, request};
use fetch::{Client, Kind, Outcome, Why};
use std::io::Write as _;
use tokio::task::JoinSet;

const FETCHES: usize = 16;

/// The whole process, in KiB.
const RSS_KIB_MAX: usize = 256 * 1024;

/// What the worst server sends: a body just under the bound of what was decoded, hardly smaller
/// coded, so that both copies are large.
fn heavy() -> Vec<u8> {
    let mut noise = 1_u64;
    let mut byte = || {
        noise ^= noise << 13;
        noise ^= noise >> 7;
        noise ^= noise << 17;
        noise as u8
    };
    let body: Vec<u8> = (0..15 << 20).map(|_| byte()).collect();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(&body).expect("memory");
    encoder.finish().expect("memory")
}

/// The peak is the process's own, so this reads it in a process with nothing else in it: the
/// test program itself, started for this one test.
#[test]
fn sixteen_heavy_bodies_fit() {
    const CHILD: &str = "PRESSMARK_TEST_MEMORY";
    if !std::path::Path::new("/proc/self/status").exists() {
        return eprintln!("skipped: the memory of a process can't be read here");
    }
    if let Ok(addresses) = std::env::var(CHILD) {
        return fetch_all(&addresses);
    }
    let body = std::sync::Arc::new(heavy());
    let serve = || {
        let body = body.clone();
        Server::start(move |_| {
            let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n";
            [head.as_bytes(), &body].concat()
        })
    };
    let servers: Vec<Server> = (0..FETCHES).map(|_| serve()).collect();
    let addresses: Vec<String> = servers.iter().map(Server::place).collect();
    let child = std::process::Command::new(std::env::current_exe().expect("a test program"))
        .args(["--exact", "memory::sixteen_heavy_bodies_fit", "--nocapture"])
        .env(CHILD, addresses.join(" "))
        .output()
        .expect("the test program starts again");
    let said = String::from_utf8_lossy(&child.stdout) + String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success(), "{said}");
    assert!(said.contains("peak:"), "{said}");
    println!("{said}");
}

#[tokio::main]
async fn fetch_all(addresses: &str) {
    let allow: Vec<String> = addresses.split(' ').map(str::to_owned).collect();
    let options = fetch::Options { respect_robots: false, ..options(&allow) };
    let client = Client::new(options).unwrap();
    let mut work = JoinSet::new();
    for place in allow {
        let client = client.clone();
        work.spawn(async move {
            // What came is dropped at once: the archive holds one at a time.
            match client.get(&request(Kind::Listing, &format!("http://{place}/"))).await {
                Outcome::Fresh(capture) => capture.body.len(),
                Outcome::Failed { why: Why::Timeout(_), .. } => 0,
                other => panic!("{:?}", std::mem::discriminant(&other)),
            }
        });
    }
    let lens = work.join_all().await;
    assert!(lens.contains(&(15 << 20)), "{lens:?}");
    let peak = peak_kib();
    println!("peak: {peak} KiB, {lens:?}");
    assert!(peak <= RSS_KIB_MAX, "{peak} KiB");
}

fn peak_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
