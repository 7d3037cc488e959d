//! The program without its window: state, commands, undo history, background jobs, settings.
//!
//! `App::run` is the only place that changes state. Not here: egui.
