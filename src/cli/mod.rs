//! The headless commands: what `duizhao outline FILE` and its siblings print.
