//! Integration tests, one file per promise.

mod architecture; // the rooms hold
mod compare; // the numbers of a comparison
mod golds; // the reader against outlines made by hand
mod grammar_cases; // the hard cases of structure and metadata
mod import;
mod matches; // counterparts in another city, against a list made by reading
mod plans; // plans of many kinds beside their outlines
mod reading; // what holds for every text; corrections
#[cfg(feature = "gui")]
mod ui; // what a person does in the window, by accessible name
