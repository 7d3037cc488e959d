//! Automatic numbers: numbering.xml says how each level counts and prints, and the paragraphs of a document say
//! which level they are on; here the numbers come out as Word prints them (ECMA-376 part 1, 17.9).

use crate::import::ImportError;
use crate::import::numerals::NumeralStyle;
use crate::import::xml::{self, Piece, Tag};
use crate::text::is_han;
use std::collections::{HashMap, HashSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// Which list a paragraph is in, as far as its own properties or its style say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ListRef {
    /// The list; 0 takes a paragraph out of the list of its style.
    pub(super) num_id: Option<u32>,
    /// The level, from 0.
    pub(super) level: Option<usize>,
}

/// How a level counts and prints.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    style: NumeralStyle,
    is_bullet: bool,
    /// `第%1章`, `%1.%2`
    template: String,
    /// All numbers of the template in 1 2 3 (第一章, but 1.1).
    all_decimal: bool,
    /// After which level, from 1, it begins anew; 0 for never, `None` for any higher one.
    restart: Option<u32>,
    gap: Gap,
    /// The style whose paragraphs are on this level.
    paragraph_style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            style: NumeralStyle::Decimal,
            is_bullet: false,
            template: String::new(),
            all_decimal: false,
            restart: None,
            gap: Gap::Tab,
            paragraph_style: None,
        }
    }
}

/// What stands between number and words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    Tab,
    Blank,
    None,
}

/// A list's definition.
#[derive(Clone, Debug, Default)]
struct Scheme {
    levels: HashMap<usize, Level>,
    /// The scheme is defined under this style's name elsewhere.
    link: Option<String>,
    /// The name under which other schemes refer to this one.
    linked_as: Option<String>,
}

/// A list: a scheme, with what this list changes in it.
#[derive(Clone, Debug, Default)]
struct List {
    scheme: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// All lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    schemes: HashMap<u32, Scheme>,
    lists: HashMap<u32, List>,
    /// Lists of one scheme count on together.
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<(u32, usize)>,
}

impl Numbering {
    /// Reads numbering.xml; a document may have none.
    pub(super) fn read(part: Option<&str>) -> Result<Self, ImportError> {
        let mut reading = Reading::default();
        if let Some(part) = part {
            xml::walk(part, |piece| {
                match piece {
                    Piece::Open(tag) => reading.open(&tag),
                    Piece::Close(name) => reading.close(name),
                    Piece::Words(_) => {}
                }
                Ok(())
            })?;
        }
        Ok(reading.numbering)
    }

    /// The number of the next paragraph in a list, with the blank that parts it from `words`; empty for
    /// paragraphs without number. `style` is the paragraph's, which may decide the level.
    pub(super) fn next(&mut self, list: ListRef, style: Option<&str>, words: &str) -> String {
        let Some(num_id) = list.num_id.filter(|id| *id != 0) else { return String::new() };
        let Some(list_def) = self.lists.get(&num_id).cloned() else { return String::new() };
        let scheme_id = self.resolve(list_def.scheme);
        let level_of = |at: usize| -> Option<Level> {
            list_def.levels.get(&at).or_else(|| self.schemes.get(&scheme_id)?.levels.get(&at)).cloned()
        };
        let by_style = || {
            (0..LEVELS).find(|at| {
                style.is_some() && level_of(*at).is_some_and(|l| l.paragraph_style.as_deref() == style)
            })
        };
        let at = list.level.or_else(by_style).unwrap_or(0).min(LEVELS - 1);
        let Some(level) = level_of(at) else { return String::new() };
        let levels: Vec<Level> = (0..LEVELS).map(|at| level_of(at).unwrap_or_default()).collect();

        let counts = self.counts.entry(scheme_id).or_default();
        let fresh_start = list_def.starts.get(&at).filter(|_| self.begun.insert((num_id, at)));
        counts[at] = Some(match (fresh_start, counts[at]) {
            (Some(start), _) => *start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => level.start,
        });
        for above in 0..at {
            counts[above].get_or_insert(levels[above].start);
        }
        for below in at + 1..LEVELS {
            if levels[below].restart.is_none_or(|after| at < after as usize) {
                counts[below] = None;
            }
        }
        let printed = level.print(counts, &levels);
        let gap = level.gap_before(&printed, words);
        printed + gap
    }

    /// The scheme that a scheme stands for.
    fn resolve(&self, scheme: u32) -> u32 {
        let link = self.schemes.get(&scheme).and_then(|s| s.link.as_ref());
        let linked =
            link.and_then(|name| self.schemes.iter().find(|(_, s)| s.linked_as.as_ref() == Some(name)));
        linked.map_or(scheme, |(id, _)| *id)
    }
}

impl Level {
    /// The template with the numbers of all levels put in.
    fn print(&self, counts: &[Option<u32>; LEVELS], levels: &[Level]) -> String {
        if self.is_bullet {
            // `——` and `•` are printed alike, but only dashes mean something in plans.
            let is_dash = !self.template.is_empty() && self.template.chars().all(|c| "—–―-－".contains(c));
            return if is_dash { self.template.clone() } else { String::new() };
        }
        let mut printed = String::new();
        let mut signs = self.template.chars().peekable();
        while let Some(sign) = signs.next() {
            let place =
                signs.peek().and_then(|c| c.to_digit(10)).filter(|d| sign == '%' && (1..=9).contains(d));
            let Some(place) = place else {
                printed.push(sign);
                continue;
            };
            signs.next();
            let place = place as usize - 1;
            let style = if self.all_decimal { NumeralStyle::Decimal } else { levels[place].style };
            printed.push_str(&style.print(counts[place].unwrap_or(levels[place].start)));
        }
        printed
    }

