//! From lines to paragraphs: lines that a file or a page broke are joined, injected marks are left out.

use super::furniture::Role;
use super::lexicon::lexicon;
use super::lines::{Line, Piece};
use super::marks::{self, CLASSES, Class, Mark};
use super::metadata::shapes;
use super::wrapping::Wrapping;
use crate::text::{fold_char, is_han};
use aho_corasick::AhoCorasick;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A paragraph of the plan: the pieces of the source that are read as one.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its words, in order; never empty.
    pub pieces: Vec<Piece>,
    /// Index of the line on which it begins.
    pub line: usize,
    /// Whether a broken sentence was made whole.
    pub joined: bool,
    /// Whether it was found inside a longer line.
    pub split: bool,
    /// The mark at its start.
    pub mark: Option<Mark>,
}

impl Block {
    /// The words, run together.
    pub fn words<'a>(&self, source: &'a str) -> Cow<'a, str> {
        match self.pieces.as_slice() {
            [only] => Cow::Borrowed(only.of(source)),
            many => Cow::Owned(many.iter().map(|piece| piece.of(source)).collect()),
        }
    }

    /// The words after the mark.
    pub fn rest<'a>(&self, source: &'a str) -> Cow<'a, str> {
        let from = self.mark.map_or(0, |mark| mark.rest);
        match self.words(source) {
            Cow::Borrowed(words) => Cow::Borrowed(words.get(from..).unwrap_or("")),
            Cow::Owned(words) => Cow::Owned(words.get(from..).unwrap_or("").to_owned()),
        }
    }

    /// The part `from..to` of the words (bytes of what [`Self::words`] gives) as pieces of the source.
    pub fn cut(&self, from: usize, to: usize) -> Vec<Piece> {
        let mut at = 0;
        let mut cut = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            let len = piece.end - piece.start;
            let start = piece.start + from.saturating_sub(at).min(len);
            let end = piece.start + to.saturating_sub(at).min(len);
            if start < end {
                cut.push(Piece { start, end });
            }
            at += len;
        }
        cut
    }

    /// Length of the words in bytes.
    pub fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.end - piece.start).sum()
    }

    /// From the first byte to one past the last.
    pub fn hull(&self) -> Piece {
        let start = self.pieces.first().map_or(0, |piece| piece.start);
        Piece { start, end: self.pieces.last().map_or(start, |piece| piece.end) }
    }
}

/// Finds the marks that sites put into sentences.
pub(super) fn injections(source: &str) -> Vec<Piece> {
    static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let finder = FINDER.get_or_init(|| {
        AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::LeftmostLongest)
            .build(&lexicon().injected)
            .ok()
    });
    let found = finder.iter().flat_map(|finder| finder.find_iter(source));
    found.map(|found| Piece { start: found.start(), end: found.end() }).collect()
}

/// All that is left out of the reading, in order: injected marks and page numbers glued to words.
pub(super) fn unread(injections: &[Piece], glued: &[Piece]) -> Vec<Piece> {
    let mut all = [injections, glued].concat();
    all.sort_by_key(|piece| piece.start);
    all
}

/// Where pages begin.
#[derive(Clone, Copy)]
pub(super) struct Edges<'a> {
    /// The numbers of the lines on which they do, where the source tells.
    pub pages: &'a [u32],
    /// The indices of lines that go on wherever the page before was torn off.
    pub torn: &'a [usize],
}

/// The paragraphs of the body lines.
pub(super) fn blocks(
    source: &str,
    lines: &[Line],
    roles: &[Role],
    injections: &[Piece],
    edges: Edges,
) -> Vec<Block> {
    let wrapping = Wrapping::of(source, lines, roles);
    let mut joiner = Joiner { source, wrapping, pages: edges.pages, seen: [Seen::default(); CLASSES] };
    let mut blocks: Vec<Block> = Vec::with_capacity(lines.len());
    let mut last: Option<usize> = None; // line that ends the last block
    let mut passed = injections;
    for (index, line) in lines.iter().enumerate() {
        if roles[index] != Role::Body {
            continue;
        }
        let pieces = without(line.piece, &mut passed);
        if pieces.is_empty() {
            continue;
        }
        let mark = match pieces.as_slice() {
            [only] => marks::read(only.of(source)),
            many => marks::read(&many.iter().map(|piece| piece.of(source)).collect::<String>()),
        };
        let next = lines.get(index + 1).filter(|_| roles.get(index + 1) == Some(&Role::Body));
        let joins = last.zip(blocks.last()).is_some_and(|(before, block)| {
            edges.torn.contains(&index)
                || joiner.joins(block, [&lines[block.line], &lines[before], line], mark, next)
        });
        if let Some(block) = blocks.last_mut().filter(|_| joins) {
            bridge(source, block, pieces[0]);
            block.pieces.extend(pieces);
            block.joined = true;
        } else {
            if let Some(block) = blocks.last() {
                joiner.remember(block);
            }
            blocks.push(Block { pieces, line: index, joined: false, split: false, mark });
        }
        last = Some(index);
    }
    blocks
}

