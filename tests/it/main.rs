//! Integration tests, one file per promise.
