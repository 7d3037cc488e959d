//! What the paper adds to the text: page numbers, running heads and feet.

use super::row::Row;
use super::{Item, Sheet};
use std::collections::HashMap;

/// How many rows at the top and the bottom of a page may be furniture.
const DEPTH: usize = 3;
/// The share of the paper's height, at the top and at the bottom, in which furniture stands.
const MARGIN: f32 = 0.12;
/// Pages on which a row must come again to be a running head.
const REPEATS: usize = 3;

/// Takes page numbers and running heads off all pages.
pub(super) fn remove(sheets: &mut [Sheet]) {
    let mut pages_with: HashMap<(String, i32), usize> = HashMap::new();
    for sheet in sheets.iter() {
        for (_, row) in edge_rows(sheet) {
            *pages_with.entry(likeness(row)).or_default() += 1;
        }
    }
    let enough = REPEATS.max(sheets.len() / 3);
    let is_running = |row: &Row| pages_with.get(&likeness(row)).is_some_and(|pages| *pages >= enough);
    for sheet in sheets.iter_mut() {
        let found =
            edge_rows(sheet).into_iter().filter(|(_, row)| is_page_number(&row.words) || is_running(row));
        let places: Vec<usize> = found.map(|(place, _)| place).collect();
        for place in places.into_iter().rev() {
            sheet.items.remove(place);
        }
    }
}

/// The rows near the upper and lower edge of a page, in order, with their places among its items.
fn edge_rows(sheet: &Sheet) -> Vec<(usize, &Row)> {
    let count = sheet.items.len();
    let is_near = |place: usize, row: &Row| {
        let from_top = place < DEPTH && row.y > sheet.height * (1.0 - MARGIN);
        let from_bottom = place + DEPTH >= count && row.y < sheet.height * MARGIN;
        from_top || from_bottom
    };
    let rows = sheet.items.iter().enumerate().filter_map(|(place, item)| match item {
        Item::Row(row) => Some((place, row)),
        Item::Table(_) => None,
    });
    rows.filter(|(place, row)| is_near(*place, row)).collect()
}

/// What a running head has in common on all pages: its words but for numbers, and its height on the page.
fn likeness(row: &Row) -> (String, i32) {
    let words = row.words.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    (words, (row.y / 4.0).round() as i32)
}

/// `12`, `— 3 —`, `第 4 页`, `第4页 共20页`, `5/20`, `ii`.
fn is_page_number(words: &str) -> bool {
    let signs: String = words.chars().filter(|c| !" -—–－·.".contains(*c)).collect();
    let bare = signs
        .trim_start_matches(['第', '共'])
        .trim_end_matches('页')
        .replace("页共", "/")
        .replace("页,共", "/");
    let is_number = |part: &str| {
        let digits = part.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
        let roman = part.chars().all(|c| "ivxIVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅰⅱⅲⅳⅴ".contains(c));
        !part.is_empty() && part.chars().count() <= 4 && (digits || roman)
    };
    let parts: Vec<&str> = bare.split('/').collect();
    parts.len() <= 2 && parts.into_iter().all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_short_lines() {
        for number in ["1", "— 12 —", "-3-", "第 4 页", "第4页 共20页", "5/20", "iv", "Ⅱ", "１２"]
        {
            assert!(is_page_number(number), "{number}");
        }
        for words in ["", "2017年", "一、", "12345", "目录", "30%", "附件1"] {
            assert!(!is_page_number(words), "{words}");
        }
    }
}
