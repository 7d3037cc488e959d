//! The window: views, widgets, theme, shortcuts, strings.
//!
//! Not here: state. Views read [`crate::app::App`] through [`Cx`] and send commands, which the window carries
//! out after the frame. Functions that take a `Ui` end in `_ui`. Read in this order: `window` (what is where),
//! `cx` (what views get), `reader` (the text of a plan), then the panel at hand.

mod codebook;
mod compare;
mod correct;
mod cx;
mod dialogs;
mod icons;
mod inspector;
mod library;
mod notices;
mod outline_tree;
mod reader;
mod shortcuts;
mod status_bar;
mod strings;
mod tags;
mod theme;
mod top_bar;
mod welcome;
mod window;

pub use strings::{Strings, all_text_ids};
pub use theme::fonts;
pub use window::{Window, run};
