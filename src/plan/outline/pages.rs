//! Page numbers and running headers that PDF text leaves between the lines, or glued to a word.

use super::furniture::{Role, unspaced};
use super::lines::{Line, Piece};
use super::marks::{self, Class, Mark};
use super::numerals;
use crate::text::{Layout, fold_char, is_blank, is_han};
use std::collections::HashMap;

/// Fewest lines between two page numbers that are bare digits; nearer ones are cells of a table.
const FEWEST_BETWEEN: usize = 8;

/// Among how many lines that begin with a number the next page number is looked for.
const FARTHEST: usize = 200;

/// Marks page numbers and running headers as furniture, and gives the numbers that are glued to words. Where the
/// source tells on which lines its pages begin, a bare number beside such an edge is a page number by its place.
pub(super) fn find(source: &str, lines: &[Line], layout: &Layout, roles: &mut [Role]) -> Vec<Piece> {
    let edges = edges(lines, layout);
    let mut pages: Vec<(usize, u32)> = Vec::new();
    let mut bare: Vec<(usize, u32)> = Vec::new();
    for at in 0..lines.len() {
        if roles[at] != Role::Body || lines[at].chars > 14 {
            continue;
        }
        match page_number(lines[at].of(source)) {
            Some((value, true)) => pages.push((at, value)),
            Some((value, false)) => {
                let at_edge = edges.binary_search(&at).is_ok();
                let follows = bare.last().is_none_or(|&(line, number)| {
                    (at_edge || at - line >= FEWEST_BETWEEN) && (number..=number + 2).contains(&value)
                });
                let near = (at.saturating_sub(2)..(at + 3).min(lines.len()))
                    .any(|other| other != at && is_cell(source, &lines[other]));
                if follows && (at_edge || !near) {
                    pages.push((at, value));
                    bare.push((at, value));
                }
            }
            None => {}
        }
    }
    if bare.len() == 1 && pages.len() == 1 && edges.is_empty() {
        pages.clear(); // one number alone on a line is rather the cell of a table
    }
    for &(at, _) in &pages {
        roles[at] = Role::Furniture("page_number");
    }
    if pages.len() >= 3 || edges.len() >= 6 {
        let beside = pages.iter().flat_map(|&(at, _)| [at.wrapping_sub(1), at + 1]);
        running_headers(source, lines, roles, beside.chain(edges).collect());
    }
    let mut unread = glued(source, lines, roles, &pages);
    unread.extend(inside(source, lines, roles));
    unread
}

/// Fewest chars of a line that is a whole page of a document shown on a sharing site.
const PREVIEW: u32 = 200;

/// Among how many lines the first page is looked for.
const PREAMBLE: usize = 6;

/// Most pages looked for on one line: each is a search through the rest of it.
const MOST_PAGES: u32 = 200;

/// The pages of a document as sharing sites show them: a long line each, numbered `1、` `2、` from 1 on, most of them
/// broken off inside a sentence. Gives the line and the piece of the number of every page.
pub(super) fn previewed(source: &str, lines: &[Line], roles: &[Role]) -> Vec<(usize, Piece)> {
    let body: Vec<usize> = (0..lines.len()).filter(|&at| roles[at] == Role::Body).collect();
    // The site may say above the first page where the file can be had.
    let begins = |&&at: &&usize| lines[at].chars >= PREVIEW && comma_number(lines[at].of(source)).is_some();
    let above = body.iter().take(PREAMBLE).position(|at| begins(&at)).unwrap_or(0);
    let mut pages = Vec::new();
    let mut torn = 0;
    for (nth, &at) in body[above..].iter().enumerate() {
        let words = lines[at].of(source);
        let page = comma_number(words).filter(|mark| mark.value as usize == nth + 1);
        let Some(mark) = page.filter(|_| nth >= 2 || lines[at].chars >= PREVIEW) else { break };
        torn += usize::from(!words.ends_with(['。', '；', ';', '：', ':']));
        let start = lines[at].piece.start;
        pages.push((at, Piece { start, end: start + mark.rest }));
    }
    if pages.len() >= 2 && torn * 2 >= pages.len() { pages } else { Vec::new() }
}

/// `1、` at the start of some words.
fn comma_number(words: &str) -> Option<Mark> {
    marks::read(words).filter(|mark| mark.class == Class::Arabic && mark.comma)
}

