//! The subcommands, one a file.

pub mod add;
pub mod clean;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod extract;
pub mod fetch;
pub mod guard;
pub mod heal;
pub mod import;
pub mod opml;
pub mod picture_worker;
pub mod pictures;
pub mod print;
pub mod read_listing;
pub mod run;
pub mod search;
pub mod serve;
pub mod show;
pub mod sources;
pub mod today;
pub mod verify;

mod health;
pub mod lines;
mod list;
mod rows;
mod source;
