//! Colours, sizes and fonts, in one place. The values are data (assets/themes.ron); nothing else makes colours.

use crate::app;
use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke, TextStyle, Visuals,
    vec2,
};
use serde::{Deserialize, Deserializer};
use std::sync::{Arc, LazyLock};

/// Text of the interface, in points.
pub const UI_SIZE: f32 = 14.0;
/// The smallest text there is, in points.
pub const SMALL_SIZE: f32 = 12.0;
/// Height of a row in a list or tree, in points.
pub const ROW_HEIGHT: f32 = 28.0;
/// Height of a line of reading text, as a multiple of its size.
pub const READING_LEADING: f32 = 1.75;

/// The colours of a theme.
#[derive(Clone, Debug, Deserialize)]
pub struct Palette {
    /// Whether text is lighter than its ground.
    pub dark: bool,
    /// Behind reading text.
    #[serde(deserialize_with = "hex")]
    pub ground: Color32,
    /// Behind panels.
    #[serde(deserialize_with = "hex")]
    pub panel: Color32,
    /// Thin lines.
    #[serde(deserialize_with = "hex")]
    pub line: Color32,
    /// Around fields, boxes and rings that can be used.
    #[serde(deserialize_with = "hex")]
    pub edge: Color32,
    /// Reading text.
    #[serde(deserialize_with = "hex")]
    pub text: Color32,
    /// What is quiet until needed.
    #[serde(deserialize_with = "hex")]
    pub muted: Color32,
    /// Links, focus, the active place.
    #[serde(deserialize_with = "hex")]
    pub accent: Color32,
    /// Errors.
    #[serde(deserialize_with = "hex")]
    pub danger: Color32,
    /// Doubts.
    #[serde(deserialize_with = "hex")]
    pub caution: Color32,
    /// Success.
    #[serde(deserialize_with = "hex")]
    pub good: Color32,
    /// Ground under the pointer.
    #[serde(deserialize_with = "hex")]
    pub hover: Color32,
    /// Ground of the item in focus.
    #[serde(deserialize_with = "hex")]
    pub focus: Color32,
    /// Ground of selected text.
    #[serde(deserialize_with = "hex")]
    pub selection: Color32,
    /// City A.
    #[serde(deserialize_with = "hex")]
    pub side_a: Color32,
    /// City B.
    #[serde(deserialize_with = "hex")]
    pub side_b: Color32,
    /// The 12 hues of tags, readable as text on `ground` and `panel`.
    #[serde(deserialize_with = "hexes")]
    pub hues: [Color32; 12],
}

#[derive(Deserialize)]
struct Palettes {
    light: Palette,
    dark: Palette,
    paper: Palette,
}

#[allow(clippy::disallowed_methods)] // the one place where colours are made
fn color(hex: &str) -> Result<Color32, String> {
    let value = u32::from_str_radix(hex, 16).map_err(|_| format!("{hex}: not a colour"))?;
    let [_, r, g, b] = value.to_be_bytes();
    Ok(Color32::from_rgb(r, g, b))
}

fn hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    color(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

fn hexes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[Color32; 12], D::Error> {
    let hexes = Vec::<String>::deserialize(deserializer)?;
    let colors: Result<Vec<_>, _> = hexes.iter().map(|hex| color(hex)).collect();
    let colors = colors.map_err(serde::de::Error::custom)?;
    colors.try_into().map_err(|_| serde::de::Error::custom("there are 12 hues"))
}

#[allow(clippy::expect_used)] // an asset of the binary, read in a test
static PALETTES: LazyLock<Palettes> = LazyLock::new(|| {
    ron::from_str(include_str!("../../assets/themes.ron")).expect("assets/themes.ron is read in a test")
});

/// The colours of a theme.
pub fn palette(theme: app::Theme) -> &'static Palette {
    match theme {
        app::Theme::Light => &PALETTES.light,
        app::Theme::Dark => &PALETTES.dark,
        app::Theme::Paper => &PALETTES.paper,
    }
}

impl Palette {
    /// The colour of a tag.
    pub fn hue(&self, hue: u8) -> Color32 {
        self.hues[usize::from(hue) % self.hues.len()]
    }

    /// A ground for text, tinted with the colour of a tag.
    pub fn tint(&self, hue: u8) -> Color32 {
        self.ground.lerp_to_gamma(self.hue(hue), if self.dark { 0.28 } else { 0.14 })
    }
}

/// The bold family.
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Regular text of a size in points.
pub fn regular_font(size: f32) -> FontId {
    FontId::proportional(size)
}

/// Bold text of a size in points.
pub fn bold_font(size: f32) -> FontId {
    FontId::new(size, bold())
}

