//! A server of our own: each connection gets the answer that its request line asks for.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A server on loopback; it ends with the process.
pub struct Server {
    pub at: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that answers with what `respond` makes of a request's head and form.
    pub fn start(respond: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
        let at = listener.local_addr().expect("bound");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (respond, log) = (Arc::new(respond), seen.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (respond, log) = (respond.clone(), log.clone());
                thread::spawn(move || serve(stream, &log, &*respond));
            }
        });
        Server { at, seen }
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    pub fn place(&self) -> String {
        self.at.to_string()
    }

    /// Returns the heads of all requests until now, each with the form behind it.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// Returns the paths that were asked for until now.
    pub fn paths(&self) -> Vec<String> {
        self.seen().iter().map(|head| path(head).to_owned()).collect()
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<String>>, respond: &dyn Fn(&str) -> Vec<u8>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    let mut asked = String::from_utf8(head).expect("a head in ASCII");
    let mut form = vec![0; form_len(&asked)];
    if stream.read_exact(&mut form).is_err() {
        return;
    }
    asked.push_str(&String::from_utf8(form).expect("a form in ASCII"));
    seen.lock().unwrap().push(asked.clone());
    let _ = stream.write_all(&respond(&asked));
}

fn form_len(head: &str) -> usize {
    let len = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
    len.map_or(0, |len| len.parse().expect("a number"))
}

pub fn path(head: &str) -> &str {
    head.split(' ').nth(1).expect("a request line")
}

/// Returns a whole answer.
pub fn answer(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let len = body.len();
    let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {len}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}