/// A line without the injected marks in it. `marks` are those not yet passed.
fn without(line: Piece, marks: &mut &[Piece]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(1);
    let mut from = line.start;
    while let Some((first, rest)) = marks.split_first() {
        if first.start >= line.end {
            break;
        }
        if first.start >= from {
            pieces.push(Piece { start: from, end: first.start });
            from = first.end;
        }
        *marks = rest;
    }
    pieces.push(Piece { start: from, end: line.end });
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Between two words of Latin letters the line end is read as the blank it stands for.
fn bridge(source: &str, block: &mut Block, next: Piece) {
    let Some(last) = block.pieces.last_mut() else { return };
    let before = last.of(source).chars().next_back();
    let after = next.of(source).chars().next();
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if latin(before) && latin(after) {
        let gap = source[last.end..].chars().next();
        last.end = (last.end + gap.map_or(0, char::len_utf8)).min(next.start);
    }
}

/// What was seen of a class so far.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The last number.
    value: u32,
    /// How many ended with a stop.
    stopped: u32,
    /// How many did not.
    open: u32,
}

/// Decides whether a line goes on with the paragraph before.
struct Joiner<'a> {
    source: &'a str,
    wrapping: Wrapping,
    /// The lines on which pages begin, in order.
    pages: &'a [u32],
    seen: [Seen; CLASSES],
}

impl Joiner<'_> {
    fn remember(&mut self, block: &Block) {
        let Some(mark) = block.mark else { return };
        let seen = &mut self.seen[mark.class as usize];
        seen.value = mark.value;
        if block.pieces.last().is_some_and(|piece| is_stop(last_char(piece.of(self.source)))) {
            seen.stopped += 1;
        } else {
            seen.open += 1;
        }
    }

    /// Of `[first, before, line]` the first two are the lines on which the block begins and ends so far.
    fn joins(
        &self,
        block: &Block,
        [first, before, line]: [&Line; 3],
        mark: Option<Mark>,
        next: Option<&Line>,
    ) -> bool {
        let (a, b) = (before.of(self.source), line.of(self.source));
        let end = last_char(a);
        if block.mark.is_some_and(|mark| mark.rest >= block.len()) {
            return completes_number(block, mark);
        }
        if is_stop(end) || opens_part(b, line.chars) || shapes::is_date_line(b) {
            return false;
        }
        let full = self.wrapping.is_full(a);
        if let Some(mark) = mark.filter(|mark| !mark.doubtful && !a.ends_with("PM")) {
            return full && self.is_stray(block, mark);
        }
        if full && !Wrapping::begins_paragraph(before, line) {
            let heading =
                block.mark.is_some_and(|mark| mark.class <= Class::Chinese) && block.pieces.len() == 1;
            return !heading || line.chars <= 14 || is_hanging(a);
        }
        if full && is_closing(end) {
            return false;
        }
        // Where paragraphs are indented, a line that is not goes on, however short the one before.
        if self.wrapping.is_wrapped() && first.indent >= 2 && line.indent == 0 && !is_closing(end) {
            return true;
        }
        self.is_wrapped_heading(block, a, line, next)
            || self.is_accident(block, a, b)
            || (self.turns_page(before, line) && goes_over(block, self.source, a))
    }

    /// Whether a page begins between two lines.
    fn turns_page(&self, before: &Line, line: &Line) -> bool {
        let at = self.pages.partition_point(|&page| page <= before.number);
        self.pages.get(at).is_some_and(|&page| page <= line.number)
    }

    /// A number that does not go on with any run: `12.` at the start of a wrapped line.
    fn is_stray(&self, block: &Block, mark: Mark) -> bool {
        let open = block.mark.filter(|open| open.class == mark.class && !open.doubtful);
        let last = open.map_or(self.seen[mark.class as usize].value, |open| open.value);
        mark.class >= Class::Decimal1
            && mark.value != 1
            && mark.value != last + 1
            && mark.class != Class::Dash
    }

    /// `一、强化支撑,推动全市␤发展`: a short rest of a heading, with text or a lower heading below.
    fn is_wrapped_heading(&self, block: &Block, a: &str, line: &Line, next: Option<&Line>) -> bool {
        let b = line.of(self.source);
        let plain = |c: char| is_han(c) || c.is_ascii_alphanumeric();
        let rest = block.rest(self.source); // without the 、 of its number
        let long = rest.chars().count() >= 18 || rest.contains(['，', ',', '、']);
        block.mark.is_some_and(|mark| !mark.doubtful && mark.class != Class::Dash)
            && !a.contains('。')
            && long
            && line.chars <= 12
            && b.chars().all(plain)
            && !line.after_gap
            && !lexicon().standard.contains(&b)
            && !(line.chars >= 4 && lexicon().verbs.iter().any(|verb| b.starts_with(verb)))
            && next.is_some_and(|next| {
                next.chars > 25 || marks::read(next.of(self.source)).is_some_and(|mark| !mark.doubtful)
            })
    }

    /// A sentence broken by chance, even over an empty line.
    fn is_accident(&self, block: &Block, a: &str, b: &str) -> bool {
        let goes_on = b
            .chars()
            .next()
            .is_some_and(|c| is_han(c) || c.is_ascii_alphanumeric() || "“”《》）)，,、。".contains(c));
        if a.ends_with("PM") && b.starts_with(|c: char| c.is_ascii_digit()) {
            return true; // PM␤2.5
        }
        if !goes_on || a.len() < 45 {
            return false;
        }
        if is_hanging(a) {
            return true;
        }
        let Some(mark) = block.mark else { return false };
        let seen = self.seen[mark.class as usize];
        seen.stopped >= 3
            && seen.open == 0
            && a.len() > 75
            && a.contains([',', '，'])
            && is_stop(last_char(b))
    }
}

