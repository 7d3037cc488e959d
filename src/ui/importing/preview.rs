//! One file before it is taken in: what was recognised, in what encoding it was read, what may be lost, its outline.

use super::words;
use super::{FieldSpec, Typing};
use crate::app::{Command, ImportCommand, Importing, Phase};
use crate::plan::{Kind, MetadataField, Plan};
use crate::project::{PlanId, Staged};
use crate::ui::cx::{Cx, node_words, t};
use crate::ui::strings;
use crate::ui::theme::{bold_font, regular_font};
use egui::{Align2, ComboBox, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

/// Height of a row of the outline, in points.
const ROW: f32 = 24.0;
/// Width of the names of fields, in points.
const LABEL: f32 = 116.0;

/// The only file of an import: what was recognised on the left, the outline on the right.
pub(super) fn single_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing, id: PlanId, typing: &mut Typing) {
    let whole = ui.available_rect_before_wrap();
    let width = (whole.width() * 0.42).clamp(340.0, 520.0);
    let left = whole.with_max_x(whole.min.x + width);
    let right = whole.with_min_x(left.max.x + 24.0);
    ui.scope_builder(egui::UiBuilder::new().id_salt("import-form").max_rect(left), |ui| {
        ScrollArea::vertical().id_salt("import-form-scroll").auto_shrink(false).show(ui, |ui| {
            form_ui(ui, cx, importing, id, typing);
        });
    });
    ui.scope_builder(egui::UiBuilder::new().id_salt("import-outline").max_rect(right), |ui| {
        glance_ui(ui, cx, importing, id);
    });
}

/// A file beside the table.
pub(super) fn beside_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing, id: PlanId, typing: &mut Typing) {
    let form = (ui.available_height() * 0.55).max(200.0);
    ScrollArea::vertical().id_salt("import-beside").max_height(form).auto_shrink([false, true]).show(
        ui,
        |ui| {
            form_ui(ui, cx, importing, id, typing);
        },
    );
    ui.separator();
    glance_ui(ui, cx, importing, id);
}

fn form_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing, id: PlanId, typing: &mut Typing) {
    let Some(row) = importing.row(id) else { return };
    let Some(staged) = row.staged() else { return };
    ui.spacing_mut().item_spacing.y = 6.0;
    ui.label(RichText::new(row.name()).font(bold_font(15.0)));
    ui.weak(row.path.display().to_string());
    ui.add_space(4.0);
    for field in MetadataField::ALL {
        let (label, stored) = (strings::metadata_field(cx, field), staged.record.metadata.field(field));
        ui.horizontal(|ui| {
            ui.allocate_ui(vec2(LABEL, 22.0), |ui| {
                ui.set_min_width(LABEL);
                ui.label(RichText::new(&label).color(cx.palette.muted));
            });
            let width = ui.available_width() - 12.0;
            let spec =
                FieldSpec { plan: id, field, stored: &stored, name: &label, width, place: "import-form" };
            typing.field_ui(ui, cx, &spec);
        });
    }
    fact_ui(ui, cx, &t!(cx, "import-kind"), &words::kind(cx, staged));
    encoding_ui(ui, cx, importing, staged, row.encoding.as_deref());
    source_ui(ui, cx, staged);
    version_ui(ui, cx, importing, staged);
    warnings_ui(ui, cx, staged);
}

fn fact_ui(ui: &mut Ui, cx: &Cx<'_>, label: &str, words: &str) {
    ui.horizontal(|ui| {
        ui.allocate_ui(vec2(LABEL, 20.0), |ui| {
            ui.set_min_width(LABEL);
            ui.label(RichText::new(label).color(cx.palette.muted));
        });
        ui.add(egui::Label::new(words).wrap());
    });
}

/// The encoding, and the choice of another, which reads the file again.
fn encoding_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing, staged: &Staged, chosen: Option<&str>) {
    let source = &staged.record.source;
    // Word files and PDFs name theirs themselves.
    if source.encoding.is_empty()
        || matches!(source.extension.as_str(), "docx" | "pdf")
        || source.converted_by.is_some()
    {
        return;
    }
    ui.horizontal(|ui| {
        ui.allocate_ui(vec2(LABEL, 22.0), |ui| {
            ui.set_min_width(LABEL);
            ui.label(RichText::new(t!(cx, "import-encoding")).color(cx.palette.muted));
        });
        let automatic = t!(cx, "import-encoding-detected", encoding = source.encoding.clone());
        let shown = chosen.map_or_else(|| automatic.clone(), str::to_owned);
        let name = t!(cx, "import-encoding-of", encoding = shown.clone());
        let combo = ComboBox::from_id_salt("import-encoding").selected_text(shown).width(190.0);
        let combo = combo.show_ui(ui, |ui| {
            let again = t!(cx, "import-encoding-automatic");
            if ui.selectable_label(chosen.is_none(), again).clicked() && chosen.is_some() {
                cx.send(Command::Importing(ImportCommand::SetEncoding(staged.record.id, None)));
                ui.close();
            }
            for label in super::encoding_names() {
                if ui.selectable_label(chosen == Some(label), label).clicked() {
                    let encoding = Some(label.to_owned());
                    cx.send(Command::Importing(ImportCommand::SetEncoding(staged.record.id, encoding)));
                    ui.close();
                }
            }
        });
        let enabled = importing.phase == Phase::Review;
        combo.response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, enabled, &name));
    });
}

