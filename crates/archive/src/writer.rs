//! The one writer: it takes what is waiting, makes the bytes safe, commits, and only then answers.

use crate::captures::{self, Exchange, Shelf};
use crate::error::Error;
use crate::lock::Lock;
use crate::pictures::{self, PictureFile};
use crate::sqlite::{self, Connection};
use sqlx::Connection as _;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};

/// The most pieces of work that share one sync and one transaction.
const BATCH_MAX: usize = 64;

/// Work that is under way on the writer's connection.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

type Reply = Box<dyn FnOnce() + Send>;
type Done<'a> = Pin<Box<dyn Future<Output = (bool, Reply)> + Send + 'a>>;
type Work = Box<dyn for<'a> FnOnce(&'a mut Connection, Option<i64>) -> Done<'a> + Send>;

/// The bytes that have to be safe before the database refers to them.
#[derive(Default)]
pub struct Bytes {
    /// First to last; the last one is the exchange that the work is about.
    pub exchanges: Vec<Exchange>,
    pub picture: Option<PictureFile>,
}

struct Job {
    bytes: Bytes,
    work: Work,
}

enum Message {
    Do(Job),
    Close(oneshot::Sender<()>),
}

/// The end of the queue at which work is handed in.
pub struct Writer {
    queue: mpsc::Sender<Message>,
    trouble: Trouble,
}

/// Why nothing could be written last.
type Trouble = Arc<Mutex<String>>;

impl Writer {
    /// Starts the writer; `lock` is held for as long as it lives.
    pub fn start(folder: PathBuf, connection: Connection, shelf: Shelf, lock: Lock) -> Writer {
        let (queue, waiting) = mpsc::channel(BATCH_MAX);
        let trouble = Trouble::default();
        let scribe = Scribe {
            folder,
            connection,
            shelf: Some(shelf),
            trouble: trouble.clone(),
            stopped: false,
        };
        tokio::spawn(scribe.run(waiting, lock));
        Writer { queue, trouble }
    }

    /// Does the work inside the writer's next transaction, once the bytes are safe; answers when
    /// it is committed. The work is given the row of the last exchange.
    pub async fn write<T: Send + 'static>(
        &self,
        bytes: Bytes,
        work: impl for<'a> FnOnce(&'a mut Connection, Option<i64>) -> Doing<'a, T> + Send + 'static,
    ) -> Result<T, Error> {
        let (to, answer) = oneshot::channel::<Result<T, Error>>();
        let work: Work = Box::new(move |connection, capture| {
            Box::pin(async move {
                let result = work(connection, capture).await;
                let well = result.is_ok();
                let reply: Reply = Box::new(move || drop(to.send(result)));
                (well, reply)
            })
        });
        let sent = self.queue.send(Message::Do(Job { bytes, work })).await;
        sent.map_err(|_| Error::Unwritten("it is closed".to_owned()))?;
        answer.await.unwrap_or_else(|_| Err(Error::Unwritten(read(&self.trouble))))
    }

    pub async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.queue.send(Message::Close(done)).await.is_ok() {
            let _ = closed.await;
        }
    }
}

