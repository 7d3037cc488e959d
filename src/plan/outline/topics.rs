//! Topic sentences of paragraphs without number: `政府主导,共建共享。…`
//!
//! Neighbouring paragraphs that each lead in with one get it as their heading. Several of them inside one
//! paragraph (`加强甲建设。…完善乙机制。…`) part it only for the eye: they are recorded, and are no nodes.

use super::lexicon::lexicon;
use super::lines::chars;
use super::repair::Block;
use super::tree::Draft;
use crate::plan::Kind;
use crate::text::{fold_char, is_han};
use std::ops::Range;

/// Longest topic sentence, in chars.
const TOPIC: u32 = 25;
/// Shortest one.
const SHORTEST: u32 = 6;
/// So many paragraphs that are parted by topic sentences make it the document's habit; then a clause that
/// changes the subject counts as one, too.
const HABIT: usize = 3;

/// Gives a heading to neighbouring paragraphs that each lead in with a short first sentence.
pub(super) fn lead_paragraphs(source: &str, blocks: &[Block], drafts: &mut [Draft]) {
    let mut at = 0;
    while at < drafts.len() {
        let run = drafts[at..]
            .iter()
            .take_while(|draft| draft.kind == Kind::Paragraph && draft.parent == drafts[at].parent)
            .count();
        let ends: Vec<Option<usize>> =
            drafts[at..at + run].iter().map(|draft| lead(&blocks[draft.blocks.0].words(source))).collect();
        if ends.iter().flatten().count() >= 3 && drafts[at].parent.is_some() {
            for (draft, end) in drafts[at..at + run].iter_mut().zip(ends) {
                if let Some(end) = end {
                    draft.heading = (0, end);
                    draft.body = end + '。'.len_utf8();
                }
            }
        }
        at += run.max(1);
    }
}

/// Where the short first sentence of a longer paragraph ends.
fn lead(words: &str) -> Option<usize> {
    let end = words.find('。')?;
    let first = &words[..end];
    let commas = first.chars().filter(|&c| fold_char(c) == ',').count();
    let digits = first.chars().any(|c| c.is_ascii_digit());
    (chars(first) <= TOPIC && commas <= 1 && !digits && words.len() > end + 60).then_some(end)
}

/// Finds the topic sentences inside the paragraphs: bytes of each paragraph's words. A paragraph is parted
/// only if it begins with one and holds another.
pub(super) fn inside(source: &str, blocks: &[Block], drafts: &mut [Draft]) {
    let readings: Vec<(usize, Reading)> = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| draft.kind == Kind::Paragraph && draft.heading.1 == 0 && draft.mark.is_none())
        .filter(|(_, draft)| draft.blocks.0 == draft.blocks.1 && blocks[draft.blocks.0].len() > 180)
        .filter_map(|(at, draft)| Some((at, Reading::of(&blocks[draft.blocks.0].words(source))?)))
        .collect();
    let parted = readings.iter().filter(|(_, reading)| reading.sentences.len() >= 2).count();
    for (at, reading) in readings {
        let topics = if parted >= HABIT { reading.clauses } else { reading.sentences };
        if topics.len() >= 2 && topics[0].start == 0 {
            drafts[at].topics = topics;
        }
    }
}

/// The topics of one paragraph: those that are sentences, and those with the clauses that count by habit.
struct Reading {
    sentences: Vec<Range<usize>>,
    clauses: Vec<Range<usize>>,
}

/// A sentence of a paragraph by its first clause.
struct Lead<'a> {
    /// The first clause.
    words: &'a str,
    /// Where it stands in the paragraph.
    range: Range<usize>,
    /// Whether it is the whole sentence.
    whole: bool,
    /// Whether it names a task: a verb of headings and an object.
    names: bool,
    /// The rest of the sentence.
    rest: &'a str,
}

impl Reading {
    /// Reads a paragraph; `None` where its first sentence names no topic.
    fn of(words: &str) -> Option<Self> {
        let leads = leads(words);
        if !leads.first()?.names {
            return None;
        }
        let mut reading = Self { sentences: Vec::new(), clauses: Vec::new() };
        let mut topic: Option<usize> = None;
        for (at, lead) in leads.iter().enumerate() {
            // What follows a topic sentence says more of it.
            let elaborates = at.checked_sub(1).is_some_and(|up| topic == Some(up) && leads[up].whole);
            if !lead.names || elaborates {
                continue;
            }
            let next = leads.get(at + 1);
            let is_topic = match topic {
                None => next.is_some(),
                Some(topic) if lead.whole => leads_on(lead, next) && topic < at,
                Some(topic) => changes_subject(words, &leads[topic], lead, next.is_none()),
            };
            if is_topic {
                if lead.whole {
                    reading.sentences.push(lead.range.clone());
                }
                reading.clauses.push(lead.range.clone());
                topic = Some(at);
            }
        }
        Some(reading)
    }
}

/// The sentences of a paragraph.
fn leads(words: &str) -> Vec<Lead<'_>> {
    let mut leads = Vec::new();
    let mut from = 0;
    for sentence in words.split_inclusive('。') {
        let bare = sentence.trim_end_matches('。');
        let end = bare.find([',', '，', ';', '；', '：', ':']).unwrap_or(bare.len());
        let first = &bare[..end];
        leads.push(Lead {
            words: first,
            range: from..from + end,
            whole: end == bare.len(),
            names: names_task(first),
            rest: &bare[end..],
        });
        from += sentence.len();
    }
    leads
}

