//! What every view gets: the state to read, the words and colours to use, and a place to send commands.

use super::Strings;
use super::actions::Request;
use super::theme::Palette;
use crate::annotation::{Tag, TagId};
use crate::app::{App, Command, Language};
use crate::plan::{Node, NodeIx, Plan};
use crate::project::{PlanId, PlanRecord};
use std::cell::RefCell;

/// The read-only surroundings of a view.
pub struct Cx<'a> {
    /// The state.
    pub app: &'a App,
    /// Words of the interface.
    pub strings: &'a Strings,
    /// Colours.
    pub palette: &'a Palette,
    commands: RefCell<Vec<Command>>,
    requests: RefCell<Vec<Request>>,
}

/// A text of the interface: `t!(cx, "id")`, `t!(cx, "id", count = 3)`.
macro_rules! t {
    ($cx:expr, $id:literal $(, $key:ident = $value:expr)* $(,)?) => {
        i18n_embed_fl::fl!($cx.strings.loader, $id $(, $key = $value)*)
    };
}
pub(super) use t;

/// Gives a field an accessible name: its hint is gone as soon as something is typed.
pub fn name_field(field: &egui::Response, name: impl Into<String>) {
    let name = name.into();
    field.ctx.accesskit_node_builder(field.id, |node| node.set_label(name));
}

impl<'a> Cx<'a> {
    /// Surroundings of a frame.
    pub fn new(app: &'a App, strings: &'a Strings, palette: &'a Palette) -> Self {
        Self { app, strings, palette, commands: RefCell::default(), requests: RefCell::default() }
    }

    /// Sends a command, to be carried out after the frame.
    pub fn send(&self, command: Command) {
        self.commands.borrow_mut().push(command);
    }

    /// Asks the window for something that only it can do.
    pub fn ask(&self, request: Request) {
        self.requests.borrow_mut().push(request);
    }

    /// What was asked of the window since the last call.
    pub fn take_requests(&self) -> Vec<Request> {
        self.requests.take()
    }

    /// The commands that were sent.
    pub fn into_commands(self) -> Vec<Command> {
        self.commands.into_inner()
    }

    /// What is known of a plan.
    pub fn record(&self, id: PlanId) -> Option<&'a PlanRecord> {
        Some(&*self.app.project.as_ref()?.plans.get(&id)?.record)
    }

    /// A tag of the project's codebook.
    pub fn tag(&self, id: &TagId) -> Option<&'a Tag> {
        self.app.project.as_ref()?.codebook.tag(id)
    }

    /// The name of a tag in the language of the interface.
    pub fn tag_name(&self, tag: &'a Tag) -> &'a str {
        match self.app.language() {
            Language::Chinese => &tag.zh,
            Language::English => &tag.en,
        }
    }

    /// The name of a tag by its id; the id where the codebook does not know it.
    pub fn tag_name_of(&self, id: &'a TagId) -> &'a str {
        self.tag(id).map_or(id.0.as_str(), |tag| self.tag_name(tag))
    }

    /// City and years of a plan, as lists show it: `厦门 2017`. The file name where neither is known.
    pub fn plan_name(&self, id: PlanId) -> String {
        self.app.plan_name(id)
    }

    /// The title of a plan; the file name where it has none.
    pub fn plan_title(&self, id: PlanId) -> &'a str {
        let Some(record) = self.record(id) else { return "" };
        record.metadata.title.as_ref().map_or(&record.source.file_name, |fact| &fact.value)
    }

    /// Clause number and heading of a node, as rows show it: `(二)-1 完善分级诊疗`; the first words of the body
    /// where there is no heading.
    pub fn node_name(&self, plan: PlanId, ix: NodeIx) -> String {
        let Some(open) = self.app.plan(plan) else { return String::new() };
        let Some(node) = open.plan.outline.get(ix) else { return String::new() };
        let clause = crate::plan::clause_path(&open.plan.text, &open.plan.outline, ix, "-");
        let words = node_words(&open.plan, node, 40);
        if node.number.is_empty() || clause.is_empty() { words } else { format!("{clause} {words}") }
    }
}

/// The heading of a node, or the first `limit` chars of its body.
pub fn node_words(plan: &Plan, node: &Node, limit: usize) -> String {
    let words =
        if node.heading.is_empty() { node.body.read(&plan.text) } else { node.heading.read(&plan.text) };
    let words = words.replace(['\n', '\t'], " ");
    match words.char_indices().nth(limit) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words,
    }
}
