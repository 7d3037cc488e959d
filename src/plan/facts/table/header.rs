//! The head of an indicator table: which columns it has and what each holds.

use super::super::passage::{begins, longest_at_start};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// 序号.
    Number,
    /// 领域: the group, given once for several rows.
    Domain,
    /// 指标: the name, often with its unit in brackets.
    Name,
    /// 单位.
    Unit,
    /// 2025年, 目标值.
    Value,
    /// 属性: 预期性 or 约束性.
    Attribute,
    /// 责任单位, 备注.
    Note,
}

/// A column with its head as written, blanks dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub role: Role,
    pub head: String,
}

const HEADS: [(Role, &[&str]); 6] = [
    (Role::Number, &["序号", "编号"]),
    (
        Role::Domain,
        &[
            "领域",
            "类别",
            "分类",
            "类型",
            "维度",
            "方面",
            "大类",
            "一级指标",
            "指标类别",
            "指标领域",
            "指标分类",
            "主要领域",
        ],
    ),
    (
        Role::Name,
        &[
            "指标",
            "指标名称",
            "主要指标",
            "具体指标",
            "指标内容",
            "核心指标",
            "项目",
            "二级指标",
            "结果性指标",
            "主要健康指标",
        ],
    ),
    (Role::Unit, &["单位", "计量单位", "指标单位"]),
    (Role::Attribute, &["属性", "性质", "指标属性", "指标性质", "目标属性", "指标类型"]),
    (
        Role::Note,
        &[
            "责任单位",
            "牵头单位",
            "责任部门",
            "牵头部门",
            "备注",
            "说明",
            "数据来源",
            "年均增长",
            "年均增速",
            "累计",
        ],
    ),
];

/// Heads of value columns that name no year.
const VALUES: [&str; 13] = [
    "基期值",
    "基线值",
    "现状值",
    "现状",
    "基期",
    "目标值",
    "规划值",
    "规划目标",
    "预期目标",
    "发展目标",
    "目标",
    "基期水平",
    "国家目标",
];

/// What may follow the year in a head: `2025年目标值`.
const AFTER_YEAR: [&str; 19] = [
    "目标值",
    "目标",
    "规划值",
    "规划目标",
    "预期值",
    "预期目标",
    "预期",
    "实际值",
    "实际",
    "基期值",
    "基期",
    "基线值",
    "基线",
    "现状值",
    "现状",
    "现值",
    "完成值",
    "完成情况",
    "值",
];

/// The columns of a head that stands in one line, its cells glued or parted by blanks: the whole line must be
/// made of column heads, one of them at least a value's. `领域指标2015年2020年`.
pub(super) fn columns(line: &[char]) -> Option<Vec<Column>> {
    let words: Vec<char> = line.iter().copied().filter(|c| *c != ' ').collect();
    let mut columns = Vec::new();
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let (role, length) = head(rest)?;
        columns.push(Column { role, head: rest[..length].iter().collect() });
        rest = &rest[length..];
    }
    (columns.len() >= 2 && columns.iter().any(|c| c.role == Role::Value)).then_some(columns)
}

/// The one column a cell is the head of.
pub(super) fn column(cell: &[char]) -> Option<Column> {
    let words: Vec<char> = cell.iter().copied().filter(|c| *c != ' ').collect();
    let (role, length) = head(&words)?;
    (length == words.len()).then(|| Column { role, head: words.iter().collect() })
}

/// The column head that begins here, with a bracketed remark right after it (`指标(单位)`), and its length.
fn head(words: &[char]) -> Option<(Role, usize)> {
    let named = HEADS
        .iter()
        .filter_map(|(role, heads)| longest_at_start(words, heads).map(|length| (*role, length)))
        .max_by_key(|(_, length)| *length);
    let value = value_head(words).map(|length| (Role::Value, length));
    let (role, length) = [named, value].into_iter().flatten().max_by_key(|(_, length)| *length)?;
    Some((role, length + remark(&words[length..])))
}

fn value_head(words: &[char]) -> Option<usize> {
    let word = longest_at_start(words, &VALUES);
    let year =
        words.len() >= 4 && words[..4].iter().all(char::is_ascii_digit) && matches!(words[0], '1' | '2');
    if !year {
        // `到2025年`, `“十四五”目标`
        let opening = longest_at_start(
            words,
            &["到", "至", "“十三五”", "“十四五”", "“十五五”", "十三五", "十四五", "十五五"],
        );
        return word
            .or_else(|| opening.and_then(|length| value_head(&words[length..]).map(|more| length + more)));
    }
    let mut length = 4;
    if words.get(length) == Some(&'年') {
        length += 1;
    }
    if matches!(words.get(length), Some('底' | '末')) {
        length += 1;
    }
    Some(length + longest_at_start(&words[length..], &AFTER_YEAR).unwrap_or(0))
}

fn remark(words: &[char]) -> usize {
    if !begins(words, "(") {
        return 0;
    }
    words.iter().take(12).position(|&c| c == ')').map_or(0, |close| close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_glued_and_apart() {
        let cases = [
            ("领域指标2015年2020年", "Domain Name Value Value"),
            ("序号 指标(单位) 2020年实际值 2025年目标值 属性", "Number Name Value Value Attribute"),
            ("指标名称单位基期值目标值指标性质责任单位", "Name Unit Value Value Attribute Note"),
            ("指标健全完善", ""),
            ("2015年2020年", "Value Value"),
            ("领域指标", ""),
        ];
        for (line, expect) in cases {
            let chars: Vec<char> = line.chars().collect();
            let roles: Vec<_> =
                columns(&chars).unwrap_or_default().iter().map(|c| format!("{:?}", c.role)).collect();
            assert_eq!(roles.join(" "), expect, "{line}");
        }
    }
}
