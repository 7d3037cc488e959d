//! Keys of the comparison. Letters work only while nobody is typing. Those that switch views are in `ui::actions`.

use egui::{Key, Modifiers, Ui};

/// Whether a letter was pressed; takes it.
pub fn pressed(ui: &Ui, key: Key) -> bool {
    super::keys_are_free(ui) && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

/// Whether an arrow was pressed while no control has the focus, which arrows would move.
pub fn arrow(ui: &Ui, key: Key) -> bool {
    ui.memory(|memory| memory.focused().is_none()) && pressed(ui, key)
}

/// How many steps down J, K and the arrows ask for.
pub fn steps(ui: &Ui) -> i32 {
    let down = i32::from(pressed(ui, Key::J)) + i32::from(arrow(ui, Key::ArrowDown));
    let up = i32::from(pressed(ui, Key::K)) + i32::from(arrow(ui, Key::ArrowUp));
    down - up
}

/// The index so many steps on, kept within `count`.
pub fn step(at: Option<usize>, steps: i32, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match at {
        Some(at) => at.saturating_add_signed(steps as isize).min(last),
        None if steps < 0 => last,
        None => 0,
    })
}
