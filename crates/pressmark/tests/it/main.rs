//! The real program against real servers on loopback, one module a story.

mod config;
mod crash;
mod demo;
mod discover;
mod follow;
mod genre;
mod heal;
mod hostile;
mod hub;
mod listings;
mod opml;
mod pictures;
mod pipes;
mod print;
mod rules;
mod stop;
mod world;

mod program;
mod site;
