//! Rows of the target table as a person paired them: two targets that are worded too differently for the reader, or
//! two that share a name and mean different things.

use super::target_table::{Aim, Standing, TargetRow, standing};
use crate::plan::{Indicators, Plan};

/// Applies a person's decisions to the rows of the table. `together` and `apart` are pairs of indices into the targets
/// of A and B. What was paired comes first; nothing is subtracted that [`standing`] would not subtract.
pub fn pair_targets(
    rows: &mut Vec<TargetRow>,
    (a, b): (&Plan, &Plan),
    together: &[(usize, usize)],
    apart: &[(usize, usize)],
    indicators: &Indicators,
) {
    for &(of_a, of_b) in apart {
        let is_meant = |row: &TargetRow| holds(row.a.as_ref(), of_a) && holds(row.b.as_ref(), of_b);
        if let Some(at) = rows.iter().position(is_meant) {
            let row = rows.remove(at);
            let only_a = TargetRow { b: None, standing: Standing::OnlyA, ..row.clone() };
            let only_b = TargetRow { a: None, standing: Standing::OnlyB, ..row };
            rows.extend([only_a, only_b]);
        }
    }
    for &(of_a, of_b) in together.iter().rev() {
        let (Some(target_a), Some(target_b)) = (a.targets.get(of_a), b.targets.get(of_b)) else { continue };
        let Some(row_a) = take(rows, of_a, |row| &mut row.a) else { continue };
        let Some(row_b) = take(rows, of_b, |row| &mut row.b) else { continue };
        let canonical = row_a.canonical.clone().or(row_b.canonical);
        let indicator = canonical.as_deref().and_then(|id| indicators.get(id));
        let direction = indicator.map_or(row_a.direction, |indicator| indicator.direction);
        let chosen = |aim: Option<Aim>, index: usize| aim.map(|aim| aim_at(&aim, index));
        let row = TargetRow {
            name: if row_a.name == row_b.name {
                row_a.name
            } else {
                format!("{} / {}", row_a.name, row_b.name)
            },
            direction,
            a: chosen(row_a.a, of_a),
            b: chosen(row_b.b, of_b),
            standing: standing(target_a, target_b, indicator),
            canonical,
        };
        rows.insert(0, row);
    }
    let group = |row: &TargetRow| match row.standing {
        Standing::Comparable { .. } => 0,
        Standing::Different(_) => 1,
        Standing::OnlyA => 2,
        Standing::OnlyB => 3,
    };
    rows.sort_by_key(group);
}

fn holds(aim: Option<&Aim>, index: usize) -> bool {
    aim.is_some_and(|aim| {
        aim.target == Some(index) || aim.baseline == Some(index) || aim.others.contains(&index)
    })
}

/// Takes one side out of the row that holds a target of it; the other side stays behind, where there is one.
fn take(
    rows: &mut Vec<TargetRow>,
    index: usize,
    side: impl Fn(&mut TargetRow) -> &mut Option<Aim>,
) -> Option<TargetRow> {
    let at = rows.iter_mut().position(|row| holds(side(row).as_ref(), index))?;
    let taken = rows[at].clone();
    *side(&mut rows[at]) = None;
    match (&rows[at].a, &rows[at].b) {
        (None, None) => drop(rows.remove(at)),
        (Some(_), _) => rows[at].standing = Standing::OnlyA,
        (None, Some(_)) => rows[at].standing = Standing::OnlyB,
    }
    Some(taken)
}

/// The same aim with this target in front.
fn aim_at(aim: &Aim, index: usize) -> Aim {
    if aim.target == Some(index) || aim.baseline == Some(index) {
        return aim.clone();
    }
    let mut others: Vec<_> = aim.others.iter().copied().filter(|&other| other != index).collect();
    others.extend(aim.target);
    Aim { baseline: aim.baseline, target: Some(index), others }
}

#[cfg(test)]
mod tests {
    use super::super::target_table::target_table;
    use super::*;
    use crate::text::{Layout, Text};

    fn plan(words: &str) -> Plan {
        crate::plan::read(&Text::new(words), &Layout::default(), &[])
    }

    fn two() -> (Plan, Plan) {
        let a = plan("一、目标\n1.到2025年，家庭药箱普及率达到30%。\n2.到2025年，人均预期寿命达到81岁。\n");
        let b = plan("一、目标\n1.到2025年，家庭急救箱配备率达到45%。\n2.到2025年，人均预期寿命达到80岁。\n");
        assert!(a.targets.len() >= 2 && b.targets.len() >= 2, "{:?} {:?}", a.targets, b.targets);
        (a, b)
    }

    #[test]
    fn two_rows_that_a_person_pairs_are_one_and_can_be_subtracted() {
        let (a, b) = two();
        let indicators = Indicators::builtin();
        let mut rows = target_table(&a, &b, indicators);
        let before = rows.len();
        pair_targets(&mut rows, (&a, &b), &[(0, 0)], &[], indicators);
        assert_eq!(rows.len(), before - 1);
        let row = rows.iter().find(|row| holds(row.a.as_ref(), 0)).unwrap();
        assert!(holds(row.b.as_ref(), 0), "{row:?}");
        assert!(
            matches!(row.standing, Standing::Comparable { gap, .. } if (gap - 15.0).abs() < 1e-9),
            "{row:?}"
        );
    }

    #[test]
    fn a_row_that_a_person_parts_is_two_again() {
        let (a, b) = two();
        let indicators = Indicators::builtin();
        let mut rows = target_table(&a, &b, indicators);
        let (of_a, of_b) = rows
            .iter()
            .find_map(|row| Some((row.a.as_ref()?.target?, row.b.as_ref()?.target?)))
            .expect("life expectancy is on both sides");
        let before = rows.len();
        pair_targets(&mut rows, (&a, &b), &[], &[(of_a, of_b)], indicators);
        assert_eq!(rows.len(), before + 1);
        assert!(rows.iter().all(|row| !(holds(row.a.as_ref(), of_a) && holds(row.b.as_ref(), of_b))));
    }
}