/// Whether a clause names a task as a heading does: short, a verb of headings (perhaps after an adverb), no list.
fn names_task(clause: &str) -> bool {
    let bare = ADVERBS.iter().find_map(|adverb| clause.strip_prefix(adverb)).unwrap_or(clause);
    let verb = |words: &str| lexicon().verbs.iter().chain(&VERBS).any(|verb| words.starts_with(verb));
    (SHORTEST..=TOPIC).contains(&chars(clause))
        && clause.chars().all(|c| is_han(c) || matches!(c, '“' | '”' | '+'))
        && !MANNER.iter().any(|manner| clause.starts_with(manner))
        && (verb(bare) || verb(clause))
}

/// Whether a short sentence names a topic in the middle of a paragraph: the next one says more of it. Of two
/// such sentences in a row the second is the topic, unless it says more of the first.
fn leads_on(lead: &Lead, next: Option<&Lead>) -> bool {
    let more = MORE.iter().any(|adverb| lead.words.starts_with(adverb));
    !more && next.is_some_and(|next| !(next.whole && next.names) || share(lead.words, next.words))
}

/// Whether the first clause of a sentence leaves the subject of the topic before, and the rest of the sentence
/// goes on with the new one. The last sentence of a paragraph only has to leave it, with all its words.
fn changes_subject(words: &str, topic: &Lead, lead: &Lead, last: bool) -> bool {
    if BODIES.iter().any(|body| lead.words.contains(body)) {
        return false;
    }
    let before = &words[topic.range.start..lead.range.start];
    let goes_on = !share(lead.words, topic.words) && share(lead.words, lead.rest);
    goes_on || (last && !share(lead.words, before) && !share(lead.rest, topic.words))
}

/// Adverbs before the verb of a topic.
const ADVERBS: [&str; 9] = ["深入", "全面", "大力", "积极", "切实", "着力", "加快", "不断", "持续"];
/// Verbs of topics beside those of headings.
const VERBS: [&str; 4] = ["聚焦", "保持", "突出", "稳定"];
/// Beginnings that say how something is done rather than what.
const MANNER: [&str; 9] = ["坚持", "逐步", "支持", "进一步", "稳步", "规范化", "注重", "继续", "组织"];
/// Adverbs of what is done beside the topic already named.
const MORE: [&str; 3] = ["深入", "持续", "不断"];
/// Single institutions are examples, not subjects.
const BODIES: [&str; 2] = ["人民医院", "中心"];

/// Words that plans use of every subject.
const GENERAL: [&str; 28] = [
    "加强", "完善", "健全", "推进", "推动", "促进", "深化", "优化", "提升", "提高", "强化", "建设", "工作",
    "机制", "体系", "能力", "服务", "管理", "卫生", "健康", "发展", "制度", "水平", "开展", "深入", "落实",
    "持续", "公共",
];

/// Whether two clauses have two chars in a row in common that are part of no general word.
fn share(a: &str, b: &str) -> bool {
    let mut run: Option<usize> = None; // where the last char that counts begins
    let mut at = 0;
    while let Some(c) = a[at..].chars().next() {
        if let Some(general) = GENERAL.iter().find(|word| a[at..].starts_with(**word)) {
            run = None;
            at += general.len();
            continue;
        }
        let end = at + c.len_utf8();
        if run.is_some_and(|from| b.contains(&a[from..end])) && is_han(c) {
            return true;
        }
        run = is_han(c).then_some(at);
        at = end;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, sentences: &[&str], clauses: &[&str]) {
        let reading = Reading::of(words).unwrap_or(Reading { sentences: Vec::new(), clauses: Vec::new() });
        let of = |topics: &[Range<usize>]| -> Vec<String> {
            topics.iter().map(|topic| words[topic.clone()].to_owned()).collect()
        };
        assert_eq!(of(&reading.sentences), sentences, "{words}");
        assert_eq!(of(&reading.clauses), clauses, "{words}");
    }

    #[test]
    fn topics_inside_a_paragraph() {
        check(
            "健全急救网络。新建站点三处,平均反应时间缩短。支持县医院建站。优化转诊流程。明确指征,畅通通道。",
            &["健全急救网络", "优化转诊流程"],
            &["健全急救网络", "优化转诊流程"],
        );
        // What follows a topic says more of it; the second of two short sentences leads on.
        check(
            "提升急救水平。推进急救三年行动。配齐车辆。提高从业人员素养。完善医废处置机制。建立收集点,日产日清。",
            &["提升急救水平", "完善医废处置机制"],
            &["提升急救水平", "完善医废处置机制"],
        );
        // A clause that changes the subject, and one that does not.
        check(
            "聚焦慢病早筛。配齐设备,培训人员。加强慢病随访,按月上门。推进精神康复服务,让精神障碍患者回归社区。",
            &["聚焦慢病早筛"],
            &["聚焦慢病早筛", "推进精神康复服务"],
        );
    }

    #[test]
    fn paragraphs_without_topics() {
        check("按照上级部署,推进各项任务。完善急救网络。建设站点,配齐人员。", &[], &[]);
        check("2024年,全市新建站点3处。完善急救网络。建设站点,配齐人员。", &[], &[]);
    }
}
