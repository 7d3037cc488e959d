//! From bytes to canonical text: encodings, and a reader for every kind of file.
//!
//! Lives here: telling encodings apart, reading txt, md, html, mhtml, docx and pdf into [`crate::text::Text`]
//! plus [`crate::text::Layout`]. Not here: outlines, the project folder, folders on disk (readers take bytes).
