//! A font of the system for characters that the program's own font lacks: traditional forms, rare names.
//!
//! Nothing is looked for until a text holds such a character. Then files in the usual folders are looked at, those that
//! are known to hold most Chinese characters first, and the first that has it is taken for all that comes after. It is
//! kept for the session (a few MB to 20 MB), which is why it is never loaded without need.

use super::theme::bold;
use egui::epaint::text::{FallbackRequest, FontInsert, FontPriority, FontProvider, InsertFontFamily};
use egui::{FontData, FontFamily};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Names of font files that hold Chinese, the best first; lower case, without blanks, `-` and `_`.
const KNOWN: [&str; 24] = [
    "notosanscjk",
    "sourcehansans",
    "notosanstc",
    "notosanssc",
    "pingfang",
    "msyh",
    "msjh",
    "hiraginosansgb",
    "stheiti",
    "deng",
    "simhei",
    "simsun",
    "mingliu",
    "songti",
    "wqyzenhei",
    "wqymicrohei",
    "droidsansfallback",
    "notoserifcjk",
    "sourcehanserif",
    "uming",
    "ukai",
    "hanamin",
    "fandol",
    "unifont",
];
/// Fonts that are looked into in one session: each is read whole.
const MOST_LOOKED_INTO: usize = 8;
/// Files that are passed in the folders of fonts.
const MOST_FILES: usize = 20_000;
/// Larger than any font there is, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// Finds fonts among those of the system.
pub struct SystemFonts {
    folders: Vec<PathBuf>,
    /// The files not looked into yet, the best last; `None` until the folders were looked through.
    candidates: Mutex<Option<Vec<PathBuf>>>,
}

impl SystemFonts {
    /// The fonts in the usual folders of this system.
    pub fn of_this_system() -> Self {
        let from =
            |variable: &str, below: &str| std::env::var_os(variable).map(|dir| Path::new(&dir).join(below));
        let fixed = ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"];
        let of_person = [
            from("HOME", ".local/share/fonts"),
            from("HOME", ".fonts"),
            from("HOME", "Library/Fonts"),
            from("WINDIR", "Fonts"),
            from("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
        ];
        Self::among(fixed.iter().map(PathBuf::from).chain(of_person.into_iter().flatten()).collect())
    }

    /// The fonts in these folders.
    fn among(folders: Vec<PathBuf>) -> Self {
        Self { folders, candidates: Mutex::new(None) }
    }

    /// The first font that has a character: its name, bytes and face.
    fn find(&self, wanted: char) -> Option<(String, Vec<u8>, u32)> {
        let mut candidates = self.candidates.lock().unwrap_or_else(PoisonError::into_inner);
        let candidates = candidates.get_or_insert_with(|| candidates_in(&self.folders));
        while let Some(path) = candidates.pop() {
            let Ok(bytes) = std::fs::read(&path) else { continue };
            if let Some(face) = face_with(&bytes, wanted) {
                return Some((format!("system:{}", path.display()), bytes, face));
            }
        }
        None
    }
}

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let wanted = request.cluster.chars().next().filter(|c| is_worth_a_font(*c))?;
        let (name, bytes, index) = self.find(wanted)?;
        let data = FontData { index, ..FontData::from_owned(bytes) };
        let families = [FontFamily::Proportional, FontFamily::Monospace, bold()];
        let insert = |family| InsertFontFamily { family, priority: FontPriority::Lowest };
        Some(FontInsert { name, data, families: families.into_iter().map(insert).collect() })
    }
}

/// Whether a character is one that people write: not a control, of private use, or a blank.
fn is_worth_a_font(c: char) -> bool {
    let private = matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..);
    !private && !c.is_control() && !c.is_whitespace()
}

/// Font files below the folders that are worth looking into, the best last.
fn candidates_in(folders: &[PathBuf]) -> Vec<PathBuf> {
    let (mut found, mut seen) = (Vec::new(), 0);
    let mut todo: Vec<(PathBuf, u8)> = folders.iter().map(|folder| (folder.clone(), 0)).collect();
    while let Some((folder, depth)) = todo.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            seen += 1;
            let path = entry.path();
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && depth < 5 {
                todo.push((path, depth + 1));
            } else if let Some(rank) = rank_of(&path)
                && entry.metadata().is_ok_and(|metadata| metadata.len() <= MOST_BYTES)
            {
                found.push((rank, path));
            }
        }
        if seen > MOST_FILES {
            break;
        }
    }
    found.sort();
    found.truncate(MOST_LOOKED_INTO);
    found.into_iter().rev().map(|(_, path)| path).collect()
}

