//! Choosing files: the system's dialog on a thread of its own, and always a typed path as well (many systems
//! have no dialog to offer).

use super::coders::table_words;
use super::cx::{Cx, t};
use crate::app::{CodebookCommand, CodersCommand, Command, SearchCommand};
use egui::{Context, Id, Key, TextEdit, Ui};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

/// A dialog that answers sooner than this was never shown.
const NEVER_SHOWN: Duration = Duration::from_millis(250);

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Plans to import.
    Files,
    /// A folder of plans to import.
    Folder,
    /// A project to open.
    Project,
    /// An empty folder for a new project.
    NewProject,
    /// A codebook file to bring in.
    CodebookIn,
    /// A REFI-QDA file to write the codebook to.
    QdcOut,
    /// A RON file to write the codebook to.
    RonOut,
    /// A colleague's project folder.
    ColleagueFolder,
    /// A colleague's file.
    ColleagueFile,
    /// A table to write the agreement of coders to.
    AgreementOut,
    /// A table to write the hits of the search to.
    HitsOut,
}

impl Ask {
    fn command(self, cx: &Cx<'_>, paths: Vec<PathBuf>) -> Option<Command> {
        match self {
            Self::Files | Self::Folder => Some(Command::Import(paths)),
            Self::Project => paths.into_iter().next().map(Command::OpenProject),
            Self::NewProject => paths.into_iter().next().map(Command::NewProject),
            Self::CodebookIn => {
                paths.into_iter().next().map(|path| Command::Codebook(CodebookCommand::Import(path)))
            }
            Self::ColleagueFolder | Self::ColleagueFile => {
                paths.into_iter().next().map(|path| Command::Coders(CodersCommand::Bring(path)))
            }
            Self::AgreementOut => paths
                .into_iter()
                .next()
                .map(|path| Command::Coders(CodersCommand::ExportAgreement(path, Box::new(table_words(cx))))),
            Self::HitsOut => {
                paths.into_iter().next().map(|path| Command::Search(SearchCommand::Export(path)))
            }
            Self::QdcOut | Self::RonOut => {
                paths.into_iter().next().map(|path| Command::Codebook(CodebookCommand::Export(path)))
            }
        }
    }
}

/// What was chosen; nothing where the dialog was closed.
type Answer = Option<Vec<PathBuf>>;

/// Open questions to the person.
#[derive(Default)]
pub struct Dialogs {
    waiting: Option<(Ask, Instant, Receiver<Answer>)>,
    /// The typed path, while it is asked for.
    typed: Option<(Ask, String)>,
    wants_focus: bool,
}

impl Dialogs {
    /// Asks with the system's dialog.
    pub fn ask(&mut self, ctx: &Context, ask: Ask) {
        let (sender, receiver) = channel();
        let ctx = ctx.clone();
        let spawned = std::thread::Builder::new().name("file dialog".into()).spawn(move || {
            let dialog = rfd::FileDialog::new();
            let chosen = match ask {
                Ask::Files => dialog.pick_files(),
                Ask::Folder | Ask::Project | Ask::NewProject => {
                    dialog.pick_folder().map(|folder| vec![folder])
                }
                Ask::CodebookIn => {
                    dialog.add_filter("codebook", &["qdc", "ron"]).pick_file().map(|file| vec![file])
                }
                Ask::ColleagueFolder => dialog.pick_folder().map(|folder| vec![folder]),
                Ask::ColleagueFile => {
                    dialog.add_filter("project", &["zip", "ron"]).pick_file().map(|file| vec![file])
                }
                Ask::AgreementOut => save_table(dialog, "agreement"),
                Ask::HitsOut => save_table(dialog, "search"),
                Ask::QdcOut => dialog.set_file_name("codebook.qdc").save_file().map(|file| vec![file]),
                Ask::RonOut => dialog.set_file_name("codebook.ron").save_file().map(|file| vec![file]),
            };
            // The window may be gone by now.
            let _ = sender.send(chosen);
            ctx.request_repaint();
        });
        match spawned {
            Ok(_) => self.waiting = Some((ask, Instant::now(), receiver)),
            Err(_) => self.ask_typed(ask),
        }
    }

    /// Asks for a typed path.
    pub fn ask_typed(&mut self, ask: Ask) {
        self.typed = Some((ask, String::new()));
        self.wants_focus = true;
    }