/// The page numbers of such a document where all its pages stand on one line: `1、` before the title, `2、` and so on in
/// the middle of sentences. The numbers of the document itself stand behind stops.
pub(super) fn numbered_inside(source: &str, lines: &[Line], roles: &[Role]) -> Vec<Piece> {
    let body = lines.iter().zip(roles).filter(|(line, role)| **role == Role::Body && line.chars >= PREVIEW);
    let mut found = Vec::new();
    for (line, _) in body {
        let words = line.of(source);
        let first = comma_number(words).filter(|mark| mark.value == 1 && mark.start == 0);
        let Some(first) = first.filter(|_| words.contains("一、") && words.contains("二、")) else {
            continue;
        };
        let mut pages = vec![(0, first.rest)];
        let mut from = first.rest;
        for number in 2..=MOST_PAGES {
            let sign = format!("{number}、");
            let torn = |at: &usize| {
                let before = words[..*at].chars().next_back().map_or(' ', fold_char);
                !before.is_ascii_digit() && !matches!(before, ';' | ':')
            };
            let hits = || words[from..].match_indices(&sign).map(|(at, _)| from + at).filter(torn);
            let inside = hits().find(|&at| !words[..at].ends_with('。'));
            let Some(at) = inside.or_else(|| hits().next()) else { break };
            pages.push((at, at + sign.len()));
            from = at + sign.len();
        }
        if pages.len() >= 2 {
            let start = line.piece.start;
            found.extend(pages.iter().map(|&(from, to)| Piece { start: start + from, end: start + to }));
        }
    }
    found
}

