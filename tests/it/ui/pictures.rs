//! A few pictures of the whole window, compared with the committed ones (tests/pictures). They need a GL or Vulkan
//! driver (Debian: libegl1 libgl1 mesa-vulkan-drivers). `UPDATE_SNAPSHOTS=1 cargo test pictures` makes them anew.

use super::{Desk, Setup};
use duizhao::app::{Command, Language, Theme};
use egui_kittest::SnapshotOptions;

fn picture(name: &str, setup: &Setup, prepare: impl FnOnce(&mut Desk)) {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::open_with(home.path(), setup);
    prepare(&mut desk);
    desk.settle();
    desk.saved();
    desk.settle();
    let options = SnapshotOptions::new().output_path("tests/pictures").threshold(1.0).max_failed_pixels(400);
    desk.harness.snapshot_options(name, &options);
}

#[test]
fn reading_in_the_light() {
    picture("read-light-zh", &Setup::default(), |desk| {
        desk.click_containing("厦门 2017 ");
        desk.click_containing("(二)-1");
    });
}

#[test]
fn comparing_in_the_dark() {
    let setup = Setup { theme: Theme::Dark, language: Language::English, size: [1280.0, 720.0] };
    picture("compare-dark-en", &setup, |desk| desk.click("Compare"));
}

#[test]
fn a_small_window_on_paper() {
    let setup = Setup { theme: Theme::Paper, size: [1024.0, 640.0], ..Setup::default() };
    picture("small-paper-zh", &setup, |desk| {
        desk.click_containing("大连 2017");
        desk.app_mut().run(Command::ShowFurniture(true));
    });
}
