//! Keys. Single letters work only while no field has the keyboard.

use super::cx::{Cx, t};
use crate::app::Command;
use egui::{Context, Key, KeyboardShortcut, Modifiers};

/// What a key does that is not a command of the program but of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowKey {
    /// Give the list of tags the keyboard.
    PickTag,
    /// Give the note the keyboard.
    WriteNote,
    /// Show or hide the list of keys.
    Help,
}

const UNDO: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Z);
const REDO: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
const REDO_TOO: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Y);
const BACK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::ALT, Key::ArrowLeft);
const FORWARD: KeyboardShortcut = KeyboardShortcut::new(Modifiers::ALT, Key::ArrowRight);
const LEFT: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::B);
const INSPECTOR: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::I);

/// Reads the keys of this frame.
pub fn read(ctx: &Context, cx: &Cx<'_>) -> Option<WindowKey> {
    let typing = ctx.text_edit_focused();
    // In a field, Ctrl+Z takes back typing, not edits.
    if !typing {
        // The longer shortcut first: Ctrl+Z also fits Ctrl+Shift+Z.
        let shortcuts = [(REDO, Command::Redo), (REDO_TOO, Command::Redo), (UNDO, Command::Undo)];
        for (shortcut, command) in shortcuts {
            if ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
                cx.send(command);
            }
        }
    }
    let everywhere = [
        (BACK, Command::Back),
        (FORWARD, Command::Forward),
        (LEFT, Command::ToggleLeft),
        (INSPECTOR, Command::ToggleInspector),
    ];
    for (shortcut, command) in everywhere {
        if ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
            cx.send(command);
        }
    }
    if ctx.input(|input| input.key_pressed(Key::F1)) {
        return Some(WindowKey::Help);
    }
    if typing { None } else { letters(ctx, cx) }
}

fn letters(ctx: &Context, cx: &Cx<'_>) -> Option<WindowKey> {
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let on_widget = ctx.memory(|memory| memory.focused().is_some());
    for (keys, steps) in [([Key::J, Key::ArrowDown], 1), ([Key::K, Key::ArrowUp], -1)] {
        if pressed(keys[0]) || (!on_widget && pressed(keys[1])) {
            cx.send(Command::Step(steps));
        }
    }
    if !on_widget && pressed(Key::Space) {
        cx.send(Command::NextUntagged);
    }
    if pressed(Key::H) || pressed(Key::L) {
        fold(cx);
    }
    if pressed(Key::T) {
        return Some(WindowKey::PickTag);
    }
    pressed(Key::N).then_some(WindowKey::WriteNote)
}

/// Folds or unfolds the node in focus.
fn fold(cx: &Cx<'_>) {
    let focus = cx.app.view.plan.and_then(|plan| Some((plan, cx.app.reading(plan)?.focus?)));
    if let Some((plan, node)) = focus {
        cx.send(Command::ToggleFold(plan, node));
    }
}

/// The keys and what they do, for the help.
pub fn help(cx: &Cx<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("J K ↑ ↓", t!(cx, "key-step")),
        ("H L", t!(cx, "key-fold")),
        ("Space", t!(cx, "key-untagged")),
        ("T", t!(cx, "key-tag")),
        ("N", t!(cx, "key-note")),
        ("Ctrl+Z", t!(cx, "key-undo")),
        ("Ctrl+Shift+Z  Ctrl+Y", t!(cx, "key-redo")),
        ("Alt+←  Alt+→", t!(cx, "key-back")),
        ("Ctrl+B  Ctrl+I", t!(cx, "key-panels")),
        ("Ctrl++  Ctrl+−", t!(cx, "key-zoom")),
        ("F1", t!(cx, "key-help")),
    ]
}
