//! Numbers inside a paragraph that begin a new one: pages whose line breaks were lost, headings glued to the
//! sentence before.

use super::marks::{self, CLASSES, Class, Mark};
use super::repair::Block;
use crate::text::{fold_char, is_blank};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// From this length in bytes on a paragraph can be a page whose line breaks were lost.
const PAGE: usize = 900;
/// The same where the paragraph is nearly the whole text.
const SHORT_PAGE: usize = 400;
/// Such a paragraph makes up more than one part in so many of the whole text; a long paragraph among others is
/// none, and a list inside it stays inside.
const SHARE: usize = 5;
/// How far behind a number its first child may follow without a stop: `二、重点任务(一)甲`, in bytes.
const HEADING: usize = 100;

/// How far behind number 1 its number 2 may stand, in bytes.
const AHEAD: usize = 20_000;

/// Splits blocks at the numbers inside them that go on with an open run.
pub(super) fn split(source: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut done = Vec::with_capacity(blocks.len());
    let mut runs = Runs { last: [0; CLASSES], running: [0; CLASSES] };
    let gaps = gaps(&blocks);
    let all: usize = blocks.iter().map(Block::len).sum();
    let mut torn = false;
    for (at, block) in blocks.into_iter().enumerate() {
        let article = |mark: &Mark| mark.class == Class::Article && (mark.value == 1 || runs.is_next(*mark));
        if let Some(mark) = block.mark.filter(|mark| !mark.doubtful || article(mark)) {
            runs.pass(mark);
        }
        if block.len() < 60 && gaps[at].is_empty() && !torn {
            done.push(block);
            continue;
        }
        let words = block.words(source);
        let page = words.len() * SHARE > all && is_page(&words, all);
        if !page && !torn && gaps[at].is_empty() && !may_hold_number(&words) {
            done.push(block);
            continue;
        }
        let cuts = Cutter { words: &words, page, torn, gaps: &gaps[at] }.cuts(&mut runs, block.mark);
        torn |= page && !cuts.is_empty();
        if cuts.is_empty() {
            done.push(block);
        } else {
            pieces(&block, &words, &cuts, &mut done);
        }
    }
    done
}

/// Whether a number can stand inside a paragraph among others: behind a full stop, or one of the kind 第一条.
fn may_hold_number(words: &str) -> bool {
    // Made once: every paragraph asks.
    static FINDERS: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| ["。", "第", "！"].map(Finder::new));
    let [stop, article, call] = &*FINDERS;
    let bytes = words.as_bytes();
    let stops = stop.find_iter(bytes).map(|at| at + "。".len());
    let mut stops = stops.chain(memchr::memchr2_iter(b'!', b'.', bytes).map(|at| at + 1));
    let begins = |at: usize| words[at..].trim_start_matches(is_blank).chars().next().is_some_and(is_first);
    article.find(bytes).is_some() || call.find(bytes).is_some() || stops.any(begins)
}

/// The parts of a block between the cuts.
fn pieces(block: &Block, words: &str, cuts: &[usize], done: &mut Vec<Block>) {
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(words.len()));
    for (start, end) in starts.zip(ends) {
        let part = &words[start..end];
        let from = start + part.len() - part.trim_start_matches(is_blank).len();
        let to = start + part.trim_end_matches(is_blank).len();
        if from < to {
            let mark = marks::read(&words[from..to]);
            let pieces = block.cut(from, to);
            done.push(Block { pieces, line: block.line, joined: false, split: true, mark });
        }
    }
}

/// For every block the class and number that are missing between it and the next number of that class: the one
/// between two, or the first above `(二)`, `2、` and `二、`.
fn gaps(blocks: &[Block]) -> Vec<Vec<(Class, u32)>> {
    let mut gaps = vec![Vec::new(); blocks.len()];
    let mut last: [Option<(usize, u32)>; CLASSES] = [None; CLASSES];
    let mut higher = [None; CLASSES]; // the last number of a higher class
    for (at, block) in blocks.iter().enumerate() {
        let Some(mark) = block.mark.filter(|mark| !mark.doubtful && mark.class != Class::Dash) else {
            continue;
        };
        let up = higher[mark.class as usize];
        let first = match mark.class {
            Class::Chinese => up.or(Some(0)),
            Class::ChineseBracket | Class::Arabic => up,
            _ => None,
        };
        let first = first.map(|up| (up, 0));
        if let Some((from, value)) = last[mark.class as usize].or(first)
            && mark.value == value + 2
        {
            for gap in &mut gaps[from..at] {
                gap.push((mark.class, value + 1));
            }
        }
        higher[mark.class as usize + 1..].fill(Some(at));
        last[mark.class as usize] = Some((at, mark.value));
        last[mark.class as usize + 1..].fill(None);
    }
    gaps
}