    /// Takes in the answer of the system's dialog.
    pub fn poll(&mut self, cx: &Cx<'_>) {
        let Some((ask, since, receiver)) = &self.waiting else { return };
        let (ask, quick) = (*ask, since.elapsed() < NEVER_SHOWN);
        match receiver.try_recv() {
            Ok(Some(paths)) => {
                if let Some(command) = ask.command(cx, paths) {
                    cx.send(command);
                }
                self.waiting = None;
            }
            // An answer at once means that there is no dialog on this system: ask for a typed path.
            Ok(None) | Err(TryRecvError::Disconnected) => {
                self.waiting = None;
                if quick {
                    self.ask_typed(ask);
                }
            }
            Err(TryRecvError::Empty) => {}
        }
    }

    /// Shows the field for a typed path, while one is asked for.
    pub fn typed_ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let Some((ask, path)) = &mut self.typed else { return };
        let ask = *ask;
        let (mut done, mut cancelled) = (false, false);
        ui.horizontal(|ui| {
            let label = ui.label(match ask {
                Ask::Files | Ask::Folder => t!(cx, "type-path-import"),
                Ask::Project => t!(cx, "type-path-project"),
                Ask::NewProject => t!(cx, "type-path-new"),
                Ask::CodebookIn => t!(cx, "type-path-codebook-in"),
                Ask::QdcOut | Ask::RonOut => t!(cx, "type-path-codebook-out"),
                Ask::ColleagueFolder | Ask::ColleagueFile => t!(cx, "type-path-colleague"),
                Ask::AgreementOut => t!(cx, "type-path-agreement"),
                Ask::HitsOut => t!(cx, "type-path-hits"),
            });
            let field = TextEdit::singleline(path).id(Id::unique("typed-path")).desired_width(420.0);
            let field = ui.add(field.hint_text(t!(cx, "path-hint"))).labelled_by(label.id);
            if std::mem::take(&mut self.wants_focus) {
                field.request_focus();
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            done = ui.button(t!(cx, "ok")).clicked() || entered;
            cancelled =
                ui.button(t!(cx, "cancel")).clicked() || ui.input(|input| input.key_pressed(Key::Escape));
        });
        let path = path.trim().trim_matches('"').to_owned();
        if done && !path.is_empty() {
            if let Some(command) = ask.command(cx, vec![PathBuf::from(path)]) {
                cx.send(command);
            }
            self.typed = None;
        } else if cancelled {
            self.typed = None;
        }
    }
}

/// Asks where to write a table; the ending of the name is its form.
fn save_table(dialog: rfd::FileDialog, name: &str) -> Answer {
    let dialog = dialog.add_filter("csv, xlsx, md", &["csv", "xlsx", "md"]);
    dialog.set_file_name(format!("{name}.csv")).save_file().map(|file| vec![file])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{App, Language, Places, Theme};
    use crate::ui::{Strings, theme};
    use std::sync::Arc;

    /// What the answer of a dialog, begun so long ago, leads to.
    fn check(ask: Ask, answer: Answer, age: Duration, expect: Option<Command>, asks_typed: bool) {
        let home = tempfile::tempdir().unwrap();
        let places = Places { config: home.path().into(), data: home.path().into() };
        let app = App::new(places, Arc::new(|| {}));
        let strings = Strings::new(Language::Chinese);
        let cx = Cx::new(&app, &strings, theme::palette(Theme::Light));
        let (sender, receiver) = channel();
        sender.send(answer).unwrap();
        let since = Instant::now().checked_sub(age).unwrap();
        let mut dialogs = Dialogs { waiting: Some((ask, since, receiver)), ..Dialogs::default() };
        dialogs.poll(&cx);
        assert!(dialogs.waiting.is_none());
        assert_eq!(dialogs.typed.is_some(), asks_typed);
        assert_eq!(cx.into_commands(), expect.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn what_a_dialog_answers_is_done() {
        let bring = |path: &str| Some(Command::Coders(CodersCommand::Bring(path.into())));
        let long = NEVER_SHOWN * 4;
        check(Ask::ColleagueFolder, Some(vec!["乙".into()]), long, bring("乙"), false);
        check(Ask::ColleagueFile, Some(vec!["乙.zip".into()]), long, bring("乙.zip"), false);
        check(
            Ask::Files,
            Some(vec!["a.txt".into()]),
            long,
            Some(Command::Import(vec!["a.txt".into()])),
            false,
        );
        check(Ask::ColleagueFile, None, long, None, false);
        // No dialog on this system: the answer came before one could be shown.
        check(Ask::ColleagueFile, None, Duration::ZERO, None, true);
    }
}
