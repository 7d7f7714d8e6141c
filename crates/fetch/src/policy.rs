//! What is polite.
