//! Tables of contents: headings that only announce those of the body.

use super::furniture::{Role, is_contents_title};
use super::lines::{Line, Piece};
use super::marks::{self, Class, Mark};
use crate::text::is_blank;
use std::ops::Range;

/// Longest line of a table of contents, in chars.
const LONGEST: u32 = 60;
/// What stands before the lines of a list.
const LISTED: [char; 5] = ['-', '•', '●', '·', ' '];
/// Longest table of contents, in lines.
const MOST: usize = 400;

/// Fewest lines of a list that comes again.
const FEWEST_REPEATED: usize = 6;
/// Most lines of such a list that need not come again: each is looked for to the end.
const MOST_MISSING: usize = 5;
/// Among how many long lines such a table is looked for.
const FIRST_LONG: usize = 20;
/// Longest table of contents without line breaks, in chars.
const MOST_RUN_IN: usize = 6_000;

/// Marks the lines of tables of contents as furniture.
pub(super) fn find(source: &str, lines: &[Line], roles: &mut [Role]) {
    let body: Vec<usize> = (0..lines.len()).filter(|&at| roles[at] == Role::Body).collect();
    let titles: Vec<usize> =
        (0..body.len()).filter(|&at| is_contents_title(lines[body[at]].of(source))).collect();
    if titles.is_empty() {
        let first =
            (0..body.len()).find(|&at| marks::read(lines[body[at]].of(source)).is_some_and(|m| !m.doubtful));
        if let Some(first) = first
            && let Some(list) = announced(source, lines, &body, first, false)
                .filter(|end| end - first >= 4)
                .map(|end| without_higher(source, lines, &body, first..end))
                .or_else(|| repeated(source, lines, &body, first).map(|end| first..end))
        {
            fill(roles, &body[list]);
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

/// The list without what stands above its first entry in the body: `一、总则` above `1.1目的`. The list may have it above
/// its own first entry, there without a number.
fn without_higher(source: &str, lines: &[Line], body: &[usize], list: Range<usize>) -> Range<usize> {
    let words = |at: usize| lines[body[at]].of(source);
    let Some(class) = marks::read(words(list.start)).map(|mark| mark.class) else { return list };
    let Range { mut start, mut end } = list;
    let is_above = |mark: &Mark| {
        mark.class <= Class::Chinese || (mark.class == Class::Decimal1 && class == Class::Decimal2)
    };
    while end > start + 1
        && let Some(above) = marks::read(words(end - 1)).filter(|mark| mark.class < class && is_above(mark))
    {
        end -= 1;
        let heading = words(end);
        let same =
            |&first: &usize| [bare(heading), bare(&heading[above.rest..])].contains(&bare(words(first)));
        start = start.checked_sub(1).filter(same).unwrap_or(start);
    }
    start..end
}

/// Where a list without title ends whose lines nearly all come again below, in order, there with more words: `(一)甲`
/// above `(一)甲乙。丙…`.
fn repeated(source: &str, lines: &[Line], body: &[usize], first: usize) -> Option<usize> {
    let words = |at: usize| lines[body[at]].of(source);
    let listed = |at: &usize| {
        let short = lines[body[*at]].chars <= LONGEST && !words(*at).contains('。');
        short && marks::read(words(*at)).is_some_and(|mark| !mark.doubtful)
    };
    let end = first + (first..body.len().min(first + MOST)).take_while(listed).count();
    let mut missing = ((end - first) / 10).min(MOST_MISSING);
    let mut below = end;
    for entry in first..end {
        let heading = bare(words(entry));
        let begins = heading.chars().next();
        let again = (below..body.len())
            .find(|&at| words(at).chars().next() == begins && bare(words(at)).starts_with(&heading));
        match again {
            Some(at) => below = at + 1,
            None => missing = missing.checked_sub(1)?,
        }
    }
    (end - first >= FEWEST_REPEATED).then_some(end)
}

/// The pieces of a table of contents on pages whose line breaks were lost: from its title to where its first entry
/// comes again. `numbers` are the page numbers already found.
pub(super) fn inside(source: &str, lines: &[Line], roles: &[Role], numbers: &[Piece]) -> Vec<Piece> {
    let long = lines.iter().zip(roles).filter(|(line, role)| **role == Role::Body && line.chars > 200);
    let Some((from, to)) = long.take(FIRST_LONG).find_map(|(line, _)| run_in(source, line)) else {
        return Vec::new();
    };
    let pieces = lines.iter().zip(roles).filter(|(_, role)| **role == Role::Body).filter_map(|(line, _)| {
        let mut piece = Piece { start: line.piece.start.max(from), end: line.piece.end.min(to) };
        if let Some(number) = numbers.iter().find(|number| number.start == piece.start) {
            piece.start = number.end;
        }
        (!piece.is_empty()).then_some(piece)
    });
    pieces.collect()
}

/// Where such a table begins and ends in the source. No sentence stands in it.
fn run_in(source: &str, line: &Line) -> Option<(usize, usize)> {
    let words = line.of(source);
    let from = words.match_indices('目').map(|(at, _)| at).find(|&at| {
        let rest = words[at + '目'.len_utf8()..].trim_start_matches(is_blank);
        rest.starts_with('录')
    })?;
    let from = line.piece.start + from;
    let title = from + source[from..].find('录')? + '录'.len_utf8();
    let most = source[title..].char_indices().nth(MOST_RUN_IN).map_or(source.len(), |(at, _)| title + at);
    let stop = source[title..most].find('。').map_or(most, |at| title + at);
    let letters: Vec<(usize, char)> =
        source[title..stop].char_indices().filter(|(_, c)| !is_blank(*c)).collect();
    let bare: String = letters.iter().map(|(_, c)| c).collect();
    let named = ["序言", "前言", "引言"].into_iter().find(|name| bare.starts_with(name));
    let key = named.map(str::len).or_else(|| {
        let number = marks::read(&bare)?.rest;
        bare[number..].char_indices().nth(2).map(|(at, _)| number + at)
    })?;
    let again = key + bare[key..].find(&bare[..key])?;
    let entries = ["第一", "一、", "(一)", "（一）"].iter().any(|number| bare[..again].contains(number));
    let (end, _) = letters.get(bare[..again].chars().count())?;
    (entries && again > key * 2).then_some((from, title + end))
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
