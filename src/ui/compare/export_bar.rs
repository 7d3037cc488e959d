//! Writing what a view shows into a file: a choice of forms, a dialog, and always a field for the path.

use super::{header, send};
use crate::app::{Chart, CompareCommand, CompareView, Form};
use crate::export;
use crate::ui::cx::{Cx, t};
use crate::ui::strings;
use egui::{Id, Key, RichText, TextEdit, Ui};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

/// The field for the path, while it is open.
#[derive(Default)]
pub struct ExportBar {
    /// What is to be written; `None` while the field is closed.
    asked: Option<Asked>,
    wants_focus: bool,
}

struct Asked {
    view: CompareView,
    form: Form,
    path: String,
    dialog: Option<Receiver<Option<PathBuf>>>,
}

impl ExportBar {
    /// The button with the forms that the view can be written in.
    pub fn button_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let view = cx.app.view.compare.view;
        let Some(project) = &cx.app.project else { return };
        let charts = Chart::of(view, &project.codebook);
        let charts = charts.into_iter().flat_map(|chart| [Form::Svg(chart), Form::Png(chart)]);
        let forms: Vec<_> = Form::DOCUMENTS.into_iter().chain(charts).collect();
        ui.menu_button(t!(cx, "cmp-export"), |ui| {
            for form in forms {
                if ui.button(form_name(cx, form)).clicked() {
                    self.ask(cx, view, form);
                    ui.close();
                }
            }
        });
    }

    fn ask(&mut self, cx: &Cx<'_>, view: CompareView, form: Form) {
        let compare = &cx.app.view.compare;
        let plan = |id: Option<_>| id.map(|id| cx.plan_name(id)).unwrap_or_default();
        let name = format!("{} {} {}", plan(compare.a), plan(compare.b), header::view_name(cx, view));
        let name: String = name.chars().map(|c| if r#"\/:*?"<>|"#.contains(c) { '-' } else { c }).collect();
        let folder = directories::UserDirs::new()
            .and_then(|dirs| dirs.document_dir().map(PathBuf::from).or(Some(dirs.home_dir().to_owned())))
            .unwrap_or_default();
        let path = folder.join(format!("{name}.{}", form.extension())).display().to_string();
        self.asked = Some(Asked { view, form, path, dialog: None });
        self.wants_focus = true;
    }

    /// Takes in the answer of the system's dialog.
    pub fn poll(&mut self, _cx: &Cx<'_>) {
        let Some(asked) = &mut self.asked else { return };
        let Some(answer) = asked.dialog.as_ref().and_then(|dialog| dialog.try_recv().ok()) else { return };
        asked.dialog = None;
        if let Some(path) = answer {
            asked.path = path.display().to_string();
            self.wants_focus = true;
        }
    }

    /// The field for the path, while one is asked for.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some(asked) = &mut self.asked else { return };
        let (mut done, mut cancelled) = (false, false);
        ui.horizontal(|ui| {
            let label = ui.label(t!(cx, "cmp-export-path", form = form_name(cx, asked.form)));
            let width = (ui.available_width() - 260.0).max(160.0);
            let field =
                TextEdit::singleline(&mut asked.path).id(Id::unique("export-path")).desired_width(width);
            let field = ui.add(field.hint_text(t!(cx, "path-hint"))).labelled_by(label.id);
            if std::mem::take(&mut self.wants_focus) {
                field.request_focus();
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if ui.button(t!(cx, "cmp-export-browse")).clicked() && asked.dialog.is_none() {
                asked.dialog = browse(ui.ctx(), &asked.path);
            }
            done = ui.button(RichText::new(t!(cx, "cmp-export-write"))).clicked() || entered;
            cancelled =
                ui.button(t!(cx, "cancel")).clicked() || ui.input(|input| input.key_pressed(Key::Escape));
        });
        let path = asked.path.trim().trim_matches('"').to_owned();
        if done && !path.is_empty() {
            send(cx, CompareCommand::Export(asked.view, asked.form, PathBuf::from(path)));
            self.asked = None;
        } else if cancelled {
            self.asked = None;
        }
    }
}

/// Asks the system's dialog on a thread of its own; where there is none, the field stays.
fn browse(ctx: &egui::Context, path: &str) -> Option<Receiver<Option<PathBuf>>> {
    let (sender, receiver) = channel();
    let (ctx, path) = (ctx.clone(), PathBuf::from(path));
    let spawned = std::thread::Builder::new().name("file dialog".into()).spawn(move || {
        let mut dialog = rfd::FileDialog::new();
        if let Some(folder) = path.parent() {
            dialog = dialog.set_directory(folder);
        }
        if let Some(name) = path.file_name() {
            dialog = dialog.set_file_name(name.to_string_lossy());
        }
        // The window may be gone by now.
        let _ = sender.send(dialog.save_file());
        ctx.request_repaint();
    });
    spawned.ok().map(|_| receiver)
}

fn form_name(cx: &Cx<'_>, form: Form) -> String {
    match form {
        Form::Document(export::Form::Csv) => t!(cx, "cmp-form-csv"),
        Form::Document(export::Form::Xlsx) => t!(cx, "cmp-form-xlsx"),
        Form::Document(export::Form::Markdown) => t!(cx, "cmp-form-md"),
        Form::Document(export::Form::Docx) => t!(cx, "cmp-form-docx"),
        Form::Document(export::Form::Html) => t!(cx, "cmp-form-html"),
        Form::Svg(chart) => t!(cx, "cmp-form-svg", chart = chart_name(cx, chart)),
        Form::Png(chart) => t!(cx, "cmp-form-png", chart = chart_name(cx, chart)),
    }
}

fn chart_name(cx: &Cx<'_>, chart: Chart) -> String {
    let facets = cx.app.project.as_ref().map(|project| &project.codebook.facets);
    let facet = |at: usize| facets.and_then(|facets| facets.get(at)).map(|facet| strings::facet(cx, facet));
    match chart {
        Chart::Bars => t!(cx, "cmp-chart-bars"),
        Chart::Heat(at) => t!(cx, "cmp-chart-heat", facet = facet(at).unwrap_or_default()),
    }
}
