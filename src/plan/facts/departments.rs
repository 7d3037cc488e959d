//! Notes of responsibility: which bodies lead an item and which take part.
//!
//! A note is the last bracket group of a node that speaks of responsibility
//! (`(委办公室牵头,市爱卫办、各科室等参与落实)`) or a last line such as `责任单位:市教育局、市民政局`.

use super::passage::{Passage, begins, ends, find};
use crate::plan::{Departments, Node, Outline};
use crate::text::Text;
use std::ops::Range;

/// Words that make a bracket group a note of responsibility.
const CUES: [&str; 7] = ["牵头", "负责", "参与", "责任单位", "责任部门", "配合", "主办单位"];

/// Labels that open a list of bodies, with what the bodies are.
const LABELS: [(&str, Role); 12] = [
    ("牵头单位:", Role::Lead),
    ("牵头部门:", Role::Lead),
    ("牵头责任单位:", Role::Lead),
    ("主要责任单位:", Role::Lead),
    ("责任单位:", Role::Lead),
    ("责任部门:", Role::Lead),
    ("主办单位:", Role::Lead),
    ("配合单位:", Role::Other),
    ("配合部门:", Role::Other),
    ("参与单位:", Role::Other),
    ("参加单位:", Role::Other),
    ("协办单位:", Role::Other),
];

/// What a list of bodies is said to do, at the end of its clause; the longest that fits is taken.
const PREDICATES: [(&str, Role); 28] = [
    ("分别牵头负责", Role::Lead),
    ("共同牵头负责", Role::Lead),
    ("牵头负责", Role::Lead),
    ("牵头落实", Role::Lead),
    ("牵头组织实施", Role::Lead),
    ("分别牵头", Role::Lead),
    ("共同牵头", Role::Lead),
    ("联合牵头", Role::Lead),
    ("牵头", Role::Lead),
    ("为牵头单位", Role::Lead),
    ("按职责分工负责", Role::Other),
    ("按照职责分工负责", Role::Other),
    ("根据职责分工负责", Role::Other),
    ("按职责负责", Role::Other),
    ("分工负责", Role::Other),
    ("分别负责", Role::Other),
    ("共同负责", Role::Other),
    ("具体负责", Role::Other),
    ("负责", Role::Other),
    ("参与落实", Role::Other),
    ("参与完善", Role::Other),
    ("共同参与", Role::Other),
    ("参与", Role::Other),
    ("参加", Role::Other),
    ("协助配合", Role::Other),
    ("配合落实", Role::Other),
    ("配合", Role::Other),
    ("协同推进", Role::Other),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Lead,
    Other,
}

/// Finds the note of every node, and moves a note that stands alone in a paragraph nowhere: it stays with it.
pub(in crate::plan) fn departments(text: &Text, outline: &mut Outline) {
    for node in &mut outline.nodes {
        node.departments = of_node(text, node);
    }
}

fn of_node(text: &Text, node: &Node) -> Option<Departments> {
    let words = if node.body.is_empty() { &node.heading } else { &node.body };
    // Most nodes say nothing of who is responsible: they need no second look. A cue may be broken by a line end.
    if let [whole] = words.0.as_slice() {
        let raw = text.slice(*whole).as_bytes();
        if !CUES
            .iter()
            .chain(&["单位", "部门"])
            .any(|cue| memchr::memmem::find(raw, cue.as_bytes()).is_some())
        {
            return None;
        }
    }
    let body = Passage::new(text, words);
    bracket_note(&body).or_else(|| label_note(&body))
}

/// The last bracket group, where it speaks of responsibility.
fn bracket_note(body: &Passage) -> Option<Departments> {
    let mut end = body.len();
    while end > 0 && matches!(body.chars[end - 1], '。' | ';' | '.' | ',') {
        end -= 1;
    }
    if end == 0 || !matches!(body.chars[end - 1], ')' | ']') {
        return None;
    }
    let inner = group_before(&body.chars, end)?;
    let words = &body.chars[inner.clone()];
    if !CUES.iter().any(|cue| find(words, cue).is_some()) {
        return None;
    }
    parse(body, inner)
}

