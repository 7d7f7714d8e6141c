//! `picture-worker`: a process of the picture workshop; not for people.

use crate::End;
use crate::workshop;

pub fn run() -> anyhow::Result<End> {
    workshop::work()?;
    Ok(End::Done)
}
