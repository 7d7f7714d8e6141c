//! Programs of the shared corpora.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

/// Returns the folder of the shared corpora, or says what is left out without it.
pub fn shared(skipped: &str) -> Option<PathBuf> {
    let shared = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    if !shared.is_dir() {
        eprintln!("skipped: {skipped}: the shared corpora are not here");
        return None;
    }
    let python = Command::new("python3").arg("--version").stdout(Stdio::null()).status();
    if !python.is_ok_and(|status| status.success()) {
        eprintln!("skipped: {skipped}: no python3");
        return None;
    }
    Some(shared)
}

/// A program that serves; it ends when this is dropped.
pub struct Running(Child);

impl Running {
    /// Starts a python program and waits until it serves on its port.
    pub fn start(program: PathBuf, arguments: &[String], port: u16) -> Running {
        let mut command = Command::new("python3");
        command.arg(program).args(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut running = Running(command.spawn().expect("python3 starts"));
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = running.0.try_wait().expect("a child of ours");
            assert!(ended.is_none(), "the program ended without serving");
            std::thread::sleep(Duration::from_millis(20));
        }
        running
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns the first of five ports in a row that are free, no two times the same.
pub fn free_ports() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let is_free = |port: u16| TcpListener::bind(("127.0.0.1", port)).is_ok();
    let begin = 20_000 + u16::try_from(std::process::id() % 2_000 * 5).expect("under 10,000");
    loop {
        let base = begin + NEXT.fetch_add(5, Ordering::SeqCst);
        if (base..base + 5).all(is_free) {
            return base;
        }
    }
}
