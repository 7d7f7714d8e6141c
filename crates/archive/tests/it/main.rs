//! The conformance suite of the library: every public function, by story.
//!
//! Each test gets a library from [`library::Library::new`]; a second engine joins there.

mod capture;
mod crash;
mod edition;
mod follow;
mod hub;
mod identity;
mod library;
mod load;
mod outline;
mod picture;
mod queue;
mod revise;
mod share;
mod verify;
mod years;
