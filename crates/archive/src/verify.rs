//! Looking for damage.

use crate::captures::{self, digest};
use crate::error::Error;
use crate::nouns::{Finding, Holdings, Level};
use crate::sqlite::{self, Connection};
use crate::{pictures, revisions, words};
use news::Digest;
use std::path::Path;

mod warcs;

/// How many rows are read at once.
const PAGE_LEN: i64 = 256;

/// Says everything that is wrong with a library at this level.
pub async fn verify(
    connection: &mut Connection,
    library: &Path,
    level: Level,
) -> Result<Vec<Finding>, Error> {
    let full = level == Level::Full;
    let mut findings = database(connection, full).await?;
    if !findings.is_empty() {
        // A database that is broken in itself tells nothing true of the rest.
        return Ok(findings);
    }
    let mut page = Pages::default();
    while let Some((digest, bytes_len)) = page.next_picture(connection).await? {
        findings.extend(picture(library, &digest, bytes_len, full));
    }
    findings.extend(warcs::files(connection, library, full).await?);
    findings.extend(entries(connection).await?);
    findings.extend(articles(connection).await?);
    if full {
        findings.extend(warcs::captures(connection, library).await?);
        findings.extend(texts(connection).await?);
    }
    Ok(findings)
}

pub fn finding(
    object: impl Into<String>,
    wrong: impl Into<String>,
    mend: impl Into<String>,
) -> Finding {
    Finding { object: object.into(), wrong: wrong.into(), mend: mend.into() }
}

async fn database(connection: &mut Connection, full: bool) -> Result<Vec<Finding>, Error> {
    const MEND: &str = "restore `library.sqlite` from a backup";
    let mut wrong = match sqlite::check(connection, full).await {
        Ok(wrong) => wrong,
        Err(Error::Database(error)) => vec![error.to_string()],
        Err(error) => return Err(error),
    };
    if wrong.is_empty() {
        let lost = sqlite::lost_references(connection).await?;
        wrong.extend(lost.iter().map(|lost| format!("a reference leads nowhere: {lost}")));
    }
    let found = |wrong| finding("library.sqlite", wrong, MEND);
    Ok(wrong.into_iter().map(found).collect())
}

/// The pictures' rows, a page at a time.
#[derive(Default)]
struct Pages {
    after: Vec<u8>,
    waiting: std::collections::VecDeque<(Vec<u8>, i64)>,
}

impl Pages {
    async fn next_picture(
        &mut self,
        connection: &mut Connection,
    ) -> Result<Option<(Digest, u64)>, Error> {
        if self.waiting.is_empty() {
            let rows: Vec<(Vec<u8>, i64)> = sqlx::query_as(
                "SELECT digest, bytes_len FROM picture WHERE digest > $1 \
                 ORDER BY digest LIMIT $2",
            )
            .bind(self.after.as_slice())
            .bind(PAGE_LEN)
            .fetch_all(connection)
            .await?;
            self.waiting = rows.into();
        }
        let Some((bytes, len)) = self.waiting.pop_front() else {
            return Ok(None);
        };
        let digest = digest(&bytes)?;
        self.after = bytes;
        Ok(Some((digest, len as u64)))
    }
}

fn picture(library: &Path, digest: &Digest, bytes_len: u64, full: bool) -> Option<Finding> {
    const MEND: &str = "fetch it again, or restore it from a backup";
    let path = pictures::path(library, digest);
    let object = format!("picture `{}`", path.display());
    match std::fs::metadata(&path) {
        Err(error) => return Some(finding(object, format!("it is not there ({error})"), MEND)),
        Ok(meta) if meta.len() != bytes_len => {
            let wrong = format!("it has {} bytes and should have {bytes_len}", meta.len());
            return Some(finding(object, wrong, MEND));
        }
        Ok(_) if !full => return None,
        Ok(_) => {}
    }
    match std::fs::read(&path) {
        Err(error) => Some(finding(object, format!("it does not read ({error})"), MEND)),
        Ok(bytes) if Digest::of(&bytes) != *digest => {
            Some(finding(object, "its bytes are not what its name says", MEND))
        }
        Ok(_) => None,
    }
}

