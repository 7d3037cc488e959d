//! The project folder on disk: load, save, lock, back up, migrate, check.
//!
//! Not here: words for people; errors carry the path and what is wrong, `ui` and `cli` say it.
