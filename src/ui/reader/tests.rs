//! Every block of every sample plan as it is planned and as it is laid out: both must agree, and no row may begin or
//! end with the wrong mark.

use super::blocks::{Block, blocks};
use super::breaking::Widths;
use super::chips::ChipKind;
use super::column::Column;
use super::draft::{Drafter, Measures};
use super::shown::{Look, Shown};
use super::typeset::typeset;
use crate::app::{App, Command, Language, OpenPlan, Places, Reading};
use crate::plan::NodeIx;
use crate::ui::cx::Cx;
use crate::ui::{Strings, theme};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// The sample project with all its plans read.
fn samples(home: &std::path::Path) -> App {
    let places = Places { config: home.join("config"), data: home.join("data") };
    let mut app = App::new(places, Arc::new(|| {}));
    let wait = |app: &mut App| {
        while app.is_busy() || app.project.is_none() {
            app.poll();
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    app.run(Command::OpenSample);
    wait(&mut app);
    for id in app.library_order().to_vec() {
        app.run(Command::OpenPlan(id));
        wait(&mut app);
    }
    app
}

/// Rows of a galley, as they are read from the screen.
fn check(ui: &egui::Ui, cx: &Cx<'_>, open: &OpenPlan, m: Measures) {
    let mut widths = Widths::default();
    widths.learn(ui, open.plan.text.as_str());
    let drafter =
        Drafter { cx, plan: &open.plan, marks: &open.marks, m, widths: &widths, is_divided: &|_| false };
    for block in blocks(&open.plan, false, &BTreeMap::new()) {
        let Block::Node(_) = block else { continue };
        let draft = drafter.draft(block);
        let planned = draft.words.clone();
        let set = typeset(ui, cx.palette, &open.plan.text, &m, draft, None);
        let (Some(planned), Some(words)) = (planned, &set.words) else { continue };
        let rows = words.rows();
        assert_eq!(rows.len(), planned.heights.len(), "as many rows as planned: {rows:?}");
        let height: f32 = planned.heights.iter().sum();
        assert!((words.height() - height).abs() < 0.6, "as high as planned: {} {height}", words.height());
        assert!(words.width() <= m.text + m.size, "no wider than the column: {}", words.width());
        for pair in rows.windows(2) {
            let (Some(last), Some(first)) = (pair[0].trim_end().chars().last(), pair[1].chars().next())
            else {
                continue;
            };
            assert!(!"“‘《（(【〔—".contains(last), "ends with an opening mark: {pair:?}");
            assert!(!"·，。、；：！？”’》）)】〕％%".contains(first), "begins with a closing mark: {pair:?}");
        }
    }
}

#[test]
fn what_is_laid_out_is_what_was_planned() {
    let home = tempfile::tempdir().unwrap();
    let app = samples(home.path());
    let ctx = egui::Context::default();
    ctx.set_fonts(theme::fonts());
    let strings = Strings::new(app.language());
    let mut seen = 0;
    let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
        let cx = Cx::new(&app, &strings, theme::palette(app.settings.theme));
        for &id in app.library_order() {
            let Some(open) = app.plan(id) else { continue };
            for (size, text) in [(13.0, 300.0), (17.0, 714.0), (28.0, 640.0)] {
                let m = Measures { size, leading: 1.75, numbers: 60.0, text, pixels: ui.pixels_per_point() };
                check(ui, &cx, open, m);
                seen += 1;
            }
        }
    });
    output.textures_delta.clear();
    assert!(seen >= 15, "{seen}");
}