/// Nothing is lost in silence: what was announced is an article, or waits, or says why not.
async fn entries(connection: &mut Connection) -> Result<Vec<Finding>, Error> {
    let lost: Vec<(i64, String)> = sqlx::query_as(
        "SELECT id, title FROM entry WHERE article IS NULL AND failing IS NULL AND NOT EXISTS \
         (SELECT 1 FROM errand WHERE errand.entry = entry.id AND due IS NOT NULL) ORDER BY id",
    )
    .fetch_all(connection)
    .await?;
    let found = |(id, title): (i64, String)| {
        let wrong = "it is no article, nothing is planned for it and no reason is told";
        finding(format!("entry {id} (`{title}`)"), wrong, "make its page due again")
    };
    Ok(lost.into_iter().map(found).collect())
}

async fn articles(connection: &mut Connection) -> Result<Vec<Finding>, Error> {
    let lost: Vec<(String,)> = sqlx::query_as(
        "SELECT pressmark FROM article WHERE newest IS NULL OR revisions_len <> \
         (SELECT COUNT(*) FROM revision WHERE revision.article = article.id) OR NOT EXISTS \
         (SELECT 1 FROM revision WHERE revision.id = newest AND revision.article = article.id)",
    )
    .fetch_all(connection)
    .await?;
    let found = |(mark,): (String,)| {
        let wrong = "its history is not what its row says";
        finding(format!("article {mark}"), wrong, "restore `library.sqlite` from a backup")
    };
    Ok(lost.into_iter().map(found).collect())
}

/// Reads every revision again, and what was taken from it.
async fn texts(connection: &mut Connection) -> Result<Vec<Finding>, Error> {
    type Columns = (i64, String, i64, Vec<u8>, Vec<u8>, i64, String, String, Option<String>);
    let mut findings = Vec::new();
    let mut after = 0;
    loop {
        let rows: Vec<Columns> = sqlx::query_as(
            "SELECT revision.id, pressmark, number, digest, revision.text, \
             CASE WHEN newest = revision.id THEN 1 ELSE 0 END, article.headline, summary, \
             words.text FROM revision \
             JOIN article ON article.id = revision.article \
             LEFT JOIN words ON words.article = article.id \
             WHERE revision.id > $1 ORDER BY revision.id LIMIT $2",
        )
        .bind(after)
        .bind(PAGE_LEN)
        .fetch_all(&mut *connection)
        .await?;
        let Some(last) = rows.last() else {
            return Ok(findings);
        };
        after = last.0;
        for (_, mark, number, digest, text, newest, headline, summary, folded) in &rows {
            let wrong = match newest {
                0 => text_damage(digest, text),
                _ => text_damage(digest, text)
                    .or_else(|| copy_damage(text, headline, summary, folded.as_deref())),
            };
            let mend = "read it again from its capture, or restore `library.sqlite` from a backup";
            let object = format!("revision {number} of article {mark}");
            findings.extend(wrong.map(|wrong| finding(object, wrong, mend)));
        }
    }
}

fn text_damage(digest: &[u8], text: &[u8]) -> Option<String> {
    match revisions::json(text) {
        Err(error) => Some(error.to_string()),
        Ok(json) if Digest::of(&json).as_bytes() != digest => {
            Some("its text is not what its digest says".to_owned())
        }
        Ok(_) => None,
    }
}

fn copy_damage(text: &[u8], headline: &str, summary: &str, folded: Option<&str>) -> Option<String> {
    let article = match revisions::unpack(text) {
        Ok(article) => article,
        Err(error) => return Some(error.to_string()),
    };
    let same = article.headline == headline
        && words::summary(&article) == summary
        && folded == Some(&words::of(&article));
    (!same).then(|| "what lists and search show of it is not what it says".to_owned())
}

pub async fn holdings(connection: &mut Connection) -> Result<Holdings, Error> {
    let row: (i64, i64, i64, i64, i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM source), \
         (SELECT COUNT(*) FROM article), \
         (SELECT COUNT(*) FROM revision), (SELECT COUNT(*) FROM picture), \
         (SELECT COUNT(*) FROM capture), \
         (SELECT COALESCE(SUM(bytes_len), 0) FROM capture_file), \
         (SELECT COALESCE(SUM(bytes_len), 0) FROM picture)",
    )
    .fetch_one(&mut *connection)
    .await?;
    let (sources, articles, revisions, pictures, captures, warc_bytes, picture_bytes) = row;
    let bytes = warc_bytes + picture_bytes + sqlite::bytes_len(connection).await?;
    Ok(Holdings {
        sources: sources as u64,
        articles: articles as u64,
        revisions: revisions as u64,
        pictures: pictures as u64,
        captures: captures as u64,
        bytes: bytes as u64,
    })
}

/// Returns the folder of the WARC files inside a library.
fn captures_folder(library: &Path) -> std::path::PathBuf {
    library.join(captures::FOLDER)
}
