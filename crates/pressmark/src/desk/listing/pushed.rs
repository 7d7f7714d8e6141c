//! What hubs brought for a listing.

use super::{announced, undated, understood};
use crate::desk::Desk;
use archive::{Errand, ListingState, NewEntry, PushVisit, WaitingPush};

/// Reads what waits, before the listing itself is asked: it is here already, and the publisher's
/// own copy may be minutes older. Returns how many new entries were in it.
pub async fn read(desk: &Desk, errand: &Errand, state: &ListingState) -> anyhow::Result<usize> {
    let mut new = 0;
    while let Some(push) = desk.archive.waiting_push(state.id).await? {
        let (id, at) = (push.id, push.capture.at);
        let entries = entries(desk, push, state).await?;
        let visit = PushVisit { push: id, errand: errand.clone(), at, entries };
        new += desk.archive.keep_pushed(visit).await?.entries_new;
    }
    Ok(new)
}

/// Returns the entries of a push; none where it is no listing, as the pings of some hubs are.
async fn entries(
    desk: &Desk,
    push: WaitingPush,
    state: &ListingState,
) -> anyhow::Result<Vec<NewEntry>> {
    let Some((reading, capture)) = understood(desk, push.capture, state.form).await else {
        tracing::warn!("{}: reading what its hub brought broke down", state.address);
        return Ok(Vec::new());
    };
    let mut found = reading.found.unwrap_or_default();
    undated::pass_over(desk, state, &mut found).await?;
    Ok(announced::all(&found, state, &capture.address, desk.now()))
}
