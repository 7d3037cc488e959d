//! The window: what is where, and the order of a frame: take in results, read keys, show, carry out commands.

use super::actions::Request;
use super::codebook::CodebookScreen;
use super::coders::{AgreementView, ProjectScreen, UnanchoredPanel};
use super::command_palette::CommandPalette;
use super::compare::{CompareScreen, ThemeStrip};
use super::cx::{Cx, t};
use super::dialogs::Dialogs;
use super::find_bar::FindBar;
use super::importing::ImportScreen;
use super::inspector::Inspector;
use super::keys::Keyboard;
use super::left_panel::left_panel_ui;
use super::library::LibraryList;
use super::outline_tree::OutlineTree;
use super::reader::Column;
use super::search::SearchScreen;
use super::settings::SettingsScreen;
use super::status_bar::StatusBar;
use super::system_font::SystemFonts;
use super::{Strings, help, notices, theme, top_bar, welcome};
use crate::app::{
    App, CodersCommand, Command, FindCommand, Places, ProjectPage, ReadingCommand, Screen, SearchCommand,
    SearchTaggingCommand, Site,
};
use egui::{CentralPanel, Frame, Margin, Panel, RichText, Ui, ViewportCommand};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The window with its state and what only the window knows: scroll positions, fields being typed in.
pub struct Window {
    app: App,
    strings: Strings,
    /// Theme and zoom that egui wears now.
    dressed: Option<(crate::app::Theme, f32)>,
    keyboard: Keyboard,
    reader: Column,
    find: FindBar,
    library: LibraryList,
    tree: OutlineTree,
    compare: CompareScreen,
    themes: ThemeStrip,
    codebook: CodebookScreen,
    search: SearchScreen,
    settings: SettingsScreen,
    project: ProjectScreen,
    agreement: AgreementView,
    unanchored: UnanchoredPanel,
    inspector: Inspector,
    status: StatusBar,
    dialogs: Dialogs,
    command_palette: CommandPalette,
    importing: ImportScreen,
}

impl Window {
    /// A window on `project`, or on the project of the last session, or on the sample project.
    pub fn new(ctx: &egui::Context, places: Places, project: Option<PathBuf>) -> Self {
        ctx.set_fonts(theme::fonts());
        ctx.add_font_provider(Arc::new(SystemFonts::of_this_system()));
        // The table of actions has the keys of the zoom, the settings its value.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let repaint = ctx.clone();
        let mut app = App::new(places, Arc::new(move || repaint.request_repaint()));
        match project {
            Some(root) => app.run(Command::OpenProject(root)),
            None => app.open_last(),
        }
        Self {
            strings: Strings::new(app.language()),
            app,
            dressed: None,
            keyboard: Keyboard::default(),
            reader: Column::default(),
            find: FindBar::default(),
            library: LibraryList::default(),
            tree: OutlineTree::default(),
            compare: CompareScreen::default(),
            themes: ThemeStrip::default(),
            codebook: CodebookScreen::default(),
            search: SearchScreen::default(),
            settings: SettingsScreen::default(),
            project: ProjectScreen::default(),
            agreement: AgreementView::default(),
            unanchored: UnanchoredPanel::default(),
            inspector: Inspector::default(),
            status: StatusBar::default(),
            dialogs: Dialogs::default(),
            command_palette: CommandPalette::default(),
            importing: ImportScreen::default(),
        }
    }

    /// The state, to look at.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The state, for what a test does without the window.
    pub fn app_mut(&mut self) -> &mut App {
        &mut self.app
    }

