//! The program as a person calls it, with a scratch library.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that goes away with the test.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new() -> Scratch {
        static SERIAL: AtomicU32 = AtomicU32::new(0);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let name = format!("pressmark-it-{}-{serial}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a scratch folder");
        Scratch(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A library in a scratch folder, and the program that works on it.
pub struct Library {
    pub scratch: Scratch,
    environment: Vec<(String, String)>,
}

/// What a call of the program came to.
#[derive(Debug)]
pub struct Told {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Library {
    /// Makes a library whose fetcher may ask these `host:port`s, without a pause between requests.
    pub fn new(allow: &[&str]) -> Library {
        let library = Library { scratch: Scratch::new(), environment: Vec::new() };
        let allowed: Vec<String> = allow.iter().map(|host| format!("\"{host}\"")).collect();
        let config = format!("[fetch]\ngap_ms = 0\nallow = [{}]\n", allowed.join(", "));
        std::fs::create_dir_all(library.folder()).expect("the library's folder");
        std::fs::write(library.folder().join("pressmark.toml"), config).expect("a configuration");
        library
    }

    pub fn with(mut self, name: &str, value: &str) -> Library {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn folder(&self) -> PathBuf {
        self.scratch.path().join("library")
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(arguments);
        command.env("PRESSMARK_LIBRARY", self.folder());
        command.envs(self.environment.iter().cloned());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Told {
        told(self.command(arguments).output().expect("the program runs"))
    }

    /// Runs a command that has to go well.
    #[track_caller]
    pub fn well(&self, arguments: &[&str]) -> Told {
        let told = self.run(arguments);
        assert_eq!(told.code, 0, "{arguments:?}: {told:#?}");
        told
    }

    /// Runs a command with `--json` and reads its rows.
    #[track_caller]
    pub fn rows(&self, arguments: &[&str]) -> Vec<Value> {
        let told = self.run(&[arguments, &["--json"]].concat());
        told.out.lines().map(|line| serde_json::from_str(line).expect("a row of JSON")).collect()
    }

    /// Has the library say that a program of another version wrote it.
    pub fn set_form(&self, version: u32) {
        let set = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); \
                   db.execute('UPDATE form SET version = ' + sys.argv[2]); db.commit()";
        let mut python = Command::new("python3");
        python.args(["-c", set]).arg(self.folder().join("library.sqlite")).arg(version.to_string());
        assert!(python.status().expect("python3 is here").success());
    }

    /// The pressmarks of all articles, newest first.
    pub fn marks(&self) -> Vec<String> {
        let row_mark = |row: &Value| row["pressmark"].as_str().unwrap_or_default().to_owned();
        self.rows(&["today"]).iter().map(row_mark).collect()
    }

    /// Opens the reader on a free port.
    pub fn serve(&self) -> Reader {
        Reader::start(self.command(&["serve", "--listen", "127.0.0.1:0"]))
    }
}

/// The program without a library.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pressmark"));
    for name in
        ["PRESSMARK_LIBRARY", "PRESSMARK_PROXY", "PRESSMARK_CA", "http_proxy", "https_proxy"]
    {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

pub fn told(output: Output) -> Told {
    Told {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs a command with this on its standard input.
pub fn fed(mut command: Command, input: &[u8]) -> Told {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the input is written");
    told(output)
}

/// The reader's pages while they are served.
pub struct Reader {
    child: Child,
    pub host: String,
}

impl Reader {
    /// Starts a command that serves; waits until it says where.
    pub fn start(mut command: Command) -> Reader {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let host = lines
            .by_ref()
            .map_while(Result::ok)
            .filter(|line| line.contains("reading at") || line.contains("The reader is open"))
            .find_map(|line| {
                Some(line.split_once("http://")?.1.split([' ', '/']).next()?.to_owned())
            })
            .expect("the reader says where it is");
        std::thread::spawn(move || lines.for_each(drop));
        Reader { child, host }
    }

    /// The processes that it started.
    pub fn children(&self) -> Vec<String> {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).expect("proc");
        let told = tasks
            .flatten()
            .map(|task| std::fs::read_to_string(task.path().join("children")).unwrap_or_default());
        told.collect::<String>().split_whitespace().map(str::to_owned).collect()
    }

    /// Gets a page; returns its status and all that came.
    pub fn get(&self, path: &str) -> (u16, String) {
        let (status, bytes) = get(&self.host, path);
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Asks the program to stop as Ctrl-C does; returns its exit code.
    pub fn interrupt(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-INT", &pid]).status().expect("kill is there");
        self.child.wait().expect("the program ends").code()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Gets a page over a connection of its own; returns the status, and head and body as they came.
pub fn get(host: &str, path: &str) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(host).expect("somebody listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        .expect("asked");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(64)]).into_owned();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    (status, bytes)
}

/// The corpora beside the project; says loudly when they are missing.
pub fn shared(what: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(what);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: ../shared/{what} is not here");
    None
}