/// The program's own fonts: Noto Sans SC in two weights, first in every family, so that Chinese and Latin
/// share one baseline.
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces: [(&str, &'static [u8]); 2] = [
        ("regular", include_bytes!("../../assets/fonts/NotoSansSC-Regular.otf")),
        ("bold", include_bytes!("../../assets/fonts/NotoSansSC-Bold.otf")),
    ];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.into(), Arc::new(FontData::from_static(bytes)));
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["regular".into()]);
    }
    fonts.families.insert(bold(), vec!["bold".into(), "regular".into()]);
    fonts
}

/// Dresses egui in a theme.
pub fn apply(ctx: &egui::Context, theme: app::Theme) {
    let palette = palette(theme);
    ctx.set_theme(if palette.dark { egui::Theme::Dark } else { egui::Theme::Light });
    ctx.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Heading, bold_font(18.0)),
            (TextStyle::Body, regular_font(UI_SIZE)),
            (TextStyle::Button, regular_font(UI_SIZE)),
            (TextStyle::Small, regular_font(SMALL_SIZE)),
            (TextStyle::Monospace, regular_font(UI_SIZE)),
        ]
        .into();
        style.spacing.item_spacing = vec2(8.0, 6.0);
        style.spacing.button_padding = vec2(8.0, 4.0);
        style.spacing.interact_size = vec2(32.0, 26.0);
        style.spacing.menu_margin = Margin::same(6);
        style.spacing.scroll = egui::style::ScrollStyle::thin();
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.4;
        style.visuals = visuals(palette);
    });
}

fn visuals(palette: &Palette) -> Visuals {
    let mut visuals = if palette.dark { Visuals::dark() } else { Visuals::light() };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(palette.muted);
    visuals.panel_fill = palette.panel;
    visuals.window_fill = palette.ground;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.extreme_bg_color = palette.ground;
    visuals.faint_bg_color = palette.hover;
    visuals.hyperlink_color = palette.accent;
    visuals.warn_fg_color = palette.caution;
    visuals.error_fg_color = palette.danger;
    visuals.selection.bg_fill = palette.selection;
    visuals.selection.stroke = Stroke::new(1.0, palette.text);
    // A blinking cursor repaints for ever; a still one costs nothing.
    visuals.text_cursor.blink = false;
    let radius = CornerRadius::same(4);
    let widgets = &mut visuals.widgets;
    let states = [
        (&mut widgets.noninteractive, palette.panel, palette.line, palette.text),
        (&mut widgets.inactive, palette.ground, palette.edge, palette.text),
        (&mut widgets.hovered, palette.hover, palette.muted, palette.text),
        (&mut widgets.active, palette.focus, palette.accent, palette.text),
        (&mut widgets.open, palette.focus, palette.line, palette.text),
    ];
    for (widget, fill, line, text) in states {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, line);
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
    // Rails must be seen on the ground they lie on.
    visuals.widgets.inactive.bg_fill = palette.ground.lerp_to_gamma(palette.muted, 0.3);
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of WCAG 2.2.
    fn luminance(color: Color32) -> f32 {
        let channel = |c: u8| {
            let c = f32::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_is_readable_in_every_theme() {
        for theme in [app::Theme::Light, app::Theme::Dark, app::Theme::Paper] {
            let p = palette(theme);
            let grounds = [("ground", p.ground), ("panel", p.panel), ("hover", p.hover), ("focus", p.focus)];
            let named = [
                ("text", p.text),
                ("muted", p.muted),
                ("accent", p.accent),
                ("danger", p.danger),
                ("caution", p.caution),
                ("good", p.good),
                ("A", p.side_a),
                ("B", p.side_b),
            ];
            for (ground, ground_color) in grounds {
                for (text, text_color) in named {
                    let ratio = contrast(text_color, ground_color);
                    assert!(ratio >= 4.5, "{theme:?}: {text} on {ground} is {ratio:.2}");
                }
            }
            for hue in 0..12 {
                assert!(contrast(p.hue(hue), p.ground) >= 4.5, "{theme:?}: hue {hue} on ground");
                assert!(contrast(p.hue(hue), p.panel) >= 4.5, "{theme:?}: hue {hue} on panel");
                assert!(contrast(p.text, p.tint(hue)) >= 4.5, "{theme:?}: text on tint {hue}");
            }
            assert!(contrast(p.text, p.selection) >= 4.5, "{theme:?}: text on selection");
            for (ground, color) in [("ground", p.ground), ("panel", p.panel)] {
                assert!(contrast(p.edge, color) >= 3.0, "{theme:?}: edge on {ground}");
                assert!(contrast(p.accent, color) >= 3.0, "{theme:?}: ring of the focus on {ground}");
            }
        }
    }
}
