//! Linked full texts: the items that match lead both columns; a click on a match brings the other side to it.

use super::*;
use egui::{Event, pos2, vec2};

/// Two cities in the view, with the first item of A that has at least two counterparts, far enough down to scroll.
fn two_texts(home: &std::path::Path) -> (Desk, [PlanId; 2], NodeIx, Vec<NodeIx>) {
    let (mut desk, a, b) = two_cities(home);
    run(&mut desk, CompareCommand::View(CompareView::Texts));
    let compared = desk.app().compared().unwrap().clone();
    let (node, others) = compared
        .comparison
        .alignment
        .a
        .iter()
        .skip(6)
        .filter(|found| !found.none && found.candidates.len() > 1)
        .map(|found| (found.item.node, found.candidates.iter().map(|c| c.node).take(3).collect::<Vec<_>>()))
        .next()
        .unwrap();
    (desk, [a, b], node, others)
}

fn top(desk: &Desk, plan: PlanId) -> Option<NodeIx> {
    desk.app().reading(plan).and_then(|reading| reading.top)
}

fn focus(desk: &Desk, plan: PlanId) -> Option<NodeIx> {
    desk.app().reading(plan).and_then(|reading| reading.focus)
}

/// Scrolls the column under a point.
fn scroll(desk: &mut Desk, x: f32, points: f32) {
    desk.harness.hover_at(pos2(x, 600.0));
    desk.harness.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -points),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    for _ in 0..30 {
        desk.harness.step();
    }
    desk.settle();
}

#[test]
fn an_item_in_focus_brings_the_other_side_to_its_counterpart() {
    let home = home();
    let (mut desk, [a, b], node, others) = two_texts(home.path());
    desk.app_mut().run(Command::Focus(a, node));
    desk.settle();
    assert_eq!(focus(&desk, b), Some(others[0]));
    let compare = &desk.app().view.compare;
    assert_eq!((compare.side, compare.focus_of(Side::A)), (Side::A, Some(node)));
}

#[test]
fn a_click_on_a_match_brings_the_other_side_to_it() {
    let home = home();
    let (mut desk, [a, b], node, others) = two_texts(home.path());
    desk.app_mut().run(Command::Focus(a, node));
    desk.settle();
    desk.click_containing(&format!("2 {}", desk.app().clause(b, others[1])));
    assert_eq!(focus(&desk, b), Some(others[1]));
    desk.key(Key::Num1);
    assert_eq!(focus(&desk, b), Some(others[0]), "and a key to the first again");
    assert_eq!(focus(&desk, a), Some(node), "the side that asked stays");
}

#[test]
fn locked_texts_scroll_by_the_items_that_match() {
    let home = home();
    let (mut desk, [a, b], ..) = two_texts(home.path());
    let compared = desk.app().compared().unwrap().clone();
    scroll(&mut desk, 300.0, 1400.0);
    let item = |plan: usize, node: NodeIx| {
        let items = compared.items([Side::A, Side::B][plan]);
        let after = items.partition_point(|item| item.node <= node);
        after.checked_sub(1).map(|at| items[at].node)
    };
    let at_top = item(0, top(&desk, a).unwrap()).unwrap();
    let found = compared.comparison.alignment.of_a(at_top).unwrap();
    let before = top(&desk, b);
    if !found.none {
        assert_eq!(before.and_then(|node| item(1, node)), Some(found.candidates[0].node), "B follows A");
    }
    assert!(top(&desk, a) > Some(NodeIx(6)), "A was scrolled");

    run(&mut desk, CompareCommand::Unlock(true));
    let before = top(&desk, b);
    scroll(&mut desk, 300.0, 1400.0);
    assert_eq!(top(&desk, b), before, "each by itself");
}

#[test]
fn keys_go_from_item_to_item_and_what_is_in_focus_elsewhere_is_brought_into_view() {
    let home = home();
    let (mut desk, [a, b], node, others) = two_texts(home.path());
    run(&mut desk, CompareCommand::View(CompareView::Matches));
    run(&mut desk, CompareCommand::Focus(Side::A, node));
    run(&mut desk, CompareCommand::View(CompareView::Texts));
    assert_eq!((focus(&desk, a), focus(&desk, b)), (Some(node), Some(others[0])));
    desk.key(Key::J);
    let compared = desk.app().compared().unwrap().clone();
    let items = compared.items(Side::A);
    let at = items.iter().position(|item| item.node == node).unwrap();
    assert_eq!(focus(&desk, a), Some(items[at + 1].node));
    desk.key(Key::K);
    assert_eq!((focus(&desk, a), focus(&desk, b)), (Some(node), Some(others[0])));
}

#[test]
fn the_other_side_stays_where_it_was_brought() {
    let home = home();
    let (mut desk, [a, b], ..) = two_texts(home.path());
    // Low, so that the item in focus need not be the one at the top.
    desk.harness.set_size(vec2(1100.0, 640.0));
    desk.settle();
    let compared = desk.app().compared().unwrap().clone();
    let alignment = &compared.comparison.alignment;
    let mut seen = 0;
    for found in alignment.a.iter().filter(|found| !found.none).take(8) {
        run(&mut desk, CompareCommand::Focus(Side::A, found.item.node));
        desk.key(Key::J);
        let node = desk.app().view.compare.focus_of(Side::A).unwrap();
        let next = alignment.of_a(node).unwrap();
        assert_eq!(focus(&desk, a), Some(node));
        if !next.none {
            seen += 1;
            let best = next.candidates[0].node;
            assert_eq!(focus(&desk, b), Some(best));
            let above = top(&desk, b).unwrap();
            assert!(above <= best && best.0 - above.0 <= 2, "{best:?} is in view, below {above:?}");
        }
    }
    assert!(seen > 3);
}
