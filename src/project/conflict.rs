//! Conflict copies: what sync tools leave beside a file that two machines wrote at the same time.

/// The name of the file that `name` is a conflict copy of, if it is one.
///
/// Known forms, all with the original's name in front: Dropbox and Nextcloud `甲 (conflicted copy 2026-03-01).ron`,
/// `甲 (李's conflicted copy).ron`, their Chinese forms `甲 (李 的冲突副本 2026-03-01).ron`; Nutstore
/// `甲(冲突文件-李).ron`; Syncthing `甲.sync-conflict-20260301-101500-ABCDEFG.ron`; ownCloud
/// `甲_conflict-20260301-101500.ron`.
pub fn original_of(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let marked = |marker: &str| stem.find(marker).map(|at| &stem[..at]);
    let original =
        marked(".sync-conflict-").or_else(|| marked("_conflict-")).or_else(|| before_bracket(stem))?;
    let original = original.trim_end();
    (!original.is_empty()).then(|| format!("{original}.{extension}"))
}

/// What stands before a closing bracket that speaks of a conflict.
fn before_bracket(stem: &str) -> Option<&str> {
    let inner = stem.strip_suffix([')', '）'])?;
    let open = inner.rfind(['(', '（'])?;
    let words = inner[open..].to_lowercase();
    let speaks = ["conflict", "冲突", "衝突"].iter().any(|word| words.contains(word));
    speaks.then(|| &stem[..open])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_sync_tools_are_known_by_their_names() {
        for copy in [
            "张三 (conflicted copy 2026-03-01 101500).ron",
            "张三 (Li's conflicted copy 2026-03-01).ron",
            "张三 (李四 的冲突副本 2026-03-01).ron",
            "张三(冲突文件-李四-20260301).ron",
            "张三（衝突）.ron",
            "张三.sync-conflict-20260301-101500-ABCDEFG.ron",
            "张三_conflict-20260301-101500.ron",
        ] {
            assert_eq!(original_of(copy).as_deref(), Some("张三.ron"), "{copy}");
        }
        for name in ["张三.ron", "张三 (2).ron", "conflict.ron", "(conflict).ron", "张三"] {
            assert_eq!(original_of(name), None, "{name}");
        }
    }
}
