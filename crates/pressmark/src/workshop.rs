//! The picture workshop: strangers' pictures are decoded in processes that can do nothing else.
//!
//! A worker is this same program (`picture-worker`) with its hands tied: see [`bench`]. It is
//! handed a picture and an [`Order`], answers with what it made, and is handed the next. One that
//! takes longer than [`DEADLINE`] is killed; one that dies costs its own picture alone.

mod bench;
mod frame;

pub use bench::work;

use picture::{Limits, Made, Order};
use serve::{Bytes, Making, Refusal};
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How long one picture may take.
const DEADLINE: Duration = Duration::from_secs(10);

/// How long one waits for a free worker before he is told to come again.
const WAIT_MAX: Duration = Duration::from_secs(30);

/// How many workers there are at most, whatever the cores.
const WORKERS_MAX: usize = 4;

/// After so many pictures a worker is replaced: what leaks must not grow.
const PICTURES_MAX: u32 = 1000;

/// The workers; clones share them.
#[derive(Clone)]
pub struct Workshop {
    shared: Arc<Shared>,
}

struct Shared {
    places: Semaphore,
    idle: Mutex<Vec<Worker>>,
}

/// A process that is handed one picture after the other; killed when it is dropped.
struct Worker {
    child: Child,
    to: ChildStdin,
    from: ChildStdout,
    pictures: u32,
}

impl Workshop {
    /// Returns a workshop with a place for each core; workers are started when they are needed.
    pub fn new() -> Workshop {
        let places = Semaphore::new(crate::shop::cores().clamp(1, WORKERS_MAX));
        Workshop { shared: Arc::new(Shared { places, idle: Mutex::default() }) }
    }
}

impl serve::Workshop for Workshop {
    fn make(&self, bytes: Bytes, order: Order) -> Making {
        let shared = self.shared.clone();
        Box::pin(async move { shared.make(bytes, &order).await })
    }
}

impl Shared {
    /// Waits for a free worker, then for the bytes, so that only as many pictures are in memory
    /// as are being made.
    async fn make(&self, bytes: Bytes, order: &Order) -> Result<Vec<Made>, Refusal> {
        let busy = || Refusal::new(503, "Too many pictures are being made. Ask again in a minute.");
        let _place = timeout(WAIT_MAX, self.places.acquire()).await.map_err(|_| busy())?;
        let bytes = bytes.await?;
        let bytes_max = Limits::default().input_bytes_max;
        if bytes.len() > bytes_max {
            return Err(picture::Error::InputBytes(bytes_max).into());
        }
        let mut worker = self.worker().map_err(|error| {
            tracing::error!("a picture worker could not be started: {error}");
            Refusal::new(500, "Something's wrong! The picture worker could not be started.")
        })?;
        match timeout(DEADLINE, worker.fill(&bytes, order)).await {
            Ok(Ok(answer)) => {
                self.put_back(worker);
                answer
            }
            Ok(Err(_)) => Err(Refusal::new(
                404,
                "Image not readable. Is it a valid image? It takes more memory than any may.",
            )),
            Err(_) => {
                // Waited for, so that none outlives its deadline.
                let _ = worker.child.kill().await;
                let seconds = DEADLINE.as_secs();
                Err(Refusal::new(
                    400,
                    format!("Maximum image processing time of {seconds} seconds exceeded"),
                ))
            }
        }
    }

    /// Takes a worker that waits, or starts one.
    fn worker(&self) -> std::io::Result<Worker> {
        let next = || self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        while let Some(mut worker) = next() {
            if worker.lives() {
                return Ok(worker);
            }
        }
        Worker::start()
    }

    fn put_back(&self, worker: Worker) {
        if worker.pictures < PICTURES_MAX {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
    }
}

impl Worker {
    fn start() -> std::io::Result<Worker> {
        // Not by its path: there may be a newer program by now, which speaks otherwise.
        let mut child = Command::new("/proc/self/exe")
            .arg0("pressmark")
            .arg("picture-worker")
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let pipe = || std::io::Error::other("no pipe to the worker");
        let to = child.stdin.take().ok_or_else(pipe)?;
        let from = child.stdout.take().ok_or_else(pipe)?;
        Ok(Worker { child, to, from, pictures: 0 })
    }

    fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Has a picture made; the outer error is that the worker died or talks nonsense.
    async fn fill(
        &mut self,
        bytes: &[u8],
        order: &Order,
    ) -> std::io::Result<Result<Vec<Made>, Refusal>> {
        self.pictures += 1;
        let head = frame::order(order, bytes.len());
        self.to.write_all(&head).await?;
        self.to.write_all(bytes).await?;
        self.to.flush().await?;
        let mut len = [0; 4];
        self.from.read_exact(&mut len).await?;
        let mut answer = vec![0; frame::len(len)?];
        self.from.read_exact(&mut answer).await?;
        frame::read_answer(&answer)
    }
}
