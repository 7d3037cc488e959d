//! Promise: what a city's plan takes over from the province's is told, item by item, from what is its own.
//!
//! The pair is made: a province's plan, and a city's that copies a quarter of it with its own place names, rewrites a
//! quarter by halves, and takes the other half from elsewhere.

use duizhao::insight::{Change, Origin, borrowed, diff, items, whole};
use duizhao::plan::{Plan, Segments, read};
use duizhao::text::{Layout, Text};

fn plan(words: &str) -> Plan {
    read(&Text::new(words), &Layout::default(), &[])
}

/// The items of a sample plan, long enough to say something.
fn sample(name: &str) -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs").join(name);
    let plan = plan(&std::fs::read_to_string(path).unwrap());
    let words = items(&plan).iter().map(|item| item.read(&plan.text).replace('\n', "")).collect::<Vec<_>>();
    words.into_iter().filter(|words| words.chars().count() > 60).collect()
}

/// A plan of these items, five to a section.
fn numbered(title: &str, items: &[String]) -> String {
    let mut content = format!("{title}\n");
    for (at, item) in items.iter().enumerate() {
        if at % 5 == 0 {
            content.push_str(&format!(
                "{}、工作任务\n",
                ["一", "二", "三", "四", "五", "六", "七", "八"][at / 5 % 8]
            ));
        }
        content.push_str(&format!("{}.{item}\n", at % 5 + 1));
    }
    content
}

/// The first half of some words, the rest in other words.
fn half(words: &str, other: &str) -> String {
    let length = words.chars().count() / 2;
    words.chars().take(length).chain(other.chars().take(length)).collect()
}

#[test]
fn copied_adapted_and_own_items_are_told_apart() {
    let (upper, other) = (sample("dalian-2017-2020.txt"), sample("nanning-2017.txt"));
    let upper: Vec<String> = upper.into_iter().take(32).collect();
    let mut city = Vec::new();
    let mut expect = Vec::new();
    for at in 0..16 {
        let of_province = &upper[at * 2];
        if at % 2 == 0 {
            city.push(of_province.replace("全省", "全市").replace("我省", "我市").replace("大连", "某城"));
            expect.push(Origin::Copied);
        } else {
            city.push(half(of_province, &other[at]));
            expect.push(Origin::Adapted);
        }
        city.push(other[16 + at].clone());
        expect.push(Origin::Own);
    }
    let (province, city) =
        (plan(&numbered("某省卫生健康规划", &upper)), plan(&numbered("某市卫生健康规划", &city)));
    let found = borrowed(&city, &province);
    assert_eq!(found.len(), expect.len());
    let wrong: Vec<_> =
        found.iter().zip(&expect).filter(|(found, expect)| found.origin != **expect).collect();
    println!("{} of {} items told rightly", expect.len() - wrong.len(), expect.len());
    assert!(wrong.is_empty(), "{wrong:?}");
    for item in found.iter().filter(|item| item.origin != Origin::Own) {
        let source = item.source.unwrap();
        let words = |plan: &Plan, node| {
            items(plan).into_iter().find(|item| item.node == node).map(|item| item.words).unwrap()
        };
        let (own, theirs): (Segments, Segments) = (words(&city, item.node), words(&province, source));
        let stretches = diff((&province.text, &theirs), (&city.text, &own));
        let kept: u32 = stretches.iter().filter(|s| s.change == Change::Same).map(|s| s.b.len()).sum();
        assert!(kept as f32 >= 0.4 * own.len() as f32, "the source shares the words");
    }
}

#[test]
fn a_new_version_differs_where_it_was_changed() {
    let items = sample("jiaxing-2023.txt");
    let mut changed = items.clone();
    changed[3] = changed[3].replacen('。', ",并公布结果。", 1);
    changed.remove(10);
    let (old, new) = (plan(&numbered("某市工作要点", &items)), plan(&numbered("某市工作要点", &changed)));
    let stretches = diff((&old.text, &whole(&old)), (&new.text, &whole(&new)));
    let added: String =
        stretches.iter().filter(|s| s.change != Change::Same).map(|s| s.b.read(&new.text)).collect();
    assert!(added.contains("并公布结果"), "{added}");
    let removed: String =
        stretches.iter().filter(|s| s.change != Change::Same).map(|s| s.a.read(&old.text)).collect();
    assert!(removed.contains(&items[10].chars().take(20).collect::<String>()), "{removed}");
}
