//! Which class of marks stands under which: learnt from the document, the usual order only breaks ties.

use super::marks::{CLASSES, Class, Mark};

/// What stands on a step of the tree: a class of marks, or headings without number right above a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rung {
    /// A numbered node.
    Mark(Class),
    /// An unnumbered heading under which a run of this class begins anew.
    Above(Class),
    /// An unnumbered heading on the step of this class: 附则 after 第五章.
    Beside(Class),
}

/// The order of classes in one part of a document.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// `under[b][a]`: class b stands under class a.
    under: [[bool; CLASSES]; CLASSES],
    /// Whether `1、` and `1.` are two classes here.
    pub two_arabic: bool,
}

/// How often a class begins under another, and how often it goes on after another.
#[derive(Default)]
struct Votes {
    /// `starts[b][a]`: number 1 of b right after a mark of a.
    starts: [[u32; CLASSES]; CLASSES],
    /// `resumes[b][a]`: a goes on with its next number right after a mark of b.
    resumes: [[u32; CLASSES]; CLASSES],
}

impl Order {
    /// Learns the order from the marks of a part, in order.
    pub fn learn(marks: &[Mark]) -> Self {
        let split: Vec<Mark> = marks.iter().copied().map(split_arabic).collect();
        let (dot, comma) = (Class::Arabic as usize, Class::ArabicComma as usize);
        let votes = Votes::count(&split);
        let nested = |b: usize, a: usize| votes.starts[b][a] > 0 && votes.resumes[b][a] > 0;
        let two_arabic = nested(dot, comma) || nested(comma, dot);
        let votes = if two_arabic { votes } else { Votes::count(marks) };
        let mut under = [[false; CLASSES]; CLASSES];
        for (b, row) in under.iter_mut().enumerate() {
            for (a, cell) in row.iter_mut().enumerate() {
                *cell = if votes.overrules(b, a) {
                    true
                } else if votes.overrules(a, b) {
                    false
                } else {
                    b > a
                };
            }
        }
        let mut order = Self { under, two_arabic };
        order.nest_decimals(marks);
        order
    }

    /// Whether `b` stands under `a`.
    pub fn is_under(&self, b: Rung, a: Rung) -> bool {
        let under = |b: Class, a: Class| self.under[b as usize][a as usize];
        match (b, a) {
            (Rung::Mark(b) | Rung::Beside(b), Rung::Above(a)) => b == a || under(b, a),
            (Rung::Above(b), Rung::Mark(a) | Rung::Beside(a)) => b != a && under(b, a),
            (Rung::Mark(b) | Rung::Beside(b), Rung::Mark(a) | Rung::Beside(a))
            | (Rung::Above(b), Rung::Above(a)) => under(b, a),
        }
    }

    /// The class of a mark in this part.
    pub fn class(&self, mark: Mark) -> Class {
        if self.two_arabic { split_arabic(mark).class } else { mark.class }
    }

    /// Decimals nest by their prefix: where `1.1` follows `1.`, it stands under it.
    fn nest_decimals(&mut self, marks: &[Mark]) {
        let mut last = 0;
        for mark in marks {
            match mark.class {
                Class::Arabic => last = mark.value,
                Class::Decimal2 if mark.prefix[0] == last && last > 0 => {
                    for decimal in [Class::Decimal2, Class::Decimal3, Class::Decimal4] {
                        for arabic in [Class::Arabic, Class::ArabicComma] {
                            self.under[decimal as usize][arabic as usize] = true;
                            self.under[arabic as usize][decimal as usize] = false;
                        }
                    }
                    return;
                }
                _ => {}
            }
        }
    }
}

impl Votes {
    fn count(marks: &[Mark]) -> Self {
        let mut votes = Self::default();
        let mut last = [0_u32; CLASSES];
        for (at, mark) in marks.iter().enumerate() {
            let class = mark.class as usize;
            if let Some(before) = at.checked_sub(1).map(|at| marks[at].class as usize).filter(|&b| b != class)
            {
                votes.starts[class][before] += u32::from(mark.value == 1);
                votes.resumes[before][class] += u32::from(last[class] > 0 && mark.value == last[class] + 1);
            }
            last[class] = mark.value;
        }
        votes
    }

    /// Whether the document puts `b` under `a` although the usual order has it above.
    fn overrules(&self, b: usize, a: usize) -> bool {
        let fixed = Class::Article as usize;
        let (for_it, against) =
            (self.starts[b][a] + self.resumes[b][a], self.starts[a][b] + self.resumes[a][b]);
        b < a
            && (a > fixed || b > fixed)
            && self.starts[b][a] > 0
            && self.resumes[b][a] > 0
            && for_it > against
    }
}

fn split_arabic(mark: Mark) -> Mark {
    match mark.class {
        Class::Arabic if mark.comma => Mark { class: Class::ArabicComma, ..mark },
        _ => mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::outline::marks;

    fn learn(lines: &[&str]) -> Order {
        Order::learn(&lines.iter().filter_map(|line| marks::read(line)).collect::<Vec<_>>())
    }

    fn under(order: &Order, b: Class, a: Class) -> bool {
        order.is_under(Rung::Mark(b), Rung::Mark(a))
    }

    #[test]
    fn the_usual_order_without_evidence() {
        let order = learn(&["一、甲", "(一)乙", "1.丙"]);
        assert!(under(&order, Class::ChineseBracket, Class::Chinese));
        assert!(under(&order, Class::Arabic, Class::ChineseBracket));
    }

    #[test]
    fn the_document_overrules_the_usual_order() {
        let order = learn(&["1.甲", "(一)乙", "(二)丙", "2.丁", "(一)戊"]);
        assert!(under(&order, Class::ChineseBracket, Class::Arabic));
        assert!(!under(&order, Class::Arabic, Class::ChineseBracket));
    }

    #[test]
    fn a_list_in_the_preface_does_not() {
        let order = learn(&["1.甲", "2.乙", "一、丙", "(一)丁", "二、戊"]);
        assert!(under(&order, Class::Arabic, Class::Chinese));
    }

    #[test]
    fn two_spellings_of_one_run_are_one_class() {
        assert!(!learn(&["(一)甲", "1.乙", "2、丙", "(二)甲", "1、乙"]).two_arabic);
        assert!(learn(&["1、甲", "1.乙", "2.丙", "2、丁"]).two_arabic);
    }

    #[test]
    fn chapters_stand_above_divisions_whatever_comes_first() {
        let order = learn(&["第一节 甲", "第一章 乙", "第一节 丙", "第二章 丁"]);
        assert!(under(&order, Class::Division, Class::Chapter));
    }
}
