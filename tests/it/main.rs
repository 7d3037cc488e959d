//! Integration tests, one file per promise.

// A test that cannot go on says so by panicking, in its helpers too; style rules yield to reading as a table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::pedantic)]

mod architecture; // the rooms hold
mod batch; // many files: refused, gone, too slow
mod compare; // the numbers of a comparison
mod export; // what goes out, in every form
mod golds; // the reader against outlines made by hand
mod grammar_cases; // the hard cases of structure and metadata
mod grammar_facts; // the hard cases of tables, targets and departments
mod import;
mod intake; // folders, archives, bad files, versions, by the program itself
mod layout; // heading styles and pages of the source as votes
mod matches; // counterparts in another city, against a list made by reading
mod mutations; // bytes of strangers, changed at random
mod plans; // plans of many kinds beside their outlines
mod project; // the folder on disk: nothing is lost
mod reading; // what holds for every text; corrections
mod suggest; // suggested themes against those a person gave
mod targets; // targets, tables and departments of whole plans
#[cfg(feature = "gui")]
mod ui; // what a person does in the window, by accessible name
mod versions; // what a plan takes over from another
