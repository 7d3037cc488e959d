//! What coders put on a plan: the codebook, anchors, taggings, notes, and changes that can be taken back.
//!
//! Not here: files (see `project`), the outline (annotations hold anchors, never nodes).
