//! The window: views, widgets, theme, shortcuts, strings.
//!
//! Not here: state. Views read `App` and send commands.
