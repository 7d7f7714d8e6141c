//! What is polite and what is believed: decisions without a socket or a clock.

pub mod link;
pub mod redirect;
pub mod robots;

mod retry_after;

pub use retry_after::retry_after;

use std::time::Duration;

/// Returns how long a host is still left alone, `since_last` after it was last asked.
pub fn pause(gap: Duration, since_last: Option<Duration>) -> Duration {
    since_last.map_or(Duration::ZERO, |since| gap.saturating_sub(since))
}

#[cfg(test)]
mod tests;
