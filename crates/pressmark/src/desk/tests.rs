//! The desk at work.

mod month;
