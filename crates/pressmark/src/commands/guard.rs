//! `guard`: which addresses the fetcher refuses, and what it would dial; nothing is dialled.

use super::rows;
use crate::End;

pub fn run() -> anyhow::Result<End> {
    rows::answer(|row| serde_json::from_str(&fetch::guard::answer(row)).unwrap_or_default())?;
    Ok(End::Done)
}
