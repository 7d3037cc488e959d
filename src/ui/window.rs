//! The window: what is where, and the order of a frame: take in results, read keys, show, carry out commands.

use super::codebook::CodebookScreen;
use super::compare::{CompareScreen, ThemeStrip};
use super::cx::{Cx, t};
use super::dialogs::Dialogs;
use super::inspector::Inspector;
use super::library::library_ui;
use super::outline_tree::OutlineTree;
use super::reader::Column;
use super::shortcuts::{self, WindowKey};
use super::status_bar::StatusBar;
use super::{Strings, notices, theme, top_bar, welcome};
use crate::app::{App, Command, Places, Screen};
use crate::project::PlanId;
use egui::{CentralPanel, ComboBox, Frame, Grid, Margin, Panel, Rect, RichText, Ui, UiBuilder, pos2};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// The window with its state and what only the window knows: scroll positions, fields being typed in.
pub struct Window {
    app: App,
    strings: Strings,
    /// The theme that egui wears now.
    dressed: Option<crate::app::Theme>,
    reader: Column,
    tree: OutlineTree,
    compare: CompareScreen,
    themes: ThemeStrip,
    codebook: CodebookScreen,
    inspector: Inspector,
    status: StatusBar,
    dialogs: Dialogs,
    help: bool,
}

impl Window {
    /// A window on `project`, or on the project of the last session, or on the sample project.
    pub fn new(ctx: &egui::Context, places: Places, project: Option<PathBuf>) -> Self {
        ctx.set_fonts(theme::fonts());
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
            reader: Column::default(),
            tree: OutlineTree::default(),
            compare: CompareScreen::default(),
            themes: ThemeStrip::default(),
            codebook: CodebookScreen::default(),
            inspector: Inspector::default(),
            status: StatusBar::default(),
            dialogs: Dialogs::default(),
            help: false,
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
        self.strings.follow(self.app.language());
        if self.dressed != Some(self.app.settings.theme) {
            theme::apply(ui.ctx(), self.app.settings.theme);
            self.dressed = Some(self.app.settings.theme);
        }
        let palette = theme::palette(self.app.settings.theme);
        let cx = Cx::new(&self.app, &self.strings, palette);
        self.dialogs.poll(&cx);
        take_dropped(ui, &cx);
        match shortcuts::read(ui.ctx(), &cx) {
            Some(WindowKey::PickTag) => self.inspector.picker.focus(),
            Some(WindowKey::WriteNote) => self.inspector.focus_note(),
            Some(WindowKey::Help) => self.help = !self.help,
            None => {}
        }
        let order = self.app.library();
        bars_ui(ui, &cx, &mut self.dialogs, &mut self.status, &mut self.help);
        match self.app.view.screen {
            Screen::Read => {
                left_panel_ui(ui, &cx, &order, &mut self.tree);
                inspector_panel_ui(ui, &cx, &mut self.inspector);
                centre_ui(ui, &cx, |ui| reading_ui(ui, &cx, &mut self.reader));
            }
            Screen::Compare => {
                if self.app.settings.left_open {
                    side_panel(Panel::left("themes"), 250.0).show(ui, |ui| self.themes.show_ui(ui, &cx));
                }
                centre_ui(ui, &cx, |ui| self.compare.show_ui(ui, &cx, &order));
            }
            Screen::Codebook => self.codebook.show_ui(ui, &cx, &mut self.dialogs),
        }
        if self.help {
            help_ui(ui, &cx, &mut self.help);
        }
        let commands = cx.into_commands();
        if !commands.is_empty() {
            ui.ctx().request_repaint();
        }
        for command in commands {
            self.app.run(command);
        }
    }

    /// Sends what is still being typed and waits until everything is on disk.
    pub fn finish(&mut self) {
        let palette = theme::palette(self.app.settings.theme);
        let cx = Cx::new(&self.app, &self.strings, palette);
        self.inspector.finish(&cx);
        self.codebook.finish(&cx);
        for command in cx.into_commands() {
            self.app.run(command);
        }
        self.app.flush(Duration::from_secs(10));
    }
}