    /// One frame.
    pub fn frame_ui(&mut self, ui: &mut Ui) {
        self.app.poll();
        self.dress(ui.ctx());
        let palette = theme::palette(self.app.settings.theme);
        let cx = Cx::new(&self.app, &self.strings, palette);
        self.dialogs.poll(&cx);
        take_dropped(ui, &cx);
        self.importing.keys(ui.ctx(), &cx);
        self.keyboard.read(ui.ctx(), &cx);
        super::tags::typed_ui(ui, &cx);
        let composing = self.keyboard.is_composing();
        bars_ui(ui, &cx, &mut self.dialogs, &mut self.status);
        match self.app.view.screen {
            Screen::Read => {
                if self.app.settings.left_open {
                    side_panel(Panel::left("left"), 290.0).show(ui, |ui| {
                        left_panel_ui(ui, &cx, &mut self.library, &mut self.tree, composing);
                    });
                }
                inspector_panel_ui(ui, &cx, &mut self.inspector);
                self.unanchored.show_ui(ui, &cx);
                centre_ui(ui, &cx, |ui| reading_ui(ui, &cx, &mut self.find, &mut self.reader, composing));
            }
            Screen::Compare => {
                let reading = self.app.view.compare.view == crate::app::CompareView::Reading;
                if self.app.settings.left_open && reading {
                    side_panel(Panel::left("themes"), 250.0).show(ui, |ui| self.themes.show_ui(ui, &cx));
                }
                centre_ui(ui, &cx, |ui| self.compare.show_ui(ui, &cx, self.app.library_order()));
            }
            Screen::Search => {
                self.inspector.picker.show_ui(ui, &cx);
                centre_ui(ui, &cx, |ui| self.search.show_ui(ui, &cx, composing));
            }
            Screen::Analyse => self.agreement.show_ui(ui, &cx, &mut self.dialogs),
            Screen::Codebook => self.codebook.show_ui(ui, &cx, &mut self.dialogs),
            Screen::Settings => centre_ui(ui, &cx, |ui| self.settings.show_ui(ui, &cx)),
            Screen::Help => centre_ui(ui, &cx, |ui| help::help_ui(ui, &cx)),
            Screen::Import => centre_ui(ui, &cx, |ui| self.importing.show_ui(ui, &cx)),
            Screen::Project => self.project.show_ui(ui, &cx, &mut self.dialogs),
        }
        self.command_palette.show_ui(ui.ctx(), &cx, composing);
        for request in cx.take_requests() {
            match request {
                Request::PickTag => self.inspector.picker.focus(),
                Request::WriteNote => self.inspector.focus_note(),
                Request::Choose(ask) => self.dialogs.ask(ui.ctx(), ask),
                Request::TypePath(ask) => self.dialogs.ask_typed(ask),
                Request::RenamePlan => {
                    if let Some(plan) = self.app.view.plan {
                        self.library.rename(&cx, plan);
                    }
                }
                Request::Find => {
                    cx.send(Command::Find(FindCommand::Open(None)));
                    self.find.focus();
                }
                Request::Search => {
                    cx.send(Command::Show(Screen::Search));
                    self.search.focus();
                }
                Request::TagHits => {
                    if let Some(of) = super::search_tagging::hits(&cx) {
                        self.inspector.picker.open_for_hits(ui.ctx(), of);
                    }
                }
                Request::FullScreen => {
                    let full = ui.input(|input| input.viewport().fullscreen.unwrap_or_default());
                    ui.ctx().send_viewport_cmd(ViewportCommand::Fullscreen(!full));
                }
                Request::StepOut => step_out(&cx),
                Request::Palette => self.command_palette.toggle(ui.ctx(), &cx, false),
                Request::GoTo => self.command_palette.toggle(ui.ctx(), &cx, true),
            }
        }
        self.keyboard.end(ui.ctx());
        let commands = cx.into_commands();
        if !commands.is_empty() {
            ui.ctx().request_repaint();
        }
        for command in commands {
            self.app.run(command);
        }
    }

    /// Language, colours and zoom as the settings have them.
    fn dress(&mut self, ctx: &egui::Context) {
        self.strings.follow(self.app.language());
        let wanted = (self.app.settings.theme, self.app.settings.zoom);
        if self.dressed != Some(wanted) {
            theme::apply(ctx, wanted.0);
            ctx.set_zoom_factor(wanted.1);
            self.dressed = Some(wanted);
        }
    }

    /// Sends what is still being typed and waits until everything is on disk.
    pub fn finish(&mut self) {
        let palette = theme::palette(self.app.settings.theme);
        let cx = Cx::new(&self.app, &self.strings, palette);
        self.inspector.finish(&cx);
        self.codebook.finish(&cx);
        self.compare.finish(&cx);
        for command in cx.into_commands() {
            self.app.run(command);
        }
        self.app.remember();
        self.app.flush(Duration::from_secs(10));
    }
}