/// Every glyph is drawn before it is scrolled to: the toolkit's picture of all glyphs grows while the window is still.
#[test]
fn scrolling_meets_no_glyph_that_makes_the_picture_grow() {
    let home = tempfile::tempdir().unwrap();
    let app = samples(home.path());
    let length = |id| app.plan(id).map_or(0, |open| open.plan.text.len());
    let id = app.library_order().iter().copied().max_by_key(|&id| length(id)).unwrap();
    let ctx = egui::Context::default();
    ctx.set_fonts(theme::fonts());
    let strings = Strings::new(app.language());
    let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(900.0, 300.0));
    let mut column = Column::default();
    let mut frame = |top: Option<NodeIx>| {
        let input = egui::RawInput { screen_rect: Some(screen), ..Default::default() };
        let mut output = ctx.run_ui(input, |ui| {
            let cx = Cx::new(&app, &strings, theme::palette(app.settings.theme));
            if let Some(node) = top {
                column.put_at_top(node);
            }
            column.show_ui(ui, &cx, "test", id);
        });
        output.textures_delta.clear();
        output.viewport_output.values().all(|output| output.repaint_delay > Duration::from_secs(1))
    };
    let picture = || ctx.fonts(|fonts| fonts.image().size);
    let at_first = (frame(None), picture()).1;
    assert!((0..3000).any(|_| frame(None)), "never still");
    let still = picture();
    assert_ne!(at_first, still, "nothing was drawn ahead");
    let nodes = app.plan(id).unwrap().plan.outline.nodes.len() as u32;
    for node in 0..nodes {
        frame(Some(NodeIx(node)));
        assert_eq!(picture(), still, "node {node}");
    }
}

/// The ground of a chip fits its name: no name is cut while the column has room, none stands out of its ground.
#[test]
fn chips_are_as_wide_as_their_names() {
    for language in [Language::English, Language::Chinese] {
        let home = tempfile::tempdir().unwrap();
        let mut app = samples(home.path());
        app.run(Command::SetLanguage(Some(language)));
        let plan = app.library_order()[0];
        let tags: Vec<_> =
            app.project.as_ref().unwrap().codebook.tags.iter().map(|tag| tag.id.clone()).collect();
        for tag in &tags {
            app.run(Command::ToggleTag(plan, NodeIx(1), tag.clone()));
        }
        let note = "A note in Latin script that goes on for longer than any chip should be, ÄÖÜ".to_owned();
        app.run(Command::SetNote(plan, NodeIx(1), note));
        let ctx = egui::Context::default();
        ctx.set_fonts(theme::fonts());
        let strings = Strings::new(app.language());
        ctx.run_ui(egui::RawInput::default(), |ui| {
            let cx = Cx::new(&app, &strings, theme::palette(app.settings.theme));
            let open = app.plan(plan).unwrap();
            for width in [1000.0, 330.0] {
                let look = Look::new(ui, &cx, 3.0, width);
                let mut shown = Shown::new(ui, open, &Reading::default(), (false, 3.0, look), None);
                let right = shown.look.measures.numbers + shown.look.measures.text;
                let set = shown.typeset(ui, &cx, open, Block::Node(NodeIx(1)));
                let multiple =
                    set.draft.chips.iter().filter(|chip| matches!(chip.kind, ChipKind::Tag(_))).count();
                assert!(multiple > 20, "{multiple}");
                for chip in &set.draft.chips {
                    let drawn = ui.fonts_mut(|fonts| {
                        let font = theme::regular_font(super::chips::CHIP_SIZE);
                        fonts.layout_no_wrap(chip.name.clone(), font, cx.palette.text).size().x
                    });
                    let room = chip.rect.width() - chip.kind.before() - 8.0;
                    // Pairs of Latin letters stand closer than their widths say.
                    assert!(
                        (-0.5..3.0).contains(&(room - drawn)),
                        "{}: drawn {drawn}, room {room}",
                        chip.name
                    );
                    assert!(chip.rect.max.x <= right + 0.5, "{} leaves the column", chip.name);
                    let is_cut = chip.name.ends_with('…');
                    let fills = chip.rect.width() > shown.look.measures.text - 20.0;
                    assert!(
                        !is_cut || chip.kind == ChipKind::Note || fills,
                        "{} is cut without need",
                        chip.name
                    );
                }
            }
        })
        .textures_delta
        .clear();
    }
}
