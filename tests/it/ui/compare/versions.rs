//! A city's plan beside the province's it follows: what is copied, adapted, its own, and the words that differ.

use super::*;

fn city_and_province(home: &std::path::Path) -> Desk {
    let mut desk = Desk::open_with(home, &Setup { size: [1280.0, 900.0], ..Setup::default() });
    let mut ids = Vec::new();
    for name in ["city.txt", "province.txt"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/compare").join(name);
        desk.app_mut().run(Command::Import(vec![path]));
        desk.settle();
        desk.key(Key::Enter);
        let project = desk.app().project.as_ref().unwrap();
        let found = project.plans.iter().find(|(_, entry)| entry.record.source.file_name == name).unwrap();
        ids.push(*found.0);
    }
    desk.app_mut().run(Command::Show(Screen::Compare));
    desk.app_mut().run(Command::Compare(CompareCommand::Pair(ids[0], ids[1])));
    run(&mut desk, CompareCommand::View(CompareView::Versions));
    desk
}

#[test]
fn copied_adapted_and_own_items_are_counted_and_told() {
    let home = home();
    let mut desk = city_and_province(home.path());
    for words in ["全部 6", "照录 2", "改写 2", "自有 2"] {
        assert!(desk.shows(words), "{words}");
    }
    assert!(!desk.shows("几乎没有相同字句"), "these two do share sentences");
    desk.click("改写 2");
    assert!(desk.shows("一-2 提升免疫规划水平") && !desk.shows("一-3 整治餐饮油烟"));
    desk.key(Key::O);
    assert!(desk.shows("全部 6") && desk.shows("照录 2"), "the province seen from the city");
}