/// Out of what is open: from a side place back to where the person was.
fn step_out(cx: &Cx<'_>) {
    match cx.app.view.screen {
        Screen::Settings | Screen::Help => cx.send(Command::Back),
        Screen::Read if cx.app.here().is_some_and(|(_, site)| matches!(site, Site::Passage(_))) => {
            if let Some(plan) = cx.app.view.plan {
                cx.send(Command::Reading(ReadingCommand::Select(plan, None)));
            }
        }
        Screen::Search if cx.app.search.tagging.is_some() => {
            cx.send(Command::Search(SearchCommand::Tagging(SearchTaggingCommand::Leave)));
        }
        Screen::Read if cx.app.find.is_open => cx.send(Command::Find(FindCommand::Close)),
        _ => {}
    }
}

/// Top bar, welcome strip, notices, status line.
fn bars_ui(ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut Dialogs, status: &mut StatusBar) {
    let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(10, 4));
    Panel::top("top-bar").exact_size(42.0).frame(frame).show(ui, |ui| top_bar::top_bar_ui(ui, cx));
    let plain = Frame::new().fill(cx.palette.panel);
    // Without messages it takes no room.
    Panel::top("messages").frame(plain).min_size(0.0).show_separator_line(false).show(ui, |ui| {
        if cx.app.is_sample() && !cx.app.settings.welcomed && welcome::welcome_ui(ui, cx) {
            cx.send(Command::CloseWelcome);
        }
        if ui.input(|input| !input.raw.hovered_files.is_empty()) {
            let frame = Frame::new().fill(cx.palette.selection).inner_margin(Margin::symmetric(14, 8));
            frame.show(ui, |ui| ui.label(RichText::new(t!(cx, "drop-here")).font(theme::bold_font(15.0))));
        }
        dialogs.typed_ui(ui, cx);
        notices::notices_ui(ui, cx);
    });
    let thin = frame.inner_margin(Margin::symmetric(10, 0));
    Panel::bottom("status").exact_size(30.0).frame(thin).show(ui, |ui| status.show_ui(ui, cx));
}

fn side_panel(panel: Panel, width: f32) -> Panel {
    panel.resizable(true).default_size(width).size_range(180.0..=460.0)
}

fn inspector_panel_ui(ui: &mut Ui, cx: &Cx<'_>, inspector: &mut Inspector) {
    inspector.picker.show_ui(ui, cx);
    if !cx.app.settings.inspector_open {
        return;
    }
    side_panel(Panel::right("inspector"), 300.0).show(ui, |ui| match cx.app.view.plan {
        Some(plan) => inspector.show_ui(ui, cx, plan),
        None => {
            ui.label(t!(cx, "inspector-empty"));
        }
    });
}

fn centre_ui(ui: &mut Ui, cx: &Cx<'_>, contents: impl FnOnce(&mut Ui)) {
    CentralPanel::default().frame(Frame::new().fill(cx.palette.ground)).show(ui, contents);
}

/// Title and text of the open plan; what to do where there is none.
fn reading_ui(ui: &mut Ui, cx: &Cx<'_>, find: &mut FindBar, reader: &mut Column, composing: bool) {
    let Some(plan) = cx.app.view.plan else {
        let words = if cx.app.is_opening() { t!(cx, "opening") } else { t!(cx, "reader-empty") };
        ui.centered_and_justified(|ui| ui.label(words));
        return;
    };
    Frame::new().inner_margin(Margin::symmetric(18, 8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(
            RichText::new(format!("{} · {}", cx.plan_name(plan), cx.plan_title(plan)))
                .font(theme::bold_font(15.0)),
        );
    });
    ui.separator();
    find.show_ui(ui, cx, composing);
    reader.show_ui(ui, cx, "reader", plan);
}

/// Files dropped on the window are imported; a project folder is opened.
fn take_dropped(ui: &Ui, cx: &Cx<'_>) {
    let paths: Vec<PathBuf> =
        ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
    let merging = cx.app.view.screen == Screen::Project && cx.app.coders.page == ProjectPage::Merge;
    match paths.as_slice() {
        [] => {}
        [path] if merging => cx.send(Command::Coders(CodersCommand::Bring(path.clone()))),
        [folder] if folder.join("project.ron").is_file() => cx.send(Command::OpenProject(folder.clone())),
        _ => cx.send(Command::Import(paths)),
    }
}