/// Page numbers in dashes inside long lines, where a page lost its line breaks: `…管理体系。 —2— (三)…`. They count
/// only where they go on with each other.
fn inside(source: &str, lines: &[Line], roles: &[Role]) -> Vec<Piece> {
    let mut found: Vec<(Piece, u32)> = Vec::new();
    for (line, _) in lines.iter().zip(roles).filter(|(line, role)| **role == Role::Body && line.chars > 200) {
        let words = line.of(source);
        let mut from = 0;
        while let Some(at) = words[from..].find(['—', '－', '–']).map(|at| from + at) {
            let Some((len, value)) = dressed_number(&words[at..]) else {
                from = at + words[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            };
            let start = line.piece.start + at;
            found.push((Piece { start, end: start + len }, value));
            from = at + len;
        }
    }
    let goes_on = |at: usize| {
        let before = at.checked_sub(1).is_some_and(|up| found[up].1 + 1 == found[at].1);
        before || found.get(at + 1).is_some_and(|(_, value)| *value == found[at].1 + 1)
    };
    (0..found.len()).filter(|&at| goes_on(at)).map(|at| found[at].0).collect()
}

/// The length and the number of `—2—` or `— 2 —` at the start of some words.
fn dressed_number(words: &str) -> Option<(usize, u32)> {
    let dash = |c: char| matches!(c, '—' | '－' | '–' | '-');
    let rest = words.trim_start_matches(dash);
    let number = rest.trim_start_matches(is_blank);
    let (value, len) = numerals::read_arabic(number, 3)?;
    let behind = number[len..].trim_start_matches(is_blank);
    let end = behind.trim_start_matches(dash);
    let dashes = words.len() - rest.len() <= 6 && (1..=6).contains(&(behind.len() - end.len()));
    (dashes && value > 0).then_some((words.len() - end.len(), value))
}

/// A short cell of digits, beside which a number is no page number.
fn is_cell(source: &str, line: &Line) -> bool {
    line.chars <= 6 && line.of(source).contains(|c: char| c.is_ascii_digit())
}

/// The number of a line that is one, and whether it is dressed as a page number: `— 3 —`, `-3-`, `第3页 共9页`.
fn page_number(words: &str) -> Option<(u32, bool)> {
    let bare: String = unspaced(words).chars().map(fold_char).collect();
    let inner = bare.trim_matches(['-', '—', '–', '·', '―', '－', '─', '~', '.']);
    let dressed = inner.len() < bare.len();
    if let Some(rest) = inner.strip_prefix('第') {
        let (value, len) = numerals::read_arabic(rest, 3)?;
        let rest = rest[len..].strip_prefix('页')?;
        let total = rest.trim_matches(['共', '/', ',', '页', '第']).chars().all(|c| c.is_ascii_digit());
        return total.then_some((value, true));
    }
    if let Some((value, len)) = numerals::read_arabic(inner, 3) {
        let rest = &inner[len..];
        let of = rest
            .strip_prefix('/')
            .is_some_and(|total| !total.is_empty() && total.chars().all(|c| c.is_ascii_digit()));
        return (rest.is_empty() || of).then_some((value, dressed || of));
    }
    let roman = !inner.is_empty() && inner.len() <= 5 && inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    (roman && dressed).then_some((0, true))
}

/// The lines beside the edges of pages, in order: the first of every page but the first, the last of every page.
fn edges(lines: &[Line], layout: &Layout) -> Vec<usize> {
    let mut edges: Vec<usize> = Vec::new();
    for &number in &layout.pages {
        let first = lines.partition_point(|line| line.number < number);
        edges.extend(first.checked_sub(1).into_iter().chain(Some(first).filter(|&at| at < lines.len())));
    }
    if !edges.is_empty() {
        edges.push(lines.len().saturating_sub(1)); // the last page ends there
    }
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// Short lines that stand at least three times in places where pages begin or end.
fn running_headers(source: &str, lines: &[Line], roles: &mut [Role], mut places: Vec<usize>) {
    places.sort_unstable();
    places.dedup();
    let mut counts: HashMap<&str, Vec<usize>> = HashMap::new();
    for near in places {
        if let Some(line) = lines.get(near).filter(|line| line.chars <= 45 && roles[near] == Role::Body) {
            counts.entry(line.of(source)).or_default().push(near);
        }
    }
    for found in counts.into_values().filter(|found| found.len() >= 3) {
        for at in found {
            roles[at] = Role::Furniture("page_number");
        }
    }
}

/// Numbers glued to the first word of a page, where they go on with the page numbers: `12本一致性` after page 11.
fn glued(source: &str, lines: &[Line], roles: &[Role], pages: &[(usize, u32)]) -> Vec<Piece> {
    let mut candidates: Vec<(usize, u32, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if roles[at] == Role::Body
            && line.of(source).as_bytes().first().is_some_and(u8::is_ascii_digit)
            && let Some((value, len)) = glued_number(line.of(source))
            && !heads_decimals(source, lines.get(at + 1), value)
        {
            candidates.push((at, value, len));
        }
    }
    let mut glued = Vec::new();
    let mut page = 0;
    let mut numbers = pages.iter().peekable();
    for (index, &(at, value, len)) in candidates.iter().enumerate() {
        while let Some(&(_, number)) = numbers.next_if(|(line, _)| *line < at) {
            page = number;
        }
        let later = |wanted: u32| {
            candidates[index + 1..].iter().take(FARTHEST).any(|(_, number, _)| *number == wanted)
        };
        let chain = page == 0 && value <= 3 && later(value + 1) && later(value + 2) && later(value + 3);
        if (page > 0 && value == page + 1) || chain {
            let start = lines[at].piece.start;
            glued.push(Piece { start, end: start + len });
            page = value;
        }
    }
    glued
}

/// Whether the next line is the first clause of chapter `value`: `1总则` stands above `1.1编制目的`.
fn heads_decimals(source: &str, next: Option<&Line>, value: u32) -> bool {
    next.and_then(|next| marks::read(next.of(source))).is_some_and(|mark| mark.opens_chapter(value))
}

/// A number right before a Han char that is no unit.
fn glued_number(words: &str) -> Option<(u32, usize)> {
    let (value, len) = numerals::read_arabic(words, 3)?;
    let next = words[len..].chars().next()?;
    let unit = "年月日时岁万亿个张名人家所场项次元米号楼级世届个类种条件份户县市区镇村天周分秒倍余多";
    let free = (is_han(next) && !unit.contains(next)) || matches!(next, '“' | '《' | '，' | ',' | '。');
    (free && value > 0 && !is_blank(next)).then_some((value, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_in_every_dress() {
        for (line, value) in [("— 2 —", 2), ("-3-", 3), ("第4页 共9页", 4), ("5/20", 5), ("—１—", 1)]
        {
            assert_eq!(page_number(line), Some((value, true)), "{line}");
        }
        assert_eq!(page_number("12"), Some((12, false)));
        for line in ["12.5", "第三节", "2017", "-12.5", "i"] {
            assert!(page_number(line).is_none_or(|(_, dressed)| !dressed), "{line}");
        }
    }
}
