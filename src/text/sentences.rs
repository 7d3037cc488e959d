//! Sentences: what ends with a full stop, a semicolon, an exclamation or question mark, closing quotes and
//! brackets behind it included.

use super::{Span, Text, is_blank};

/// Whether a char ends a sentence. A semicolon does: plans join whole measures with it
/// (`推进医联体建设；落实双向转诊；…`). The ASCII stop does not: it stands in numbers and abbreviations.
fn is_stop(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '！' | '!' | '？' | '?')
}

/// Marks that belong to the sentence that ended before them.
fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '】')
}

/// The sentences of a part of a text, without the blanks around them. A stop inside brackets or quotes ends no
/// sentence unless the bracket closes right behind it.
pub fn sentences(text: &Text, span: Span) -> Vec<Span> {
    let chars: Vec<char> = text.slice(span).chars().collect();
    let (mut found, mut start, mut at, mut depth) = (Vec::new(), 0, 0, 0_i32);
    while at < chars.len() {
        let c = chars[at];
        at += 1;
        match c {
            '“' | '（' | '(' | '「' | '『' => depth += 1,
            '”' | '）' | ')' | '」' | '』' => depth = (depth - 1).max(0),
            // A bracket that nobody closes ends with its line.
            '\n' => depth = 0,
            _ => {}
        }
        let closes = chars.get(at).is_some_and(|&next| is_closing(next));
        if c == '\n' || !is_stop(c) || (depth > 0 && !closes) {
            continue;
        }
        while chars.get(at).is_some_and(|&next| is_closing(next)) {
            at += 1;
            depth = (depth - 1).max(0);
        }
        found.push((start, at));
        start = at;
    }
    found.push((start, chars.len()));
    let bare = |(mut from, mut to): (usize, usize)| {
        let is_space = |c: char| is_blank(c) || c == '\n';
        while from < to && is_space(chars[from]) {
            from += 1;
        }
        while to > from && is_space(chars[to - 1]) {
            to -= 1;
        }
        Span::at(span.start + from as u32, (to - from) as u32)
    };
    found.into_iter().map(bare).filter(|sentence| !sentence.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_sentences() {
        let cases: [(&str, &[&str]); 7] = [
            ("甲做好。乙做好。", &["甲做好。", "乙做好。"]),
            ("推进建设；落实转诊；到2020年达到1.5‰。", &["推进建设；", "落实转诊；", "到2020年达到1.5‰。"]),
            ("他说“办好。”又说", &["他说“办好。”", "又说"]),
            ("落实政策(由甲牵头；乙参与)。再做", &["落实政策(由甲牵头；乙参与)。", "再做"]),
            (" 甲。\n  乙 ", &["甲。", "乙"]),
            ("没有句号", &["没有句号"]),
            ("", &[]),
        ];
        for (text, expect) in cases {
            let text = Text::new(text);
            let found: Vec<_> = sentences(&text, text.span()).into_iter().map(|s| text.slice(s)).collect();
            assert_eq!(found, expect);
        }
    }
}
