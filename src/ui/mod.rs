//! The window: views, widgets, theme, shortcuts, strings.
//!
//! Not here: state. Views read [`crate::app::App`] through [`Cx`] and send commands, which the window carries
//! out after the frame. Functions that take a `Ui` end in `_ui`. Read in this order: `window` (what is where),
//! `cx` (what views get), `actions` (everything a person can do, with its keys), `reader` (the text
//! of a plan), then the panel at hand.

mod actions;
mod codebook;
mod coders;
mod command_palette;
mod compare;
mod correct;
mod cx;
mod dialogs;
mod find_bar;
mod help;
mod icons;
mod importing;
mod inspector;
mod keys;
mod left_panel;
mod library;
mod line;
mod measured;
mod native;
mod note;
mod notices;
mod outline_tree;
mod reader;
mod right_end;
mod search;
mod search_tagging;
mod settings;
mod status_bar;
mod strings;
mod system_font;
mod tags;
mod theme;
mod top_bar;
mod typed;
mod versions;
mod welcome;
mod window;

pub use measured::{OneTree, TwoTexts};
pub use native::run;
pub use strings::{Strings, all_text_ids};
pub use theme::fonts;
pub use window::Window;
