//! Integration tests, one file per promise.

mod golds; // the reader against outlines made by hand
mod grammar_cases; // the hard cases of structure and metadata
mod plans; // plans of many kinds beside their outlines
mod reading; // what holds for every text; corrections
