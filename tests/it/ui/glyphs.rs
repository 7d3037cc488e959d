//! Every character that people will read has a glyph in both weights.

use duizhao::annotation::Codebook;
use duizhao::app::Language;
use duizhao::project::SAMPLES;
use duizhao::ui::{all_text_ids, fonts};
use egui::{FontFamily, FontId};
use std::collections::BTreeSet;
use std::path::Path;

/// The characters of the real plans, where they lie beside the repository.
fn real_plans() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/plans");
    let Ok(entries) = std::fs::read_dir(folder) else { return String::new() };
    entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
}

#[test]
fn every_character_of_plans_codebook_and_interface_has_a_glyph() {
    let mut all: String = SAMPLES.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    all.push_str(&real_plans());
    for tag in &Codebook::built_in().tags {
        all.extend([&tag.zh, &tag.en, &tag.definition_zh, &tag.definition_en].map(String::as_str));
    }
    all.push_str(include_str!("../../../assets/indicators.ron"));
    for language in [Language::Chinese, Language::English] {
        all.extend(all_text_ids(language).into_iter().map(|(_, words)| words));
    }
    let characters: BTreeSet<char> = all.chars().filter(|c| !c.is_control()).collect();
    assert!(characters.len() > 1000, "the texts were found");

    let ctx = egui::Context::default();
    ctx.set_fonts(fonts());
    let mut missing = Vec::new();
    let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
        for family in [FontFamily::Proportional, FontFamily::Name("bold".into())] {
            let font = FontId::new(16.0, family.clone());
            let lacks = |c: &&char| ui.fonts_mut(|fonts| !fonts.has_glyph(&font, **c));
            missing.extend(
                characters.iter().filter(lacks).map(|c| format!("{family:?}: {c} U+{:04X}", *c as u32)),
            );
        }
    });
    output.textures_delta.clear();
    assert!(missing.is_empty(), "{missing:?}");
}
