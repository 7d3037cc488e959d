//! Tables of contents: headings that only announce those of the body.

use super::furniture::{Role, is_contents_title};
use super::lines::Line;
use super::marks;
use crate::text::is_blank;

/// Longest line of a table of contents, in chars.
const LONGEST: u32 = 60;
/// What stands before the lines of a list.
const LISTED: [char; 5] = ['-', '•', '●', '·', ' '];
/// Longest table of contents, in lines.
const MOST: usize = 400;

/// Marks the lines of tables of contents as furniture.
pub(super) fn find(source: &str, lines: &[Line], roles: &mut [Role]) {
    let body: Vec<usize> = (0..lines.len()).filter(|&at| roles[at] == Role::Body).collect();
    let titles: Vec<usize> =
        (0..body.len()).filter(|&at| is_contents_title(lines[body[at]].of(source))).collect();
    if titles.is_empty() {
        let first =
            (0..body.len()).find(|&at| marks::read(lines[body[at]].of(source)).is_some_and(|m| !m.doubtful));
        if let Some(first) = first
            && let Some(end) = announced(source, lines, &body, first, false).filter(|end| end - first >= 4)
        {
            fill(roles, &body[first..end]);
        }
    }
    for &title in &titles {
        let first = title + 1;
        let end = announced(source, lines, &body, first, true).unwrap_or_else(|| {
            (first..body.len()).find(|&at| !has_leader(lines[body[at]].of(source))).unwrap_or(body.len())
        });
        fill(roles, &body[title..end.max(first)]);
    }
}

fn fill(roles: &mut [Role], lines: &[usize]) {
    for &line in lines {
        roles[line] = Role::Furniture("contents");
    }
}

/// Where the body begins whose first heading the line at `first` announces: that heading stands there again,
/// and only short lines stand between. Under a title (目录) they may be long: some sites list whole articles there.
fn announced(source: &str, lines: &[Line], body: &[usize], first: usize, titled: bool) -> Option<usize> {
    let words = |at: usize| lines[body[at]].of(source);
    let heading = bare(words(*body.get(first).map(|_| &first)?));
    if heading.chars().count() < 2 {
        return None;
    }
    let mut strays = 0;
    let mut end = first;
    for at in first + 1..body.len().min(first + MOST) {
        let line = bare(words(at));
        let again = line == heading || (line.starts_with(&heading) && marks::read(words(at)).is_some());
        if again {
            // The title of the document may stand again between the two.
            return Some(if titled { end + 1 } else { at });
        }
        let long = lines[body[at]].chars > LONGEST || words(at).contains('。');
        let listed = marks::read(words(at).trim_start_matches(LISTED)).is_some();
        strays += u32::from(long && !listed);
        if (long && !titled) || strays > 1 {
            return None;
        }
        end = if listed || !titled { at } else { end };
    }
    None
}

/// Whether a line ends in leader dots or a page number after a tab.
fn has_leader(words: &str) -> bool {
    let stem = words.trim_end_matches(|c: char| c.is_ascii_digit() || is_blank(c) || "()（）-—".contains(c));
    stem.len() < words.len()
        && (stem.ends_with(['.', '…', '·', '⋯', '．', '—', '-']) || words[stem.len()..].contains('\t'))
}

/// A heading without blanks, leader dots and page number.
fn bare(words: &str) -> String {
    let stem = words.trim_end_matches(|c: char| {
        c.is_ascii_digit()
            || is_blank(c)
            || matches!(c, '.' | '…' | '·' | '⋯' | '．' | '-' | '—' | '(' | ')' | '（' | '）' | '_')
    });
    stem.trim_start_matches(LISTED).chars().filter(|&c| !is_blank(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::outline::lines;

    #[test]
    fn headings_that_come_again_are_contents() {
        let source = "目  录\n第一章 目标……3\n第二章 任务……5\n第一章 目标\n为了甲。\n第二章 任务\n做乙。";
        let lines = lines::split(source);
        let mut roles = vec![Role::Body; lines.len()];
        find(source, &lines, &mut roles);
        let contents = roles.iter().take_while(|role| **role == Role::Furniture("contents")).count();
        assert_eq!(contents, 3);
        assert!(roles[3..].iter().all(|role| *role == Role::Body));
    }
}