/// Whether a paragraph is a page whose line breaks were lost: long, with two numbers of one run in it.
/// A shorter one is one if it is nearly all there is.
fn is_page(words: &str, all: usize) -> bool {
    let holds = |a: &str, b: &str| words.contains(a) && words.contains(b);
    let long = words.len() >= PAGE || (words.len() >= SHORT_PAGE && words.len() * 10 >= all * 9);
    long && (holds("一、", "二、")
        || holds("(一)", "(二)")
        || holds("（一）", "（二）")
        || holds("第一章", "第二章")
        || holds("第一条", "第二条")
        || holds("1.", "2.")
        || holds("1、", "2、"))
}

/// The last number of every class.
struct Runs {
    /// 0 where a higher number came since.
    last: [u32; CLASSES],
    /// Whatever came since: some documents number their items across all sections.
    running: [u32; CLASSES],
}

impl Runs {
    fn pass(&mut self, mark: Mark) {
        self.last[mark.class as usize] = mark.value;
        self.running[mark.class as usize] = mark.value;
        // Articles run through all chapters, and numbers in brackets often through all sections.
        for class in mark.class as usize + 1..CLASSES {
            if class != Class::Article as usize {
                self.last[class] = 0;
            }
        }
    }

    fn is_next(&self, mark: Mark) -> bool {
        mark.value == self.last[mark.class as usize] + 1
    }

    /// Whether the number goes on over a higher one: `4.甲。(二)乙。5.丙`.
    fn runs_on(&self, mark: Mark) -> bool {
        mark.value > 1 && mark.value == self.running[mark.class as usize] + 1
    }
}

/// Finds where to cut one paragraph.
struct Cutter<'a> {
    words: &'a str,
    /// Whether it is a page whose line breaks were lost.
    page: bool,
    /// Whether a page above it lost its line breaks.
    torn: bool,
    /// The numbers that are missing after it.
    gaps: &'a [(Class, u32)],
}

impl Cutter<'_> {
    fn cuts(&self, runs: &mut Runs, first: Option<Mark>) -> Vec<usize> {
        let mut cuts = Vec::new();
        let mut before = ' ';
        let mut last: Option<(Mark, usize)> = first.map(|mark| (mark, mark.rest));
        let skip = first.map_or(0, |mark| mark.rest);
        let mut previous_blank = false;
        for (at, c) in self.words.char_indices() {
            if is_blank(c) {
                previous_blank = true;
                continue;
            }
            let starts = at > skip && is_first(c);
            if starts
                && let Some(mark) = marks::read(&self.words[at..])
                && self.begins(runs, mark, before, previous_blank, at, last)
            {
                cuts.push(at);
                runs.pass(mark);
                last = Some((mark, at + mark.rest));
            }
            before = c;
            previous_blank = false;
        }
        cuts
    }

    /// Whether the mark at `at` begins a paragraph.
    fn begins(
        &self,
        runs: &Runs,
        mark: Mark,
        before: char,
        blank: bool,
        at: usize,
        last: Option<(Mark, usize)>,
    ) -> bool {
        let before = fold_char(before);
        if mark.class == Class::Dash {
            return self.is_principle(before, at, last);
        }
        // `第一章规划背景` without a blank: on a page that lost its breaks it need not be a reference.
        let named = mark.class == Class::Article || (self.page && mark.class < Class::Article);
        if (mark.doubtful && !named)
            || !(runs.is_next(mark) || self.may_restart(mark) || (self.page && runs.runs_on(mark)))
        {
            return false;
        }
        let stop = matches!(before, '。' | '!' | ';' | ')' | '”' | '日' | '.')
            || (self.page && (blank || before == ':'));
        let full_stop = matches!(before, '。' | '!');
        let child = mark.value == 1 || mark.class == Class::Article;
        let behind = self.is_behind_heading(mark.class, at, last);
        match mark.class {
            Class::Article | Class::Chapter | Class::Division | Class::Volume => {
                (full_stop || blank || before == ';' || (self.page && stop) || (child && behind))
                    && runs.is_next(mark)
            }
            _ if self.gaps.contains(&(mark.class, mark.value)) => {
                let announced = before == ':' && mark.class == Class::Chinese; // `方案如下:一、甲`
                stop || blank || announced || (child && behind)
            }
            Class::Chinese | Class::ChineseBracket if self.page => stop || (child && behind),
            Class::Chinese | Class::ChineseBracket => {
                let parted = full_stop || (self.torn && blank);
                parted && runs.is_next(mark) && mark.value > 1
            }
            Class::Arabic | Class::ArabicBracket if self.page => {
                (stop || (child && behind)) && (mark.value > 1 || self.goes_on(mark, at))
            }
            // A blank between a stop and a number is a line break that was lost.
            Class::Arabic | Class::ArabicBracket => {
                (full_stop || matches!(before, ';' | '.'))
                    && blank
                    && runs.is_next(mark)
                    && (mark.value > 1 || self.goes_on_parted(mark, at))
            }
            _ => false,
        }
    }

    /// Right behind a heading: `第一章 总则第一条`, `二、重点任务(一)甲`.
    fn is_behind_heading(&self, class: Class, at: usize, last: Option<(Mark, usize)>) -> bool {
        last.is_some_and(|(up, from)| {
            let gap = self.words.get(from..at).unwrap_or("");
            up.class < class
                && gap.len() <= HEADING
                && !gap.is_empty()
                && !gap.contains(['。', '，', ',', '；'])
        })
    }

    /// `——坚持预防为主。` among others of its kind on a page whose line breaks were lost.
    fn is_principle(&self, before: char, at: usize, last: Option<(Mark, usize)>) -> bool {
        let opens = matches!(before, '。' | ';' | ':') || self.is_behind_heading(Class::Dash, at, last);
        self.page && opens && self.words[at..].starts_with("——") && self.words.matches("——").count() >= 2
    }

    /// On a page whose line breaks were lost a run begins anew under a new number.
    fn may_restart(&self, mark: Mark) -> bool {
        self.page && mark.value == 1
    }

    /// The words from `from` on, as far as a next number is looked for: every number 1 of a long page asks.
    fn ahead(&self, from: usize) -> &str {
        let rest = &self.words[from..];
        &rest[..rest.floor_char_boundary(AHEAD)]
    }

    /// Whether number 2 of the same shape follows behind a blank.
    fn goes_on_parted(&self, mark: Mark, at: usize) -> bool {
        let sign = self.words[at + mark.start..at + mark.end].replacen('1', "2", 1).replacen('１', "２", 1);
        let rest = self.ahead(at + mark.end);
        rest.match_indices(&sign).any(|(found, _)| rest[..found].ends_with(is_blank))
    }

    /// Whether number 2 of the same shape follows.
    fn goes_on(&self, mark: Mark, at: usize) -> bool {
        let sign = &self.words[at + mark.start..at + mark.end];
        let next = sign.replacen('1', "2", 1).replacen('１', "２", 1);
        self.ahead(at + mark.end).contains(&next)
    }
}

