//! Keys: how they are written down, when they count, and how those of a frame are read.
//!
//! Plain letters count only while no text field has the keyboard and no input method is composing; what a focused
//! control would take for itself (Space, Enter, arrows) counts only while none has the keyboard.

use super::actions;
use super::cx::Cx;
use egui::{Context, Event, ImeEvent, Key, Modifiers};

/// When keys count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// While no text field has the keyboard: letters, and what a field does itself, such as Ctrl+Z.
    NotTyping,
    /// While no control at all has the keyboard.
    NoFocus,
}

/// A key with what is held down, and when it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// What is held down, exactly.
    pub modifiers: Modifiers,
    /// The key.
    pub key: Key,
    /// When it counts.
    pub when: When,
}

impl Keys {
    /// A plain key, e.g. a letter; not while typing.
    pub const fn plain(key: Key) -> Self {
        Self { modifiers: Modifiers::NONE, key, when: When::NotTyping }
    }

    /// A key that focused controls want for themselves.
    pub const fn loose(key: Key) -> Self {
        Self { modifiers: Modifiers::NONE, key, when: When::NoFocus }
    }

    /// A function key, always.
    pub const fn function(key: Key) -> Self {
        Self { modifiers: Modifiers::NONE, key, when: When::Always }
    }

    /// Shift and a key, always; for function keys.
    pub const fn shift(key: Key) -> Self {
        Self { modifiers: Modifiers::SHIFT, key, when: When::Always }
    }

    /// Ctrl (⌘ on a Mac) and a key, always.
    pub const fn ctrl(key: Key) -> Self {
        Self { modifiers: Modifiers::COMMAND, key, when: When::Always }
    }

    /// Ctrl, Shift and a key, always.
    pub const fn ctrl_shift(key: Key) -> Self {
        Self { modifiers: Modifiers::COMMAND.plus(Modifiers::SHIFT), key, when: When::Always }
    }

    /// Alt and a key, always.
    pub const fn alt(key: Key) -> Self {
        Self { modifiers: Modifiers::ALT, key, when: When::Always }
    }

    /// The same, but left to a text field while that has the keyboard.
    #[must_use]
    pub const fn not_typing(self) -> Self {
        Self { when: When::NotTyping, ..self }
    }
}

/// Who has the keyboard. Escape takes it from a field before a frame begins, so this remembers the frame before.
#[derive(Default)]
pub struct Keyboard {
    was_typing: bool,
    had_focus: bool,
    composing: bool,
}

impl Keyboard {
    /// Reads the keys of this frame and does what they mean.
    pub fn read(&mut self, ctx: &Context, cx: &Cx<'_>) {
        self.watch_composing(ctx);
        let typing = self.was_typing || ctx.text_edit_focused() || self.composing;
        // A menu that is open takes Escape and the arrows.
        let menu = egui::Popup::is_any_open(ctx);
        let focused = typing || menu || self.had_focus || ctx.memory(|memory| memory.focused().is_some());
        let counts = |when: When| match when {
            When::Always => !self.composing,
            When::NotTyping => !typing,
            When::NoFocus => !focused,
        };
        let mut taken: Vec<&actions::Action> = Vec::new();
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
                let found = actions::all().find(|action| {
                    let fits = |keys: &Keys| {
                        keys.key == *key && counts(keys.when) && modifiers.matches_exact(keys.modifiers)
                    };
                    action.keys.iter().any(fits) && action.is_possible(cx)
                });
                taken.extend(found);
                found.is_none()
            });
            // The letter that opened a field is not typed into it.
            if !taken.is_empty() && !typing {
                input.events.retain(|event| !matches!(event, Event::Text(_)));
            }
        });
        for action in taken {
            action.run(cx);
        }
    }

    /// Whether an input method is at work: what a field shows is not yet words.
    pub fn is_composing(&self) -> bool {
        self.composing
    }

    /// Remembers who has the keyboard at the end of a frame.
    pub fn end(&mut self, ctx: &Context) {
        self.was_typing = ctx.text_edit_focused();
        self.had_focus = ctx.memory(|memory| memory.focused().is_some());
    }

    /// Between preedit and commit the input method owns the keys.
    fn watch_composing(&mut self, ctx: &Context) {
        ctx.input(|input| {
            for event in &input.events {
                match event {
                    Event::Ime(ImeEvent::Preedit { text, .. }) => self.composing = !text.is_empty(),
                    Event::Ime(ImeEvent::Commit(_)) => self.composing = false,
                    _ => {}
                }
            }
        });
        if !ctx.text_edit_focused() && !self.was_typing {
            self.composing = false;
        }
    }
}

/// How keys are written: `Ctrl+Shift+Z`, `Alt+←`.
pub fn name(keys: Keys) -> String {
    let mac = cfg!(target_os = "macos");
    let held = [
        (keys.modifiers.command || keys.modifiers.ctrl, if mac { "⌘" } else { "Ctrl+" }),
        (keys.modifiers.alt, if mac { "Option+" } else { "Alt+" }),
        (keys.modifiers.shift, "Shift+"),
    ];
    let held: String = held.into_iter().filter(|&(held, _)| held).map(|(_, name)| name).collect();
    let key = match keys.key {
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::Plus => "+",
        Key::Minus => "−",
        Key::Comma => ",",
        Key::Escape => "Esc",
        other => other.name(),
    };
    held + key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_people_know_them() {
        let cases = [
            (Keys::ctrl_shift(Key::Z), "Ctrl+Shift+Z"),
            (Keys::alt(Key::ArrowLeft), "Alt+←"),
            (Keys::plain(Key::J), "J"),
            (Keys::loose(Key::Space), "Space"),
            (Keys::function(Key::F1), "F1"),
            (Keys::ctrl(Key::Plus), "Ctrl++"),
        ];
        if cfg!(not(target_os = "macos")) {
            for (keys, expect) in cases {
                assert_eq!(name(keys), expect);
            }
        }
    }
}
