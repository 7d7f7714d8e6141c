//! Looking for damage in the WARC files.

use super::{PAGE_LEN, captures_folder, finding};
use crate::captures::{self, digest};
use crate::error::Error;
use crate::nouns::Finding;
use crate::sqlite::{Connection, Row};
use crate::warc::Record;
use news::Digest;
use sqlx::Row as _;
use std::path::Path;

const MEND: &str = "restore the file from a backup";

/// Looks whether every file is there and long enough; a tail behind its last record is
/// harmless, and cut off the next time the library is opened.
pub async fn files(
    connection: &mut Connection,
    library: &Path,
    full: bool,
) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for row in captures::files(connection).await? {
        let path = captures_folder(library).join(&row.name);
        let object = format!("captures `{}`", path.display());
        match std::fs::metadata(&path) {
            Err(error) => {
                findings.push(finding(object, format!("it is not there ({error})"), MEND));
            }
            Ok(meta) if meta.len() < row.bytes_len => {
                let wrong =
                    format!("it has {} bytes and should have {}", meta.len(), row.bytes_len);
                findings.push(finding(object, wrong, MEND));
            }
            Ok(_) if full => {
                let info = captures::read_range(&path, 0, row.info_len);
                if !info.is_ok_and(|info| Digest::of(&info) == row.info_digest) {
                    findings.push(finding(object, "its first record is spoilt", MEND));
                }
            }
            Ok(_) => {}
        }
    }
    Ok(findings)
}

/// Reads every exchange again: the bytes as stored, and each record's own digests.
pub async fn captures(connection: &mut Connection, library: &Path) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    let mut after = 0i64;
    loop {
        let rows = sqlx::query(
            "SELECT capture.id, name, start, response, finish, stored, address, payload, \
             original FROM capture JOIN capture_file ON capture_file.id = capture.file \
             WHERE capture.id > $1 ORDER BY capture.id LIMIT $2",
        )
        .bind(after)
        .bind(PAGE_LEN)
        .fetch_all(&mut *connection)
        .await?;
        let Some(last) = rows.last() else {
            return Ok(findings);
        };
        after = last.try_get(0)?;
        for row in &rows {
            if let Some(wrong) = damage(library, row)? {
                let (name, start): (&str, i64) = (row.try_get(1)?, row.try_get(2)?);
                let address: &str = row.try_get(6)?;
                let object = format!("capture of `{address}` in `{name}` at byte {start}");
                findings.push(finding(object, wrong, MEND));
            }
        }
    }
}

fn damage(library: &Path, row: &Row) -> Result<Option<String>, Error> {
    let path = captures_folder(library).join(row.try_get::<&str, _>(1)?);
    let [start, response, finish]: [i64; 3] = [row.try_get(2)?, row.try_get(3)?, row.try_get(4)?];
    let stored: &[u8] = row.try_get(5)?;
    let bytes = match captures::read_range(&path, start as u64, finish as u64) {
        Ok(bytes) => bytes,
        Err(error) => return Ok(Some(error.to_string())),
    };
    if Digest::of(&bytes) != digest(stored)? {
        return Ok(Some("its bytes are not what they were".to_owned()));
    }
    let payload: Option<&[u8]> = row.try_get(7)?;
    let revisit = row.try_get::<Option<i64>, _>(8)?.is_some();
    let address: &str = row.try_get(6)?;
    let Some((request, answer)) = bytes.split_at_checked((response - start) as usize) else {
        return Ok(Some("its row does not fit its records".to_owned()));
    };
    let asked = (!request.is_empty()).then(|| record_damage(request, "request", address));
    Ok(asked
        .flatten()
        .or_else(|| record_damage(answer, if revisit { "revisit" } else { "" }, address))
        .or_else(|| payload_damage(answer, payload)))
}

/// Says what is wrong with a record; `kind` is empty where any will do.
fn record_damage(bytes: &[u8], kind: &str, address: &str) -> Option<String> {
    let record = match Record::read(bytes) {
        Ok(record) => record,
        Err(wrong) => return Some(wrong),
    };
    if record.stored_len != bytes.len() {
        return Some("its row does not fit its records".to_owned());
    }
    let other = !kind.is_empty() && record.field("WARC-Type") != Some(kind);
    if other || record.field("WARC-Target-URI") != Some(address) {
        return Some("the record is of another exchange".to_owned());
    }
    record.damage()
}

fn payload_damage(answer: &[u8], payload: Option<&[u8]>) -> Option<String> {
    let told = digest(payload?).ok()?.to_string();
    let record = Record::read(answer).ok()?;
    (record.field("WARC-Payload-Digest") != Some(&told))
        .then(|| "the record has another payload than its row says".to_owned())
}