/// The words inside the bracket group that closes right before `end`.
fn group_before(chars: &[char], end: usize) -> Option<Range<usize>> {
    let mut depth = 0_u32;
    for at in (0..end).rev() {
        match chars[at] {
            ')' | ']' => depth += 1,
            '(' | '[' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1..end - 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// A closing sentence such as `责任单位:市卫生健康委、市教育局`.
fn label_note(body: &Passage) -> Option<Departments> {
    let chars = &body.chars;
    let mut colons = (0..chars.len()).filter(|&at| chars[at] == ':');
    let label_before = |colon: usize| {
        let longest =
            LABELS.iter().filter(|(label, _)| ends(&chars[..=colon], label)).map(|l| l.0.chars().count());
        longest.max().map(|length| colon + 1 - length)
    };
    let start = colons.find_map(label_before)?;
    // The label opens the passage or its last sentence; elsewhere it is only spoken of.
    let opens = start == 0 || matches!(body.chars[start - 1], '。' | ';' | ')' | '!' | '.');
    let mut end = body.len();
    while end > start && matches!(body.chars[end - 1], '。' | ';' | '.') {
        end -= 1;
    }
    let rest = &body.chars[start..end];
    (opens && !rest.contains(&'。')).then(|| parse(body, start..end)).flatten()
}

/// Reads the clauses of a note one after the other.
fn parse(body: &Passage, inner: Range<usize>) -> Option<Departments> {
    let mut note = Departments { lead: Vec::new(), others: Vec::new(), span: body.span(&inner) };
    // `牵头部门:甲局,责任部门:乙局`: beside one who leads, those who are responsible take part.
    let led = LABELS
        .iter()
        .any(|(label, _)| label.starts_with("牵头") && find(&body.chars[inner.clone()], label).is_some());
    let mut label = None;
    let mut waiting: Vec<String> = Vec::new();
    for clause in clauses(&body.chars, inner) {
        let words = &body.chars[clause.clone()];
        if let Some((length, role)) = label_at(words) {
            label = Some(if led && !begins(words, "牵头") { Role::Other } else { role });
            waiting.extend(names(body, clause.start + length..clause.end));
        } else {
            waiting.extend(names(body, clause.start..clause.end - predicate_at(words).map_or(0, |p| p.0)));
        }
        let role = predicate_at(words).map(|p| p.1).or(label);
        // `甲局,乙局负责`: bodies without a word of their own wait for the next one.
        if let Some(role) = role {
            let list = if role == Role::Lead { &mut note.lead } else { &mut note.others };
            list.append(&mut waiting);
        }
    }
    note.others.append(&mut waiting);
    if note.lead.is_empty() {
        // Nobody is said to lead: those who are responsible do.
        note.lead = std::mem::take(&mut note.others);
    }
    (!note.lead.is_empty()).then_some(note)
}

/// Parts between commas, semicolons and blanks of labels, brackets of names kept whole.
fn clauses(chars: &[char], within: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = within.start;
    let mut depth = 0_u32;
    for at in within.clone() {
        match chars[at] {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' | ';' | '。' if depth == 0 => {
                parts.push(from..at);
                from = at + 1;
            }
            // `牵头单位:甲局 配合单位:乙局`, whose blank is gone: a label also opens a clause.
            _ if at > from
                && depth == 0
                && label_at(&chars[at..]).is_some()
                && !inside_label(chars, from, at) =>
            {
                parts.push(from..at);
                from = at;
            }
            _ => {}
        }
    }
    parts.push(from..within.end);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether `at` lies in the label that opens the clause (`主要|责任单位:`).
fn inside_label(chars: &[char], from: usize, at: usize) -> bool {
    label_at(&chars[from..]).is_some_and(|(length, _)| at < from + length)
}

fn label_at(words: &[char]) -> Option<(usize, Role)> {
    LABELS.iter().find(|(label, _)| begins(words, label)).map(|(label, role)| (label.chars().count(), *role))
}

fn predicate_at(words: &[char]) -> Option<(usize, Role)> {
    PREDICATES
        .iter()
        .filter(|(predicate, _)| ends(words, predicate))
        .map(|(predicate, role)| (predicate.chars().count(), *role))
        .max_by_key(|(length, _)| *length)
}

/// The bodies of a list, `等` and `等部门` dropped.
fn names(body: &Passage, within: Range<usize>) -> Vec<String> {
    let mut list = Vec::new();
    let mut from = within.start;
    let mut depth = 0_u32;
    for at in within.start..=within.end {
        let c = if at < within.end { body.chars[at] } else { '、' };
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '、' if depth == 0 || at == within.end => {
                list.push(name(body, from..at));
                from = at + 1;
            }
            _ => {}
        }
    }
    list.retain(|name| !name.is_empty());
    list
}

/// One body: closing `等`, `等部门`, `等单位`, a hanging `按职责`, and an opening `由` fall away.
fn name(body: &Passage, mut range: Range<usize>) -> String {
    const TAILS: [&str; 10] = [
        "等相关部门",
        "等有关部门",
        "等部门",
        "等单位",
        "等分别",
        "等共同",
        "等",
        "分别",
        "共同",
        "按职责分工",
    ];
    const HEADS: [&str; 4] = ["由", "请", "会同", "与"];
    while let Some(tail) = TAILS.iter().find(|tail| ends(&body.chars[range.clone()], tail)) {
        range.end -= tail.chars().count();
    }
    while let Some(head) = HEADS.iter().find(|head| begins(&body.chars[range.clone()], head)) {
        range.start += head.chars().count();
    }
    body.written(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::facts::tests::lines;

    #[track_caller]
    fn check(words: &str, lead: &[&str], others: &[&str]) {
        let text = Text::new(words);
        let mut outline = lines(&text);
        departments(&text, &mut outline);
        let note = outline.nodes[0].departments.clone();
        let found = note.as_ref().map(|n| (n.lead.clone(), n.others.clone())).unwrap_or_default();
        let expect = (
            lead.iter().map(|s| (*s).to_owned()).collect(),
            others.iter().map(|s| (*s).to_owned()).collect(),
        );
        assert_eq!(found, expect, "{words}");
    }

    #[test]
    fn every_form_of_a_note() {
        check("抓好落实。(甲科牵头,乙办、丙科等参与落实)", &["甲科"], &["乙办", "丙科"]);
        check(
            "抓好落实。(甲科、乙科分别牵头,委机关各相关科室参与落实)",
            &["甲科", "乙科"],
            &["委机关各相关科室"],
        );
        check("抓好落实。（甲科、乙科等分别牵头，丙科参与完善）。", &["甲科", "乙科"], &["丙科"]);
        check("抓好落实。(甲局牵头,乙局、丙局按职责分工负责)", &["甲局"], &["乙局", "丙局"]);
        check("抓好落实。(甲局、乙局按职责分工负责)", &["甲局", "乙局"], &[]);
        check("抓好落实。(甲局负责)", &["甲局"], &[]);
        check("抓好落实。(责任单位:甲局、乙局)", &["甲局", "乙局"], &[]);
        check("抓好落实。责任单位：甲局、各区（县）政府", &["甲局", "各区（县）政府"], &[]);
        check("抓好落实。牵头单位:甲局;配合单位:乙局、丙局。", &["甲局"], &["乙局", "丙局"]);
        check("牵头单位:甲局 配合单位:乙局、丙局", &["甲局"], &["乙局", "丙局"]);
        check(
            "抓好落实。(甲局牵头,乙局配合,各县(市、区)人民政府负责)",
            &["甲局"],
            &["乙局", "各县(市、区)人民政府"],
        );
        check("抓好落实。(牵头单位:甲局,参与单位:乙局、丙局等)", &["甲局"], &["乙局", "丙局"]);
        check("抓好落实。(由甲局牵头,乙局等部门配合)", &["甲局"], &["乙局"]);
        check("抓好落实。(牵头部门:甲局,责任部门:乙局、丙局)", &["甲局"], &["乙局", "丙局"]);
    }

    #[test]
    fn what_is_no_note() {
        check("由甲局负责日常工作。乙", &[], &[]);
        check("各镇(街道)参与的机制(试行)", &[], &[]);
        check("明确责任单位:谁主管谁负责。其后另有要求。", &[], &[]);
    }
}