fn source_ui(ui: &mut Ui, cx: &Cx<'_>, staged: &Staged) {
    let source = &staged.record.source;
    if let Some(url) = &source.url {
        fact_ui(ui, cx, &t!(cx, "import-url"), url);
    }
    if let Some(captured) = source.captured {
        fact_ui(ui, cx, &t!(cx, "import-captured"), &captured.strftime("%Y-%m-%d %H:%M UTC").to_string());
    }
}

/// Whether it is the next version of a plan that is there, or a plan of its own.
fn version_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing, staged: &Staged) {
    let Some(kin) = &staged.kin else { return };
    let id = staged.record.id;
    ui.add_space(4.0);
    let plan = words::plan_name(cx, importing, kin.of);
    let share = (kin.likeness * 100.0).round() as u32;
    let words = if kin.same_words {
        t!(cx, "import-kin-same", plan = plan.clone())
    } else {
        t!(cx, "import-kin", plan = plan.clone(), share = share)
    };
    ui.add(egui::Label::new(RichText::new(words).color(cx.palette.caution)).wrap());
    let is_version = staged.record.version_of.is_some();
    let send = |version| cx.send(Command::Importing(ImportCommand::AsVersion(id, version)));
    if ui.radio(is_version, t!(cx, "import-as-version", plan = plan)).clicked() {
        send(true);
    }
    if let Some(carried) = staged.carried.filter(|carried| carried.total() > 0 && is_version) {
        ui.indent("carried", |ui| ui.add(egui::Label::new(words::carried(cx, carried)).wrap()));
    }
    if ui.radio(!is_version, t!(cx, "import-as-own")).clicked() {
        send(false);
    }
}

fn warnings_ui(ui: &mut Ui, cx: &Cx<'_>, staged: &Staged) {
    let lost = staged.lost.iter().map(|warning| words::lost(cx, warning));
    let doubts = staged.doubts.iter().map(|warning| strings::warning(cx, warning));
    let mut warnings: Vec<String> = lost.chain(doubts).collect();
    let more = warnings.len().saturating_sub(12);
    warnings.truncate(12);
    if !warnings.is_empty() {
        ui.add_space(4.0);
        ui.label(RichText::new(t!(cx, "import-warnings")).font(bold_font(13.0)));
    }
    for warning in warnings {
        ui.add(egui::Label::new(RichText::new(warning).color(cx.palette.caution)).wrap());
    }
    if more > 0 {
        ui.weak(t!(cx, "import-more", count = more));
    }
}

/// The outline at a glance.
fn glance_ui(ui: &mut Ui, cx: &Cx<'_>, importing: &Importing, id: PlanId) {
    let Some(plan) = importing.preview(id) else {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label(t!(cx, "import-reading-outline"));
        });
        return;
    };
    let chars = plan.text.len();
    let items = crate::plan::items(&plan.text, &plan.outline).len();
    ui.label(RichText::new(t!(cx, "import-outline", items = items, chars = chars)).font(bold_font(13.0)));
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt(("import-glance", id)).auto_shrink(false);
    area.show_rows(ui, ROW, plan.outline.nodes.len(), |ui, range| {
        for node in &plan.outline.nodes[range] {
            node_ui(ui, cx, plan, node);
        }
    });
}

fn node_ui(ui: &mut Ui, cx: &Cx<'_>, plan: &Plan, node: &crate::plan::Node) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let number = plan.text.slice(node.number).trim().to_owned();
    let words = node_words(plan, node, 60);
    let spoken = format!("{number} {words}");
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &spoken));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let left = rect.min.x + f32::from(node.level.saturating_sub(1)) * 16.0;
    let is_heading = node.kind == Kind::Section;
    let font = if is_heading { bold_font(13.5) } else { regular_font(13.5) };
    let color = if node.kind == Kind::Paragraph { cx.palette.muted } else { cx.palette.text };
    let at = pos2(left, rect.center().y);
    let drawn = painter.text(at, Align2::LEFT_CENTER, &number, font.clone(), cx.palette.muted);
    let gap = if number.is_empty() { 0.0 } else { 4.0 };
    painter.text(pos2(drawn.max.x + gap, rect.center().y), Align2::LEFT_CENTER, words, font, color);
}