    /// A tab after `一、` or `（一）` shows as no more than the sign's own width; after `第一章`, or between
    /// `1.` and a digit, a blank must part number and words.
    fn gap_before(&self, printed: &str, words: &str) -> &'static str {
        let (Some(last), Some(first)) = (printed.chars().next_back(), words.trim_start().chars().next())
        else {
            return "";
        };
        match self.gap {
            Gap::Blank => " ",
            Gap::Tab
                if is_han(last) || last.is_ascii_alphanumeric() || (last.is_ascii() && first.is_ascii()) =>
            {
                " "
            }
            Gap::Tab | Gap::None => "",
        }
    }
}

/// numbering.xml, half read.
#[derive(Default)]
struct Reading {
    numbering: Numbering,
    scheme: Option<(u32, Scheme)>,
    list: Option<(u32, List)>,
    level: Option<(usize, Level)>,
    overridden: usize,
}

impl Reading {
    fn open(&mut self, tag: &Tag) {
        let id = |name: &str| tag.attribute(name).and_then(|id| id.trim().parse::<u32>().ok());
        match tag.name {
            "abstractNum" => self.scheme = id("abstractNumId").map(|id| (id, Scheme::default())),
            "num" => self.list = id("numId").map(|id| (id, List::default())),
            "lvlOverride" => self.overridden = id("ilvl").unwrap_or(0) as usize,
            "lvl" => self.level = Some((id("ilvl").unwrap_or(0) as usize, Level::default())),
            _ => {}
        }
        if let Some((_, level)) = &mut self.level {
            level.take(tag);
        } else if let Some((_, scheme)) = &mut self.scheme {
            match tag.name {
                "numStyleLink" => scheme.link = tag.val(),
                "styleLink" => scheme.linked_as = tag.val(),
                _ => {}
            }
        } else if let Some((_, list)) = &mut self.list {
            match tag.name {
                "abstractNumId" => list.scheme = tag.number().unwrap_or_default(),
                "startOverride" => _ = list.starts.insert(self.overridden, tag.number().unwrap_or(1)),
                _ => {}
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "lvl" => {
                let Some((at, level)) = self.level.take() else { return };
                if let Some((_, scheme)) = &mut self.scheme {
                    scheme.levels.insert(at, level);
                } else if let Some((_, list)) = &mut self.list {
                    list.levels.insert(at, level);
                }
            }
            "abstractNum" => self.numbering.schemes.extend(self.scheme.take()),
            "num" => self.numbering.lists.extend(self.list.take()),
            _ => {}
        }
    }
}

impl Level {
    fn take(&mut self, tag: &Tag) {
        match tag.name {
            "start" => self.start = tag.number().unwrap_or(0),
            "numFmt" => {
                let format = tag.attribute("format").filter(|_| tag.val().as_deref() == Some("custom"));
                let name = tag.val().unwrap_or_default();
                self.is_bullet = name == "bullet";
                self.style = if format.is_some() { NumeralStyle::DecimalZero } else { style_of(&name) };
            }
            "lvlText" => self.template = tag.val().unwrap_or_default(),
            "isLgl" => self.all_decimal = tag.is_on(),
            "lvlRestart" => self.restart = tag.number(),
            "pStyle" => self.paragraph_style = tag.val(),
            "suff" => {
                self.gap = match tag.val().as_deref() {
                    Some("nothing") => Gap::None,
                    Some("space") => Gap::Blank,
                    _ => Gap::Tab,
                }
            }
            _ => {}
        }
    }
}

/// Word's names of numeral styles (17.18.59), those that Chinese documents use.
fn style_of(name: &str) -> NumeralStyle {
    match name {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => NumeralStyle::Chinese,
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2" => {
            NumeralStyle::ChineseDigits
        }
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            NumeralStyle::ChineseLegal
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => NumeralStyle::Circled,
        "decimalEnclosedParen" => NumeralStyle::Bracketed,
        "decimalEnclosedFullstop" => NumeralStyle::Stopped,
        "ideographEnclosedCircle" => NumeralStyle::ChineseBracketed,
        "ideographTraditional" => NumeralStyle::HeavenlyStems,
        "ideographZodiac" => NumeralStyle::EarthlyBranches,
        "decimalFullWidth" | "decimalFullWidth2" => NumeralStyle::FullWidth,
        "decimalZero" => NumeralStyle::DecimalZero,
        "lowerLetter" => NumeralStyle::LowerLetter,
        "upperLetter" => NumeralStyle::UpperLetter,
        "lowerRoman" => NumeralStyle::LowerRoman,
        "upperRoman" => NumeralStyle::UpperRoman,
        "none" => NumeralStyle::Silent,
        _ => NumeralStyle::Decimal,
    }
}
