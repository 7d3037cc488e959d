//! Duizhao 对照: reads Chinese city health plans, tags their items by theme, sets two cities side by side.
//!
//! The rooms, each importing only rooms above it (kept by `tests/it/architecture.rs`):
//! `text` → `import` → `plan` → `annotation` → `project` → `insight` → `export` → `app` → `ui`, `cli`.

pub mod annotation;
pub mod app;
pub mod cli;
pub mod export;
pub mod import;
pub mod insight;
pub mod plan;
pub mod project;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;