/// Whether a mark can begin with this char.
fn is_first(c: char) -> bool {
    matches!(c, '第' | '(' | '（' | '0'..='9' | '—') || super::numerals::is_chinese(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::outline::lines::Piece;

    fn check(words: &str, expect: &[&str]) {
        let pieces = vec![Piece { start: 0, end: words.len() }];
        let block = Block { pieces, line: 0, joined: false, split: false, mark: marks::read(words) };
        let parts = split(words, vec![block]);
        let parts: Vec<_> = parts.iter().map(|part| part.words(words).into_owned()).collect();
        assert_eq!(parts, expect);
    }

    #[test]
    fn a_heading_glued_to_the_sentence_before() {
        check(
            "(一)完善网络布局,健全各级医疗卫生机构。(二)提升服务能力,培养各类人才队伍。",
            &["(一)完善网络布局,健全各级医疗卫生机构。", "(二)提升服务能力,培养各类人才队伍。"],
        );
        check(
            "第一章 总 则第一条 为了规范急救行为,制定本条例。第二条 本市行政区域内适用本条例第一条的规定。",
            &[
                "第一章 总 则",
                "第一条 为了规范急救行为,制定本条例。",
                "第二条 本市行政区域内适用本条例第一条的规定。",
            ],
        );
    }

    #[test]
    fn a_number_missing_behind_is_found_however_short_the_paragraph() {
        let blocks = ["5.健全体系。6.做好防控。", "7.实施服务。"];
        let source = blocks.concat();
        let mut from = 0;
        let blocks = blocks.map(|words| {
            let pieces = vec![Piece { start: from, end: from + words.len() }];
            from += words.len();
            Block { pieces, line: 0, joined: false, split: false, mark: marks::read(words) }
        });
        let parts: Vec<_> = split(&source, blocks.to_vec());
        let parts: Vec<_> = parts.iter().map(|part| part.words(&source).into_owned()).collect();
        assert_eq!(parts, ["5.健全体系。", "6.做好防控。", "7.实施服务。"]);
    }

    #[test]
    fn a_regulation_on_one_line() {
        check(
            &format!(
                "甲市控烟条例(2021年6月30日通过)第一章 总则第一条 为了保障健康,制定本条例。{}第二章 附则第二条 自公布之日起施行。",
                "甲乙丙丁戊己庚辛壬癸。".repeat(30)
            ),
            &[
                "甲市控烟条例(2021年6月30日通过)",
                "第一章 总则",
                &format!("第一条 为了保障健康,制定本条例。{}", "甲乙丙丁戊己庚辛壬癸。".repeat(30)),
                "第二章 附则",
                "第二条 自公布之日起施行。",
            ],
        );
    }

    #[test]
    fn references_stay_in_their_sentence() {
        let words = "(一)按照(二)和第三条的规定办理,并参照附件一、附件二执行,做好各项准备工作。";
        check(words, &[words]);
    }
}
