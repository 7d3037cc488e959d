//! Words in XML and HTML.

/// Words as they may stand between tags and in attributes. Control chars that XML 1.0 forbids are left out.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_goes() {
        assert_eq!(escaped("a<b>&\"c\"\u{0}\u{b}\u{85}甲\n"), "a&lt;b&gt;&amp;&quot;c&quot;甲\n");
    }
}