/// Top bar, welcome strip, notices, status line.
fn bars_ui(ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut Dialogs, status: &mut StatusBar, help: &mut bool) {
    let frame = Frame::new().fill(cx.palette.panel).inner_margin(Margin::symmetric(10, 4));
    Panel::top("top-bar")
        .exact_size(42.0)
        .frame(frame)
        .show(ui, |ui| top_bar::top_bar_ui(ui, cx, dialogs, help));
    let plain = Frame::new().fill(cx.palette.panel);
    Panel::top("messages").frame(plain).show_separator_line(false).show(ui, |ui| {
        if cx.app.is_sample() && !cx.app.settings.welcomed && welcome::welcome_ui(ui, cx, dialogs) {
            cx.send(Command::CloseWelcome);
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

/// The library above, the outline of the open plan below.
fn left_panel_ui(ui: &mut Ui, cx: &Cx<'_>, order: &[PlanId], tree: &mut OutlineTree) {
    if !cx.app.settings.left_open {
        return;
    }
    side_panel(Panel::left("left"), 290.0).show(ui, |ui| {
        let rect = ui.max_rect();
        let library = (order.len() as f32 * 44.0 + 30.0).min(rect.height() * 0.36);
        let upper = Rect::from_min_max(rect.min, pos2(rect.max.x, rect.min.y + library));
        ui.scope_builder(UiBuilder::new().id_salt("library").max_rect(upper), |ui| {
            ui.label(RichText::new(t!(cx, "plans")).font(theme::bold_font(13.0)).color(cx.palette.muted));
            library_ui(ui, cx, order);
        });
        let lower = Rect::from_min_max(pos2(rect.min.x, upper.max.y + 8.0), rect.max);
        ui.scope_builder(UiBuilder::new().id_salt("outline").max_rect(lower), |ui| {
            ui.horizontal(|ui| {
                ui.label(
                    RichText::new(t!(cx, "outline")).font(theme::bold_font(13.0)).color(cx.palette.muted),
                );
                filter_ui(ui, cx);
            });
            if let Some(plan) = cx.app.view.plan {
                tree.show_ui(ui, cx, "tree", plan);
            }
        });
    });
}

/// The choice of a tag that filters the outline; offers the tags that the plan carries.
fn filter_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Some((_, open)) = cx.app.current() else { return };
    let mut present: Vec<_> =
        open.marks.iter().flat_map(|(_, marks)| marks.tags.iter().map(|(tag, _)| tag)).collect();
    present.sort();
    present.dedup();
    let chosen = cx.app.view.filter.as_ref();
    let all = t!(cx, "filter-none");
    let shown = chosen.map_or(all.clone(), |tag| cx.tag_name_of(tag).to_owned());
    let name = t!(cx, "filter-by-tag", tag = shown.clone());
    let combo = ComboBox::from_id_salt("filter").width(ui.available_width() - 12.0).selected_text(shown);
    let shown = combo.show_ui(ui, |ui| {
        if ui.selectable_label(chosen.is_none(), all).clicked() {
            cx.send(Command::FilterByTag(None));
        }
        for tag in present {
            if ui.selectable_label(chosen == Some(tag), cx.tag_name_of(tag)).clicked() {
                cx.send(Command::FilterByTag(Some(tag.clone())));
            }
        }
    });
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
}

fn inspector_panel_ui(ui: &mut Ui, cx: &Cx<'_>, inspector: &mut Inspector) {
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
fn reading_ui(ui: &mut Ui, cx: &Cx<'_>, reader: &mut Column) {
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
    reader.show_ui(ui, cx, "reader", plan);
}

fn help_ui(ui: &Ui, cx: &Cx<'_>, open: &mut bool) {
    egui::Window::new(t!(cx, "help")).open(open).resizable(false).collapsible(false).show(ui.ctx(), |ui| {
        Grid::new("keys").num_columns(2).spacing([24.0, 6.0]).show(ui, |ui| {
            for (key, does) in shortcuts::help(cx) {
                ui.label(RichText::new(key).font(theme::bold_font(14.0)));
                ui.label(does);
                ui.end_row();
            }
        });
    });
}

/// Files dropped on the window are imported; a project folder is opened.
fn take_dropped(ui: &Ui, cx: &Cx<'_>) {
    let paths: Vec<PathBuf> =
        ui.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
    match paths.as_slice() {
        [] => {}
        [folder] if folder.join("project.ron").is_file() => cx.send(Command::OpenProject(folder.clone())),
        _ => cx.send(Command::Import(paths)),
    }
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame_ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.finish();
    }
}

/// Opens the window and returns when it is closed. Where OpenGL fails (remote desktops, virtual machines), wgpu
/// is tried, on the systems it is built in for.
pub fn run(places: &Places, project: Option<PathBuf>) -> eframe::Result {
    #[cfg(not(target_os = "linux"))]
    {
        let again = project.clone();
        run_with(eframe::Renderer::Glow, places, project)
            .or_else(|_| run_with(eframe::Renderer::Wgpu, places, again))
    }
    #[cfg(target_os = "linux")]
    run_with(eframe::Renderer::Glow, places, project)
}

fn run_with(renderer: eframe::Renderer, places: &Places, project: Option<PathBuf>) -> eframe::Result {
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon/duizhao-256.png")).ok();
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Duizhao 对照")
        .with_app_id("duizhao")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([1024.0, 640.0]);
    if let Some(icon) = icon {
        viewport = viewport.with_icon(icon);
    }
    let options = eframe::NativeOptions { viewport, renderer, ..Default::default() };
    let places = places.clone();
    let open = move |cc: &eframe::CreationContext<'_>| {
        Ok(Box::new(Window::new(&cc.egui_ctx, places, project)) as Box<dyn eframe::App>)
    };
    eframe::run_native("duizhao", options, Box::new(open))
}
