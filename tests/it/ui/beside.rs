//! What stands beside the text: stripes of what is tagged, marks of the reader's doubts, topic sentences.

use super::{Desk, home, plan_of};
use duizhao::app::{Command, Destination, Division, Site};
use duizhao::plan::{Flag, NodeIx};
use duizhao::project::PlanId;
use duizhao::text::Span;
use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::{NodeT, Queryable};

fn open(home: &std::path::Path, city: &str) -> (Desk, PlanId) {
    let mut desk = Desk::open(home);
    let plan = plan_of(&desk, city);
    desk.app_mut().run(Command::OpenPlan(plan));
    desk.settle();
    (desk, plan)
}

/// The strip, by its role: its name tells how many places it shows.
fn strip(desk: &Desk) -> (String, egui::Rect) {
    let strip = desk.harness.get_by_role(egui::Role::ListBox);
    (strip.accesskit_node().label().unwrap(), strip.rect())
}

fn point(desk: &mut Desk, at: Pos2) {
    desk.harness.event(Event::PointerMoved(at));
    for _ in 0..8 {
        desk.harness.step();
    }
}

fn click(desk: &mut Desk, at: Pos2) {
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        desk.harness.event(Event::PointerMoved(at));
        desk.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        desk.harness.step();
    }
    desk.settle();
}

/// The first place going down the strip at which the pointer is told these words.
fn stripe_saying(desk: &mut Desk, words: &str) -> Pos2 {
    let (_, rect) = strip(desk);
    let mut y = rect.min.y + 1.0;
    while y < rect.max.y {
        for x in [0.17, 0.5, 0.83] {
            let at = Pos2::new(rect.min.x + rect.width() * x, y);
            point(desk, at);
            if desk.shows(words) {
                return at;
            }
        }
        y += 6.0;
    }
    panic!("no stripe says {words}");
}

#[test]
fn a_stripe_says_what_is_tagged_and_leads_there() {
    let home = home();
    let (mut desk, plan) = open(home.path(), "厦门市");
    assert!(strip(&desk).0.contains("0"), "{}", strip(&desk).0);
    let items = desk.app().plan(plan).unwrap().items.clone();
    let (near, far) = (items[1], items[items.len() - 2]);
    desk.app_mut().run(Command::ToggleTag(plan, near, "family_doctor".into()));
    desk.app_mut().run(Command::ToggleTag(plan, far, "mental".into()));
    desk.app_mut().run(Command::Focus(plan, near));
    desk.settle();
    assert!(strip(&desk).0.contains("2"), "{}", strip(&desk).0);
    let at = stripe_saying(&mut desk, "心理健康与精神卫生 · ");
    let top = desk.app().reading(plan).unwrap().top;
    click(&mut desk, at);
    assert_eq!(desk.app().reading(plan).unwrap().focus, Some(far), "the click goes there");
    assert_ne!(desk.app().reading(plan).unwrap().top, top, "and brings it into view");
    // The same by keyboard: the arrows go from stripe to stripe while the strip has it.
    desk.harness.get_by_role(egui::Role::ListBox).focus();
    desk.settle();
    desk.key(Key::ArrowUp);
    assert_eq!(desk.app().reading(plan).unwrap().focus, Some(near));
}

#[test]
fn topic_sentences_are_offered_and_tagged_one_by_one() {
    let home = home();
    let (mut desk, plan) = open(home.path(), "哈密市");
    let outline = &desk.app().plan(plan).unwrap().plan.outline;
    let (ix, topics): (NodeIx, Vec<Span>) = outline
        .iter()
        .find(|(_, node)| node.topics.len() > 1)
        .map(|(ix, node)| (ix, node.topics.clone()))
        .expect("the plan of Hami has topic sentences");
    desk.app_mut().run(Command::Focus(plan, ix));
    desk.settle();
    desk.key(Key::Menu);
    assert!(desk.shows("按主题句拆开来标"), "offered in the menu of the place");
    desk.click_containing("按主题句拆开来标");
    assert_eq!(desk.app().reading(plan).unwrap().divided.get(&ix), Some(&Division::Topics));
    desk.key(Key::J);
    let Some(Site::Passage(part)) = desk.app().reading(plan).unwrap().site() else { panic!("no part") };
    assert!(part.encloses(topics[0]), "the first part begins with the first topic sentence");
    desk.key(Key::T);
    desk.type_text("心理");
    desk.key(Key::Enter);
    let marks = &desk.app().plan(plan).unwrap().marks;
    let tags: Vec<_> = marks.tags_at(Site::Passage(part)).map(|(tag, _)| tag.0.as_str()).collect();
    assert_eq!(tags, ["mental"]);
    assert!(desk.shows("标签 心理健康与精神卫生，打开菜单"), "the chip stands at the part");
}

#[test]
fn a_doubt_of_the_reader_is_a_mark_in_the_margin_that_explains_itself() {
    let home = home();
    let mut desk = Desk::open(home.path());
    let path = home.path().join("某市2024年卫生健康工作要点.txt");
    std::fs::write(
        &path,
        "某市2024年卫生健康工作要点\n一、完善服务\n(一)推广家庭医生签约。建立制度。\n(三)培训全科医生。培训护士。\n\
         二、保障措施\n(一)加强领导。建立机制。\n(二)落实经费。加大投入。\n",
    )
    .unwrap();
    let project = desk.app_mut().project.as_mut().unwrap();
    let candidate = duizhao::project::read_candidate(&path, jiff::Timestamp::now()).unwrap();
    candidate.store(&project.folder).unwrap();
    let plan = candidate.record.id;
    project.insert(candidate.record);
    desk.app_mut().run(Command::OpenAt(plan, Destination::Clause("一/(三)".to_owned())));
    desk.settle();
    let outline = &desk.app().plan(plan).unwrap().plan.outline;
    assert!(outline.nodes.iter().any(|node| node.flags.contains(&Flag::Gap)));
    assert!(desk.shows("原文缺了前一个编号"), "by name, for who does not see it");
}

#[test]
fn one_definition_of_items_everywhere() {
    let home = home();
    let (mut desk, plan) = open(home.path(), "厦门市");
    let items = desk.app().plan(plan).unwrap().items.len();
    let record = &desk.app().project.as_ref().unwrap().plans[&plan].record;
    let compared = duizhao::insight::items(&desk.app().plan(plan).unwrap().plan).len();
    assert_eq!((record.items as usize, compared), (items, items), "library and comparison");
    assert!(desk.shows(&format!("已标 0/{items}")), "status line and library");
    // Once everything is tagged there is no next untagged item, and the library says so.
    for ix in desk.app().plan(plan).unwrap().items.clone() {
        desk.app_mut().run(Command::ToggleTag(plan, ix, "overview".into()));
    }
    desk.settle();
    assert_eq!(desk.app().progress(plan), (items, items));
    assert!(desk.shows(&format!("已标 {items}/{items}")));
    let before = desk.app().reading(plan).unwrap().focus;
    desk.app_mut().run(Command::NextUntagged);
    assert_eq!(desk.app().reading(plan).unwrap().focus, before);
}
