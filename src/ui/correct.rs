//! Setting the reader right: a menu on any block, and the fields of what is known of a plan.

use super::cx::{Cx, t};
use super::strings;
use crate::app::{Command, OpenPlan};
use crate::plan::{Evidence, Flag, Metadata, MetadataField, Node, Operation};
use crate::project::PlanId;
use crate::text::{CharPos, Span};
use egui::{CollapsingHeader, Id, TextEdit, Ui};

/// What can be set right at a node; `split` is where its words would be cut.
pub fn node_menu_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, node: &Node, split: Option<CharPos>) {
    let operations = [
        Operation::Promote,
        Operation::Demote,
        if node.heading.is_empty() { Operation::MakeHeading } else { Operation::MakeParagraph },
        Operation::MergeWithPrevious,
        Operation::MarkFurniture,
    ];
    for operation in operations {
        operation_ui(ui, cx, plan, node.span, operation);
    }
    let inside = split.filter(|&at| node.span.start < at && at < node.span.end);
    if let Some(at) = inside {
        operation_ui(ui, cx, plan, Span::at(at, 0), Operation::SplitHere);
    }
}

/// What can be set right at a part of the page.
pub fn furniture_menu_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, span: Span) {
    operation_ui(ui, cx, plan, span, Operation::UnmarkFurniture);
}

fn operation_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, span: Span, operation: Operation) {
    if ui.button(strings::operation(cx, operation)).clicked() {
        cx.send(Command::Correct(plan, span, operation));
        ui.close();
    }
}

/// The menu for the node in focus, and whether a person set it right before.
pub fn correct_button_ui(ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, node: &Node) {
    ui.horizontal(|ui| {
        ui.menu_button(t!(cx, "correct-outline"), |ui| node_menu_ui(ui, cx, plan, node, None));
        if node.flags.contains(&Flag::Corrected) {
            ui.weak(t!(cx, "corrected"));
        }
    });
}

/// The fields of what is known of a plan, while they are typed in.
#[derive(Default)]
pub struct AboutPlan {
    typing: Option<(PlanId, MetadataField, String)>,
}

impl AboutPlan {
    /// Shows the fields; one that was changed is sent when the keyboard leaves it.
    pub fn show_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>, plan: PlanId, open: &OpenPlan) {
        let Some(record) = cx.record(plan) else { return };
        CollapsingHeader::new(t!(cx, "about-plan")).id_salt("about-plan").show(ui, |ui| {
            for field in MetadataField::ALL {
                self.field_ui(ui, cx, plan, field, &record.metadata);
            }
            for warning in open.plan.warnings.iter().take(3) {
                ui.weak(strings::warning(cx, warning));
            }
        });
    }

    fn field_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        plan: PlanId,
        field: MetadataField,
        metadata: &Metadata,
    ) {
        let stored = metadata.field(field);
        let is_typing = self.typing.as_ref().is_some_and(|(id, at, _)| *id == plan && *at == field);
        let mut words = match &self.typing {
            Some((.., words)) if is_typing => words.clone(),
            _ => stored.clone(),
        };
        let label = ui.weak(strings::metadata_field(cx, field));
        let edit =
            TextEdit::singleline(&mut words).id(Id::unique(("about", field))).desired_width(f32::INFINITY);
        let response = ui.add(edit).labelled_by(label.id);
        if response.has_focus() {
            self.typing = Some((plan, field, words.clone()));
        }
        if response.lost_focus() {
            self.typing = None;
            if words != stored {
                cx.send(Command::SetMetadata(plan, field, words));
            }
        }
        response.on_hover_text(evidence(cx, metadata, field));
    }
}

/// Where a field was taken from.
fn evidence(cx: &Cx<'_>, metadata: &Metadata, field: MetadataField) -> String {
    let of = |evidence: Option<&Evidence>| match evidence {
        Some(&Evidence::Line(line)) => t!(cx, "evidence-line", line = line),
        Some(Evidence::Inferred { hints, confidence }) => {
            t!(cx, "evidence-inferred", hints = hints.clone(), confidence = u32::from(*confidence))
        }
        Some(Evidence::Reader) => t!(cx, "evidence-reader"),
        None => t!(cx, "evidence-none"),
    };
    match field {
        MetadataField::Title => of(metadata.title.as_ref().map(|fact| &fact.evidence)),
        MetadataField::City => of(metadata.place.as_ref().map(|fact| &fact.evidence)),
        MetadataField::Years => of(metadata.years.as_ref().map(|fact| &fact.evidence)),
        MetadataField::Issuer => of(metadata.issuer.as_ref().map(|fact| &fact.evidence)),
        MetadataField::DocumentNumber => of(metadata.document_number.as_ref().map(|fact| &fact.evidence)),
        MetadataField::Date => of(metadata.date.as_ref().map(|fact| &fact.evidence)),
    }
}
