//! The place for settings: who annotates, language, colours, reading text, citation, zoom. What is chosen holds at once.

use super::cx::{Cx, t};
use super::theme::bold_font;
use super::typed::Held;
use crate::app::{Command, Language, ReadingCommand, Theme};
use crate::export::{self, TemplateProblem};
use egui::{Frame, Margin, RichText, ScrollArea, Slider, TextEdit, Ui};

/// Width of the fields, in points.
const FIELD: f32 = 380.0;
/// Length of a slider, in points.
const SLIDER: f32 = 240.0;

/// The screen, with what is being typed.
#[derive(Default)]
pub struct SettingsScreen {
    coder: Held,
    template: Held,
}

impl SettingsScreen {
    /// Shows the settings.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        ScrollArea::vertical().id_salt("settings").auto_shrink(false).show(ui, |ui| {
            Frame::new().inner_margin(Margin::symmetric(32, 20)).show(ui, |ui| {
                ui.label(RichText::new(t!(cx, "settings")).font(bold_font(22.0)));
                section_ui(ui, cx, &t!(cx, "settings-person"), |ui, cx| self.coder_ui(ui, cx));
                section_ui(ui, cx, &t!(cx, "language"), language_ui);
                section_ui(ui, cx, &t!(cx, "colours"), colours_ui);
                section_ui(ui, cx, &t!(cx, "settings-reading"), reading_ui);
                section_ui(ui, cx, &t!(cx, "settings-citation"), |ui, cx| self.template_ui(ui, cx));
                section_ui(ui, cx, &t!(cx, "settings-window"), window_ui);
            });
        });
    }

    fn coder_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let stored = &cx.app.settings.coder;
        let label = ui.label(t!(cx, "settings-coder"));
        let field = TextEdit::singleline(self.coder.words(stored)).hint_text(t!(cx, "coder-hint"));
        let field = ui.add(field.desired_width(FIELD)).labelled_by(label.id);
        if let Some(name) = self.coder.take(&field, stored, true) {
            cx.send(Command::SetCoder(name));
        }
        ui.weak(t!(cx, "settings-coder-hint"));
    }

    /// The template of a citation, what it makes of a clause, or why it cannot be filled.
    fn template_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let stored = &cx.app.settings.citation;
        let label = ui.label(t!(cx, "settings-template"));
        let template = self.template.words(stored);
        let field = ui.add(TextEdit::singleline(template).desired_width(FIELD)).labelled_by(label.id);
        let problem = export::check_template(template).err();
        match &problem {
            Some(problem) => drop(ui.colored_label(cx.palette.danger, template_problem(cx, problem))),
            None => {
                if let Some(example) = example(cx, template) {
                    ui.label(t!(cx, "settings-example", citation = example));
                }
            }
        }
        if let Some(template) = self.template.take(&field, stored, problem.is_none()) {
            cx.send(Command::Reading(ReadingCommand::SetCitation(template)));
        }
        ui.weak(t!(cx, "citation-fields", fields = export::FIELDS.join(" ")));
        if *stored != export::CITATION && ui.button(t!(cx, "settings-template-reset")).clicked() {
            self.template = Held::default();
            cx.send(Command::Reading(ReadingCommand::SetCitation(export::CITATION.to_owned())));
        }
    }
}

/// How the template cites the clause where the person is; the first plan stands in where none is open.
fn example(cx: &Cx<'_>, template: &str) -> Option<String> {
    let here = cx.app.current().and_then(|(plan, _)| Some((plan, cx.app.reading(plan)?.focus?)));
    let clause = here.map_or_else(|| "(二)-1".to_owned(), |(plan, ix)| cx.app.clause(plan, ix));
    let plan = here.map(|(plan, _)| plan).or(cx.app.library_order().first().copied())?;
    Some(export::cite(template, cx.record(plan)?, &clause))
}

fn template_problem(cx: &Cx<'_>, problem: &TemplateProblem) -> String {
    match problem {
        TemplateProblem::Empty => t!(cx, "template-empty"),
        TemplateProblem::Bracket => t!(cx, "template-bracket"),
        TemplateProblem::Unknown(fields) => t!(cx, "template-unknown", fields = fields.join(" ")),
    }
}

fn section_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, contents: impl FnOnce(&mut Ui, &Cx<'_>)) {
    ui.add_space(16.0);
    ui.label(RichText::new(name).font(bold_font(15.0)).color(cx.palette.accent));
    ui.add_space(2.0);
    contents(ui, cx);
}

fn language_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.horizontal(|ui| {
        let system = t!(cx, "language-system");
        let choices = [
            (None, system.as_str()),
            (Some(Language::Chinese), "中文"),
            (Some(Language::English), "English"),
        ];
        for (language, name) in choices {
            if ui.radio(cx.app.settings.language == language, name).clicked() {
                cx.send(Command::SetLanguage(language));
            }
        }
    });
}

fn colours_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.horizontal(|ui| {
        let themes = [
            (Theme::Light, t!(cx, "theme-light")),
            (Theme::Dark, t!(cx, "theme-dark")),
            (Theme::Paper, t!(cx, "theme-paper")),
        ];
        for (theme, name) in themes {
            if ui.radio(cx.app.settings.theme == theme, name).clicked() {
                cx.send(Command::SetTheme(theme));
            }
        }
    });
}

fn reading_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.spacing_mut().slider_width = SLIDER;
    let mut size = cx.app.settings.reading_size;
    let label = ui.label(t!(cx, "reading-size"));
    if ui
        .add(Slider::new(&mut size, 13.0..=28.0).step_by(1.0).fixed_decimals(0))
        .labelled_by(label.id)
        .changed()
    {
        cx.send(Command::SetReadingSize(size));
    }
    let mut leading = cx.app.settings.reading_leading;
    let label = ui.label(t!(cx, "line-height"));
    if ui
        .add(Slider::new(&mut leading, 1.3..=2.4).step_by(0.05).fixed_decimals(2))
        .labelled_by(label.id)
        .changed()
    {
        cx.send(Command::Reading(ReadingCommand::SetLeading(leading)));
    }
    let mut chars = cx.app.settings.reading_chars;
    let label = ui.label(t!(cx, "column-width"));
    if ui
        .add(Slider::new(&mut chars, 24.0..=60.0).step_by(1.0).fixed_decimals(0))
        .labelled_by(label.id)
        .changed()
    {
        cx.send(Command::Reading(ReadingCommand::SetColumnChars(chars)));
    }
    let mut focus_mode = cx.app.view.focus_mode;
    if ui.checkbox(&mut focus_mode, t!(cx, "focus-mode")).changed() {
        cx.send(Command::Reading(ReadingCommand::SetFocusMode(focus_mode)));
    }
    let mut furniture = cx.app.view.furniture;
    if ui.checkbox(&mut furniture, t!(cx, "show-furniture")).changed() {
        cx.send(Command::ShowFurniture(furniture));
    }
}

fn window_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.spacing_mut().slider_width = SLIDER;
    let mut zoom = cx.app.settings.zoom * 100.0;
    let label = ui.label(t!(cx, "settings-zoom"));
    let slider = Slider::new(&mut zoom, 50.0..=300.0).step_by(10.0).fixed_decimals(0).suffix("%");
    // Only when let go: the slider itself grows with the zoom.
    let response = ui.add(slider).labelled_by(label.id);
    if response.drag_stopped() || (response.changed() && !response.dragged()) {
        cx.send(Command::SetZoom(zoom / 100.0));
    }
}
