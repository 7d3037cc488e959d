//! The accessibility tree of every screen: each control has a name and a role.

use super::{Desk, Setup, plan_of};
use duizhao::app::{
    CodersCommand, Command, FindCommand, HitsOf, Language, ProjectPage, Screen, SearchCommand,
    SearchTaggingCommand,
};
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
        // A hint is gone as soon as something is typed: it is no name.
        let name = inner.label();
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

/// Every screen there is; a new one does not compile before it has its line here.
fn screens() -> Vec<Screen> {
    let first = Screen::Read;
    let next = |screen: &Screen| {
        Some(match screen {
            Screen::Read => Screen::Compare,
            Screen::Compare => Screen::Search,
            Screen::Search => Screen::Analyse,
            Screen::Analyse => Screen::Codebook,
            Screen::Codebook => Screen::Settings,
            Screen::Settings => Screen::Help,
            Screen::Help => Screen::Import,
            Screen::Import => Screen::Project,
            Screen::Project => return None,
        })
    };
    std::iter::successors(Some(first), next).collect()
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
        desk.key(Key::T);
        check(&mut desk, "the list of tags");
        desk.key(Key::Escape);
        desk.app_mut().run(Command::Find(FindCommand::Open(Some("服务".to_owned()))));
        check(&mut desk, "find bar");
        desk.app_mut().run(Command::Search(SearchCommand::Find("服务".to_owned())));
        for screen in screens() {
            desk.app_mut().run(Command::Show(screen));
            check(&mut desk, &format!("{screen:?}"));
        }
        for page in [ProjectPage::Coders, ProjectPage::Merge, ProjectPage::Backups] {
            desk.app_mut().run(Command::Show(Screen::Project));
            desk.app_mut().run(Command::Coders(CodersCommand::Show(page)));
            check(&mut desk, &format!("{page:?}"));
        }
        desk.app_mut().run(Command::Show(Screen::Search));
        let propose = SearchTaggingCommand::Propose(HitsOf::Project, "family_doctor".into());
        desk.app_mut().run(Command::Search(SearchCommand::Tagging(propose)));
        check(&mut desk, "tagging what was found");
        let path = home.path().join("某市2024年工作要点.txt");
        std::fs::write(&path, "某市2024年工作要点\n一、完善服务\n(一)推广签约。\n(二)培训医生。\n").unwrap();
        desk.app_mut().run(Command::Import(vec![path]));
        check(&mut desk, "an import looked over");
        desk.key_with(Modifiers::COMMAND, Key::K);
        check(&mut desk, "palette");
    }
}

/// Where the keyboard focus is.
fn focused(desk: &Desk) -> Option<egui::Rect> {
    let mut todo: Vec<_> = desk.harness.root().children().collect();
    while let Some(node) = todo.pop() {
        if node.accesskit_node().is_focused() {
            return Some(node.rect());
        }
        todo.extend(node.children());
    }
    None
}

#[test]
fn tab_goes_through_the_bars_as_they_are_read() {
    let home = super::home();
    let mut desk = Desk::open(home.path());
    desk.settle();
    let mut rows: Vec<(f32, Vec<f32>)> = Vec::new(); // bars by the middle of their height, with what was met in them
    for _ in 0..40 {
        desk.key(Key::Tab);
        let Some(at) = focused(&desk) else { continue };
        match rows.last_mut().filter(|(y, _)| (*y - at.center().y).abs() < 8.0) {
            Some((_, met)) => met.push(at.left()),
            None => rows.push((at.center().y, vec![at.left()])),
        }
    }
    let bar = rows.iter().find(|(y, _)| *y < 50.0).map_or(0, |(_, met)| met.len());
    assert!(bar >= 10, "the bar at the top: {rows:?}");
    for (y, met) in &rows {
        assert!(met.is_sorted(), "at {y}: {met:?}");
    }
}
