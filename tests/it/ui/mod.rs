//! The window, driven by accessible names as a screen reader would.

mod around;
mod beside;
mod codebook;
mod coders;
mod compare;
mod flows;
mod glyphs;
mod importing;
mod names;
mod pictures;
mod searching;
mod tagging;

use duizhao::app::{App, Language, Places, Settings, Theme};
use duizhao::project::PlanId;
use duizhao::ui::Window;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A window in a home folder of its own.
pub struct Desk {
    pub harness: Harness<'static, Option<Window>>,
    home: PathBuf,
}

/// The plan of a city in the sample project.
pub fn plan_of(desk: &Desk, city: &str) -> PlanId {
    let project = desk.app().project.as_ref().unwrap();
    let of_city = |id: &&PlanId| {
        let place = project.plans[id].record.metadata.place.as_ref();
        place.is_some_and(|fact| fact.value.city == city)
    };
    *project.plans.keys().find(of_city).unwrap()
}

/// What differs between desks.
#[derive(Clone)]
pub struct Setup {
    pub size: [f32; 2],
    pub language: Language,
    pub theme: Theme,
}

impl Default for Setup {
    fn default() -> Self {
        Self { size: [1280.0, 800.0], language: Language::Chinese, theme: Theme::Light }
    }
}

impl Desk {
    /// Opens the sample project in `home`, as a first start does.
    pub fn open(home: &Path) -> Self {
        Self::open_with(home, &Setup::default())
    }

    pub fn open_with(home: &Path, setup: &Setup) -> Self {
        let places = Places { config: home.join("config"), data: home.join("data") };
        if !places.settings().exists() {
            let settings = Settings {
                language: Some(setup.language),
                theme: setup.theme,
                coder: "测试员".to_owned(),
                ..Settings::default()
            };
            settings.save(&places).unwrap();
        }
        let mut harness = Harness::builder()
            .with_size(setup.size)
            .with_context_setup(|ctx| ctx.set_fonts(duizhao::ui::fonts()))
            .build_ui_state(
                move |ui, window: &mut Option<Window>| {
                    window.get_or_insert_with(|| Window::new(ui.ctx(), places.clone(), None)).frame_ui(ui);
                },
                None,
            );
        harness.step();
        let mut desk = Self { harness, home: home.to_owned() };
        desk.settle();
        desk
    }

    pub fn app(&self) -> &App {
        self.harness.state().as_ref().unwrap().app()
    }

    pub fn app_mut(&mut self) -> &mut App {
        self.harness.state_mut().as_mut().unwrap().app_mut()
    }

    /// Runs frames until nothing is under way.
    pub fn settle(&mut self) {
        let end = Instant::now() + Duration::from_secs(30);
        let mut calm = 0;
        while calm < 4 {
            assert!(Instant::now() < end, "still busy after 30 s");
            let busy = self.app().is_busy() || self.app().project.is_none();
            calm = if busy { 0 } else { calm + 1 };
            self.harness.step();
            if busy {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }

    /// Clicks the one control of this name, as a screen reader does.
    pub fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click_accesskit();
        self.settle();
    }

    /// Clicks the first control whose name contains this.
    pub fn click_containing(&mut self, name: &str) {
        self.harness
            .get_all_by_label_contains(name)
            .next()
            .unwrap_or_else(|| panic!("no {name}"))
            .click_accesskit();
        self.settle();
    }

    /// Whether a control of this name is there.
    pub fn shows(&self, name: &str) -> bool {
        self.harness.query_all_by_label_contains(name).next().is_some()
    }

    /// Presses a key.
    pub fn key(&mut self, key: egui::Key) {
        self.harness.key_press(key);
        self.settle();
    }

    pub fn key_with(&mut self, modifiers: egui::Modifiers, key: egui::Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types into the field that has the keyboard.
    pub fn type_text(&mut self, text: &str) {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    /// Waits until the search across the project is at its end, clause numbers and all.
    pub fn searched(&mut self) {
        let end = Instant::now() + Duration::from_secs(20);
        let located = |desk: &Self| {
            let mut hits = desk.app().search.found.values().flat_map(|found| &found.hits);
            !desk.app().search.is_scanning && hits.all(|hit| hit.clause.is_some())
        };
        self.settle();
        while !located(self) {
            assert!(Instant::now() < end, "still searching after 20 s");
            std::thread::sleep(Duration::from_millis(5));
            self.settle();
        }
        self.settle();
    }

    /// Closes the window and opens it again, as a restart does.
    pub fn restart(mut self) -> Self {
        self.harness.state_mut().as_mut().unwrap().finish();
        let home = self.home.clone();
        drop(self);
        Self::open(&home)
    }

    /// The content of every annotation file in the sample project.
    pub fn annotation_files(&self) -> Vec<String> {
        let plans = self.home.join("data/sample-project/plans");
        let mut files = Vec::new();
        for plan in std::fs::read_dir(plans).unwrap().map(|entry| entry.unwrap().path()) {
            let Ok(sheets) = std::fs::read_dir(plan.join("annotations")) else { continue };
            files.extend(sheets.map(|sheet| std::fs::read_to_string(sheet.unwrap().path()).unwrap()));
        }
        files
    }

    /// Waits until everything is on disk; at most a second, as promised.
    pub fn saved(&self) {
        assert!(self.app().flush(Duration::from_secs(1)), "not saved within a second");
    }
}

/// Every control that is shown has an accessible name.
pub fn assert_all_named(desk: &Desk, place: &str) {
    use egui_kittest::kittest::NodeT;
    for role in [
        egui::Role::Button,
        egui::Role::TreeItem,
        egui::Role::ListItem,
        egui::Role::CheckBox,
        egui::Role::RadioButton,
        egui::Role::TextInput,
        egui::Role::MultilineTextInput,
        egui::Role::ComboBox,
    ] {
        for node in desk.harness.query_all_by_role(role) {
            let name = node.accesskit_node().label();
            assert!(name.is_some_and(|name| !name.trim().is_empty()), "{place}: a {role:?} without name");
        }
    }
}
