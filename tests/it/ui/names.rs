//! The accessibility tree of every screen: each control has a name and a role.

use super::{Desk, Setup, plan_of};
use duizhao::app::{Command, FindCommand, Language, Screen, SearchCommand};
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::NodeT;

/// Roles that a person acts on or goes to, each of which must say what it is.
const SPEAKING: [Role; 17] = [
    Role::Button,
    Role::CheckBox,
    Role::RadioButton,
    Role::ComboBox,
    Role::TextInput,
    Role::MultilineTextInput,
    Role::Slider,
    Role::SpinButton,
    Role::Link,
    Role::ListItem,
    Role::TreeItem,
    Role::MenuItem,
    Role::Paragraph,
    Role::Tab,
    Role::Switch,
    Role::ProgressIndicator,
    Role::ColorWell,
];

/// Walks the whole tree; gives what has no name.
fn nameless(desk: &Desk) -> Vec<String> {
    let mut found = Vec::new();
    let mut todo: Vec<_> = desk.harness.root().children().collect();
    while let Some(node) = todo.pop() {
        todo.extend(node.children());
        let inner = node.accesskit_node();
        let name = inner.label().or_else(|| inner.placeholder().map(str::to_owned));
        let silent = name.is_none_or(|name| name.trim().is_empty());
        let progress = inner.role() == Role::ProgressIndicator && inner.numeric_value().is_some();
        if SPEAKING.contains(&inner.role()) && silent && !progress {
            found.push(format!("{:?} at {:?}", inner.role(), inner.bounding_box()));
        }
        // What can be clicked or focused and has no role would be passed over in silence.
        if inner.role() == Role::Unknown
            && inner.data().supports_action(egui::accesskit::Action::Click)
            && silent
        {
            found.push(format!("a control without role at {:?}", inner.bounding_box()));
        }
    }
    found
}

fn check(desk: &mut Desk, place: &str) {
    desk.settle();
    let found = nameless(desk);
    assert!(found.is_empty(), "{place}: {found:?}");
}

#[test]
fn every_control_of_every_screen_has_a_name() {
    for language in [Language::Chinese, Language::English] {
        let home = tempfile::tempdir().unwrap();
        let mut desk = Desk::open_with(home.path(), &Setup { language, ..Setup::default() });
        let xiamen = plan_of(&desk, "厦门市");
        desk.app_mut().run(Command::OpenPlan(xiamen));
        desk.settle();
        desk.key(Key::J);
        check(&mut desk, "reading");
        desk.app_mut().run(Command::Find(FindCommand::Open(Some("服务".to_owned()))));
        check(&mut desk, "find bar");
        desk.app_mut().run(Command::Search(SearchCommand::Find("服务".to_owned())));
        for screen in [
            Screen::Compare,
            Screen::Search,
            Screen::Analyse,
            Screen::Codebook,
            Screen::Settings,
            Screen::Help,
        ] {
            desk.app_mut().run(Command::Show(screen));
            check(&mut desk, &format!("{screen:?}"));
        }
        desk.key_with(Modifiers::COMMAND, Key::K);
        check(&mut desk, "palette");
    }
}