/// Whether a sentence that ends without a stop at the foot of a page goes on overleaf; a heading does not.
fn goes_over(block: &Block, source: &str, a: &str) -> bool {
    let clauses = block.rest(source).contains(['，', ',', '、', '。']);
    is_hanging(a) || (clauses && !is_closing(last_char(a)) && a.len() >= 45)
}

/// A number alone on its line goes on with the words below it: `第一章␤总则`.
fn completes_number(block: &Block, mark: Option<Mark>) -> bool {
    let alone = block.mark.is_some_and(|mark| match mark.class {
        Class::Volume | Class::Chapter | Class::Division | Class::Article => true,
        Class::Chinese | Class::ChineseBracket => !mark.doubtful,
        _ => false,
    });
    alone && mark.is_none_or(|mark| mark.doubtful)
}

/// Whether a line begins an annex, a box or a table, which no sentence runs into.
fn opens_part(words: &str, count: u32) -> bool {
    count <= 40 && ["附件", "专栏", "附表"].iter().any(|word| words.starts_with(word))
}

fn last_char(words: &str) -> char {
    words.chars().next_back().map_or(' ', fold_char)
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | ';' | ':' | '…')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | ')' | '】' | '》' | '〕')
}

/// Whether a line cannot be whole: it ends in a comma, inside a quotation or bracket, in a number, in a word
/// that leans on the next one.
fn is_hanging(words: &str) -> bool {
    let end = last_char(words);
    if matches!(end, ',' | '、' | '(' | '“' | '《' | '—') {
        return true;
    }
    let clauses = words.contains([',', '，', '。']);
    let numeral =
        matches!(end, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '两' | '0'..='9');
    let leaning =
        matches!(end, '的' | '和' | '与' | '及' | '以' | '对' | '把' | '将' | '或' | '为' | '在' | '并');
    let aim = words.ends_with("目的"); // 的 is part of the word
    (clauses && (numeral || (leaning && !aim))) || is_unbalanced(words)
}

/// Whether a quotation or a title is opened and not closed.
fn is_unbalanced(words: &str) -> bool {
    let count = |c: char| words.matches(c).count();
    count('“') > count('”') || count('《') > count('》')
}
