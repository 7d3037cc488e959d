//! [`App::run`]: the one place where a command becomes a change of state.

use super::{App, Command, Screen, Site};
use crate::project::PlanId;

impl App {
    /// Carries out a command.
    pub fn run(&mut self, command: Command) {
        self.carry(command);
        self.refresh_library();
    }

    fn carry(&mut self, command: Command) {
        match command {
            Command::OpenProject(root) => self.open_project(root),
            Command::NewProject(root) => self.new_project(root),
            Command::OpenSample => self.open_sample(),
            Command::Import(paths) => self.import(paths),
            Command::Importing(command) => self.run_import(command),

            Command::Show(screen) => self.show(screen),
            Command::OpenPlan(plan) => self.open_plan(plan),
            Command::OpenAt(plan, to) => self.open_at(plan, to),
            Command::Focus(plan, node) => {
                self.suggestions.person_moves();
                self.focus(plan, node);
            }
            Command::Step(steps) => {
                self.suggestions.person_moves();
                self.step(steps);
            }
            Command::NextUntagged => {
                self.suggestions.person_moves();
                self.next_untagged();
            }
            Command::Scrolled(plan, node) => self.reading_mut(plan).top = Some(node),
            Command::ToggleFold(plan, node) => {
                let folded = &mut self.reading_mut(plan).folded;
                if !folded.remove(&node) {
                    folded.insert(node);
                }
            }
            Command::FoldFrom(plan, level) => self.fold_from(plan, level),
            Command::Library(command) => self.run_library(command),
            Command::FilterByTag(tag) => self.view.filter = tag,
            Command::ShowFurniture(show) => self.view.furniture = show,
            Command::Back => self.back(),
            Command::Forward => self.forward(),

            Command::Reading(command) => self.run_reading(command),
            Command::ToggleTag(plan, node, tag) => self.toggle(plan, Site::Node(node), tag),
            Command::SetNote(plan, node, note) => self.set_note(plan, Site::Node(node), &note),
            Command::Correct(plan, span, operation) => self.correct(plan, span, operation),
            Command::SetMetadata(plan, field, words) => self.set_metadata(plan, field, &words),
            Command::RemovePlan(plan) => self.remove_plan(plan),
            Command::RestorePlan(plan) => self.restore_plan(plan),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Codebook(command) => self.run_codebook(command),
            Command::Coders(command) => self.run_coders(command),

            Command::Find(command) => self.run_find(command),
            Command::Search(command) => self.run_search(command),

            Command::SetSide(side, plan) => self.set_side(side, plan),
            Command::SwapSides => self.swap_sides(),
            Command::CompareTheme(theme) => self.compare_theme(theme),
            Command::Compare(command) => self.run_compare(command),

            Command::DismissNotice(id) => self.notices.retain(|notice| notice.id != id),
            Command::RetrySave => self.saver.retry(),
            setting => self.set(setting),
        }
        self.follow_comparison();
    }

    /// Commands that change the person's settings.
    fn set(&mut self, command: Command) {
        let settings = &mut self.settings;
        match command {
            Command::SetCoder(name) => {
                name.trim().clone_into(&mut settings.coder);
                self.history.close();
                self.remark_all();
                self.claim_files();
            }
            Command::SetLanguage(language) => settings.language = language,
            Command::SetTheme(theme) => settings.theme = theme,
            Command::SetReadingSize(size) => settings.reading_size = size.clamp(13.0, 28.0),
            // In tenths, so that steps up and down meet again.
            Command::SetZoom(zoom) => settings.zoom = ((zoom * 10.0).round() / 10.0).clamp(0.5, 3.0),
            Command::ToggleLeft => settings.left_open = !settings.left_open,
            Command::ToggleInspector => settings.inspector_open = !settings.inspector_open,
            Command::CloseWelcome => settings.welcomed = true,
            _ => return,
        }
        self.save_settings();
        self.remember();
    }

    pub(super) fn show(&mut self, screen: Screen) {
        self.leave();
        self.view.screen = screen;
        if screen == Screen::Compare {
            self.fill_sides();
        }
    }

    /// City and years of a plan, as lists show it: `厦门 2017`. Where no place is known, the beginning of its title stands for
    /// the city; the file name where nothing is known.
    pub fn plan_name(&self, id: PlanId) -> String {
        let Some(entry) = self.project.as_ref().and_then(|project| project.plans.get(&id)) else {
            return String::new();
        };
        let metadata = &entry.record.metadata;
        let title = || metadata.title.as_ref().map(|fact| beginning(&fact.value));
        let city = metadata.place.as_ref().map(|fact| fact.value.short().to_owned()).or_else(title);
        let years = metadata.years.as_ref().map(|fact| match fact.value {
            (from, to) if from == to => from.to_string(),
            (from, to) => format!("{from}–{to}"),
        });
        let parts: Vec<_> = city.into_iter().chain(years).collect();
        if parts.is_empty() { entry.record.source.file_name.clone() } else { parts.join(" ") }
    }
}

/// The first words of a title, enough to tell it from others.
fn beginning(title: &str) -> String {
    const SHOWN: usize = 10;
    let mut shown: String = title.chars().take(SHOWN).collect();
    if title.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