/// How well a font suits, by its name, the lower the better: upright and regular before bold and thin. `None` where it
/// is not known to hold Chinese.
fn rank_of(path: &Path) -> Option<(usize, bool)> {
    let extension = path.extension()?.to_str()?.to_lowercase();
    if !matches!(extension.as_str(), "ttf" | "ttc" | "otf" | "otc") {
        return None;
    }
    let name = path.file_stem()?.to_str()?.to_lowercase().replace(['-', '_', ' '], "");
    let rank = KNOWN.iter().position(|known| name.starts_with(known))?;
    let odd = ["bold", "light", "thin", "black", "medium", "heavy", "bd", "mono"];
    Some((rank, odd.iter().any(|odd| name.contains(odd))))
}

/// The face of a font file that has a character: the simplified Chinese one where there are several.
fn face_with(bytes: &[u8], wanted: char) -> Option<u32> {
    let faces = (0..16).map_while(|index| Some((index, FontRef::from_index(bytes, index).ok()?)));
    let with: Vec<(u32, FontRef<'_>)> =
        faces.filter(|(_, face)| face.charmap().map(wanted).is_some()).collect();
    let is_simplified = |face: &FontRef<'_>| {
        let name = face.localized_strings(StringId::FAMILY_NAME).english_or_first();
        name.is_some_and(|name| name.to_string().contains(" SC"))
    };
    let best = with.iter().find(|(_, face)| is_simplified(face)).or(with.first());
    best.map(|(index, _)| *index)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-Regular.otf");

    #[test]
    fn fonts_that_hold_chinese_are_known_by_name_the_regular_ones_first() {
        let mut names = [
            "DejaVuSans.ttf",
            "NotoSansCJK-Bold.ttc",
            "NotoSansCJK-Regular.ttc",
            "msyhbd.ttc",
            "msyh.ttc",
            "wqy-zenhei.ttc",
            "simsun.ttc",
            "notes.txt",
        ];
        names.sort_by_key(|name| (rank_of(Path::new(name)).is_none(), rank_of(Path::new(name))));
        let known = names.iter().filter(|name| rank_of(Path::new(name)).is_some());
        assert_eq!(
            known.copied().collect::<Vec<_>>(),
            [
                "NotoSansCJK-Regular.ttc",
                "NotoSansCJK-Bold.ttc",
                "msyh.ttc",
                "msyhbd.ttc",
                "simsun.ttc",
                "wqy-zenhei.ttc"
            ]
        );
    }

    #[test]
    fn a_font_is_found_for_a_character_it_has_and_bad_files_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("opentype/noto");
        std::fs::create_dir_all(&inside).unwrap();
        std::fs::write(inside.join("NotoSansCJK-Regular.ttc"), b"no font at all").unwrap();
        std::fs::write(inside.join("msyh.ttc"), OWN).unwrap();
        std::fs::write(inside.join("DejaVuSans.ttf"), OWN).unwrap();
        let fonts = SystemFonts::among(vec![folder.path().join("nowhere"), folder.path().to_owned()]);
        let (name, bytes, face) = fonts.find('计').unwrap();
        assert!(name.ends_with("msyh.ttc"), "{name}");
        assert_eq!((bytes.len(), face), (OWN.len(), 0));
        assert!(fonts.find('计').is_none(), "each is looked into once; the window has it by now");
    }

    #[test]
    fn no_font_is_read_for_what_nobody_writes() {
        let fonts = SystemFonts::among(Vec::new());
        for c in ['\u{E000}', '\u{3000}', '\u{7}', '\u{F0000}'] {
            assert!(!is_worth_a_font(c));
            let cluster = c.to_string();
            let request = FallbackRequest { cluster: &cluster, family: &FontFamily::Proportional };
            assert!(fonts.font_for(&request).is_none());
        }
        assert!(fonts.candidates.lock().unwrap().is_none(), "not even the folders were looked through");
        assert!(['體', '龘', '𠮷', '…'].into_iter().all(is_worth_a_font));
    }
}