fn read(trouble: &Trouble) -> String {
    trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// The other end, where the one who writes sits.
struct Scribe {
    folder: PathBuf,
    connection: Connection,
    /// Away only while a batch's bytes are being written.
    shelf: Option<Shelf>,
    trouble: Trouble,
    /// After a failed sync nothing is written any more: the kernel may have dropped the pages
    /// and would report success the next time.
    stopped: bool,
}

impl Scribe {
    async fn run(mut self, mut waiting: mpsc::Receiver<Message>, lock: Lock) {
        let mut closing = None;
        while closing.is_none() {
            let Some(first) = waiting.recv().await else {
                break;
            };
            let mut batch = Vec::new();
            let mut next = Some(first);
            while let Some(message) = next.take() {
                match message {
                    Message::Do(job) => batch.push(job),
                    Message::Close(done) => closing = Some(done),
                }
                if closing.is_none() && batch.len() < BATCH_MAX {
                    next = waiting.try_recv().ok();
                }
            }
            self.keep(batch).await;
        }
        if let Err(error) = self.connection.close().await {
            tracing::warn!(%error, "the database did not close well");
        }
        drop(lock);
        if let Some(done) = closing {
            let _ = done.send(());
        }
    }

    /// Keeps a batch, or records why not; who waits for a dropped job is told.
    async fn keep(&mut self, batch: Vec<Job>) {
        if self.stopped || batch.is_empty() {
            return;
        }
        match self.try_keep(batch).await {
            Ok(replies) => replies.into_iter().for_each(|reply| reply()),
            Err((error, stop)) => {
                // Whoever asked is told; this is for those who look closely.
                tracing::debug!(%error, stop, "nothing of a batch could be kept");
                self.stopped = stop;
            }
        }
    }

    async fn try_keep(&mut self, batch: Vec<Job>) -> Result<Vec<Reply>, (String, bool)> {
        let (bytes, works): (Vec<Bytes>, Vec<Work>) =
            batch.into_iter().map(|job| (job.bytes, job.work)).unzip();
        // Work and replies live here until the trouble is noted: who waits for them is told of it
        // as soon as they are dropped.
        let (mut works, mut replies) = (works.into_iter(), Vec::new());
        let result = match self.write_bytes(bytes).await {
            Ok(exchanges) => match self.transact(&mut works, exchanges, &mut replies).await {
                Ok(()) => Ok(()),
                Err(error) => {
                    let _ = sqlite::run(&mut self.connection, "ROLLBACK").await;
                    let stop = matches!(&error, Error::Database(e) if sqlite::is_disk_failure(e));
                    Err((chain(&error), stop))
                }
            },
            Err((error, stop)) => Err((chain(&error), stop)),
        };
        result.map_err(|(why, stop)| self.fail(why, stop))?;
        Ok(replies)
    }

    /// Remembers why, before those who wait hear that their job was dropped.
    fn fail(&self, why: String, stop: bool) -> (String, bool) {
        let told = match stop {
            true => format!("{why}; nothing more is written until it is opened again"),
            false => why.clone(),
        };
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = told;
        (why, stop)
    }

    /// Writes and syncs the bytes of a batch; returns its exchanges with their places.
    async fn write_bytes(
        &mut self,
        bytes: Vec<Bytes>,
    ) -> Result<Vec<Vec<Exchange>>, (Error, bool)> {
        let mut shelf = self.shelf.take().expect("the shelf is back after every batch");
        let folder = self.folder.clone();
        let written = tokio::task::spawn_blocking(move || {
            let result = write_all(&folder, &mut shelf, bytes);
            (shelf, result)
        });
        match written.await {
            Ok((shelf, result)) => {
                self.shelf = Some(shelf);
                result
            }
            Err(panic) => Err((Error::Unwritten(panic.to_string()), true)),
        }
    }

    /// Does the works in one transaction; each has its exchanges.
    async fn transact(
        &mut self,
        works: &mut std::vec::IntoIter<Work>,
        exchanges: Vec<Vec<Exchange>>,
        replies: &mut Vec<Reply>,
    ) -> Result<(), Error> {
        let shelf = self.shelf.as_ref().expect("the shelf is back after every batch");
        let connection = &mut self.connection;
        sqlite::begin(connection).await?;
        captures::keep_files(connection, shelf).await?;
        for exchanges in exchanges {
            sqlite::run(connection, "SAVEPOINT work").await?;
            let capture = captures::keep(connection, &exchanges).await?;
            let work = works.next().expect("every work has its exchanges");
            let (well, reply) = work(connection, capture).await;
            replies.push(reply);
            if !well {
                sqlite::run(connection, "ROLLBACK TO work").await?;
            }
            sqlite::run(connection, "RELEASE work").await?;
        }
        Ok(sqlite::run(connection, "COMMIT").await?)
    }
}

/// Writes the bytes and syncs once; the error says whether a sync failed.
fn write_all(
    folder: &std::path::Path,
    shelf: &mut Shelf,
    bytes: Vec<Bytes>,
) -> Result<Vec<Vec<Exchange>>, (Error, bool)> {
    let mut all = Vec::with_capacity(bytes.len());
    let mut pictures = Vec::new();
    for Bytes { mut exchanges, picture } in bytes {
        for exchange in &mut exchanges {
            shelf.append(exchange).map_err(|error| (error, shelf.is_spoilt()))?;
        }
        all.push(exchanges);
        pictures.extend(picture);
    }
    pictures::write(folder, &pictures)?;
    shelf.sync().map_err(|error| (error, true))?;
    Ok(all)
}

/// Returns an error and what caused it, in one line.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}
