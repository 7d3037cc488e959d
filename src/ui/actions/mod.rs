//! Everything a person can do without choosing an object first, in one table. Menus, keys, tooltips, the command
//! palette and the help are all made from it, so that none of them can forget or misname a thing.
//!
//! To add one: a line in the table of its area (`send!` for a [`Command`], `ask!` for a [`Request`] to the
//! window), and its words under the same id in both files of `assets/i18n`. A test keeps keys from colliding.

mod annotating;
mod coding;
mod comparing;
mod files;
mod finding;
mod moving;
mod program;

pub use comparing::VIEWS;
pub use files::{NEW_PROJECT, OPEN_FILES, OPEN_FOLDER};
pub use finding::{SEARCH_EXPORT, SEARCH_EXPORT_TYPED, TAG_HITS};
pub use moving::{BACK, FORWARD, NEXT_UNTAGGED_PLAN};
pub use program::{CHANGE_THEME, HELP, INSPECTOR, LEFT_PANEL, PALETTE, REDO, UNDO};

use super::cx::Cx;
use super::dialogs::Ask;
use super::icons::{Icon, icon_button};
use super::keys::{self, Keys};
use crate::app::{Command, Screen};
use egui::{Response, Ui};

/// Something a person can do.
#[derive(Clone, Copy)]
pub struct Action {
    /// Its name in the program, which is also the id of its words. Never changes: it is remembered as recent.
    pub id: &'static str,
    /// What it is called.
    pub name: fn(&Cx<'_>) -> String,
    /// What it would do just now, where that tells more: `撤销：标签“控烟”→ (二)-1`.
    pub now: Option<fn(&Cx<'_>) -> String>,
    /// Its keys, the first is the one to show.
    pub keys: &'static [Keys],
    /// The screens where it makes sense; empty for all.
    pub screens: &'static [Screen],
    /// Its picture.
    pub icon: Option<Icon>,
    /// Whether it can be done now.
    pub enabled: fn(&Cx<'_>) -> bool,
    /// How it is done.
    pub act: Act,
}

/// How an action is done.
#[derive(Clone, Copy)]
pub enum Act {
    /// By a command to the program; nothing where it makes no sense now.
    Send(fn(&Cx<'_>) -> Option<Command>),
    /// By the window itself.
    Ask(Request),
}

/// What only the window can do: give something the keyboard, show what lies over the screen, ask for files.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Request {
    /// Give the list of tags the keyboard.
    PickTag,
    /// Give the note the keyboard.
    WriteNote,
    /// Show the command palette, or close it.
    Palette,
    /// Show the command palette for plans and clause numbers.
    GoTo,
    /// Choose files with the system's dialog.
    Choose(Ask),
    /// Type a path.
    TypePath(Ask),
    /// Type a new title for the plan in the reader.
    RenamePlan,
    /// Show the find bar and give it the keyboard.
    Find,
    /// Show the search screen and give its field the keyboard.
    Search,
    /// Show the list of tags for all hits of a search.
    TagHits,
    /// Fill the screen, or no longer.
    FullScreen,
    /// Leave what is open over the screen, then the screen.
    StepOut,
}

/// An area of the program: a submenu, a heading of the help.
pub struct Area {
    /// What it is called.
    pub name: fn(&Cx<'_>) -> String,
    /// What can be done there.
    pub actions: &'static [Action],
}

/// An action that is done by a command: `send!("undo", |_| Some(Command::Undo))`.
macro_rules! send {
    ($id:literal, $command:expr) => {
        $crate::ui::actions::Action::new(
            $id,
            |cx| $crate::ui::cx::t!(cx, $id),
            $crate::ui::actions::Act::Send($command),
        )
    };
}

/// An action that the window does: `ask!("palette", Request::Palette)`.
macro_rules! ask {
    ($id:literal, $request:expr) => {
        $crate::ui::actions::Action::new(
            $id,
            |cx| $crate::ui::cx::t!(cx, $id),
            $crate::ui::actions::Act::Ask($request),
        )
    };
}
use {ask, send};

/// The table, in the order of the menu.
pub static AREAS: &[&Area] = &[
    &files::AREA,
    &moving::AREA,
    &annotating::AREA,
    &finding::AREA,
    &comparing::AREA,
    &coding::AREA,
    &program::AREA,
];

/// All actions.
pub fn all() -> impl Iterator<Item = &'static Action> {
    AREAS.iter().flat_map(|area| area.actions)
}

impl Action {
    /// An action without keys or picture, for all screens, always possible.
    pub const fn new(id: &'static str, name: fn(&Cx<'_>) -> String, act: Act) -> Self {
        Self { id, name, now: None, keys: &[], screens: &[], icon: None, enabled: |_| true, act }
    }

    /// With keys.
    pub const fn keys(self, keys: &'static [Keys]) -> Self {
        Self { keys, ..self }
    }

    /// Only on these screens.
    pub const fn on(self, screens: &'static [Screen]) -> Self {
        Self { screens, ..self }
    }

    /// With a picture.
    pub const fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// With words that tell what it would do just now.
    pub const fn now(self, now: fn(&Cx<'_>) -> String) -> Self {
        Self { now: Some(now), ..self }
    }

    /// Only possible where `enabled` says so.
    pub const fn enabled(self, enabled: fn(&Cx<'_>) -> bool) -> Self {
        Self { enabled, ..self }
    }

    /// Whether it can be done here and now.
    pub fn is_possible(&self, cx: &Cx<'_>) -> bool {
        (self.screens.is_empty() || self.screens.contains(&cx.app.view.screen)) && (self.enabled)(cx)
    }

    /// Does it, if it is possible.
    pub fn run(&self, cx: &Cx<'_>) {
        if !self.is_possible(cx) {
            return;
        }
        match self.act {
            Act::Send(command) => command(cx).into_iter().for_each(|command| cx.send(command)),
            Act::Ask(request) => cx.ask(request),
        }
    }

    /// What it would do now, in words.
    pub fn words(&self, cx: &Cx<'_>) -> String {
        self.now.map_or_else(|| (self.name)(cx), |now| now(cx))
    }

    /// The same with its key: `撤销 (Ctrl+Z)`.
    pub fn hint(&self, cx: &Cx<'_>) -> String {
        let name = self.words(cx);
        match self.keys.first() {
            Some(&keys) => format!("{name} ({})", keys::name(keys)),
            None => name,
        }
    }

    /// A button with its picture; the tooltip tells the key as well.
    pub fn icon_button_ui(&self, ui: &mut Ui, cx: &Cx<'_>) -> Option<Response> {
        let response = icon_button(ui, self.icon?, &self.words(cx), self.is_possible(cx));
        if response.clicked() {
            self.run(cx);
        }
        Some(response.on_hover_text(self.hint(cx)))
    }

    /// A button with its words.
    pub fn button_ui(&self, ui: &mut Ui, cx: &Cx<'_>) -> Response {
        let response = ui.add_enabled(self.is_possible(cx), egui::Button::new((self.name)(cx)));
        if response.clicked() {
            self.run(cx);
        }
        response
    }

    /// A line of a menu: words, and the key at the right end. Closes the menu.
    pub fn menu_ui(&self, ui: &mut Ui, cx: &Cx<'_>) {
        let mut button = egui::Button::new(self.words(cx));
        if let Some(&keys) = self.keys.first() {
            button = button.shortcut_text(keys::name(keys));
        }
        if ui.add_enabled(self.is_possible(cx), button).clicked() {
            self.run(cx);
            ui.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_has_an_id_of_its_own() {
        let mut seen = HashSet::new();
        assert!(all().all(|action| seen.insert(action.id)));
        assert!(seen.len() > 20);
    }

    #[test]
    fn no_two_actions_that_can_be_done_on_one_screen_share_a_key() {
        let overlap = |a: &Action, b: &Action| {
            a.screens.is_empty() || b.screens.is_empty() || a.screens.iter().any(|s| b.screens.contains(s))
        };
        let actions: Vec<_> = all().collect();
        for (at, a) in actions.iter().enumerate() {
            for b in &actions[at + 1..] {
                let same = |x: &Keys, y: &Keys| x.key == y.key && x.modifiers == y.modifiers;
                let shared = a.keys.iter().find(|keys| b.keys.iter().any(|other| same(keys, other)));
                assert!(
                    shared.is_none() || !overlap(a, b),
                    "{} and {} share {}",
                    a.id,
                    b.id,
                    keys::name(*shared.unwrap_or(&a.keys[0]))
                );
            }
        }
    }
}
