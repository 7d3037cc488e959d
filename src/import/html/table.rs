//! Tables of figures, told apart from the tables that old sites lay their pages out with.

use super::render::{self, Block};
use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

/// A cell with more chars than this, in several blocks, is a page and not a cell.
const LONGEST_CELL: usize = 400;
/// Most columns that a merged cell may claim.
const MAX_SPAN: usize = 64;

/// The rows of a table whose cells are data; `None` for any other element and for layout tables. A merged
/// cell gives its words once, in its first place; its other places are empty, so that columns keep their order.
pub(super) fn rows(node: NodeRef<Node>) -> Option<Vec<Vec<String>>> {
    if name_of(node) != Some("table") || node.descendants().skip(1).any(|n| name_of(n) == Some("table")) {
        return None;
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    // How many more rows a cell of the rows above reaches into, by column.
    let mut reaching: Vec<usize> = Vec::new();
    let mut rows_of_many = 0;
    for row in node.descendants().filter(|n| name_of(*n) == Some("tr")) {
        let cells: Vec<_> = row.children().filter(|n| matches!(name_of(*n), Some("td" | "th"))).collect();
        rows_of_many += usize::from(cells.len() > 1);
        let mut placed = Vec::new();
        for cell in cells {
            let Node::Element(element) = cell.value() else { continue };
            skip_reached(&mut placed, &mut reaching);
            let words = words_of(cell)?;
            let width = span(element, "colspan").min(MAX_SPAN);
            for place in 0..width {
                if reaching.len() <= placed.len() {
                    reaching.push(0);
                }
                reaching[placed.len()] = span(element, "rowspan") - 1;
                placed.push(if place == 0 { words.clone() } else { String::new() });
            }
        }
        skip_reached(&mut placed, &mut reaching);
        for left in reaching.iter_mut().skip(placed.len()) {
            *left = left.saturating_sub(1);
        }
        rows.push(placed);
    }
    (rows_of_many > 1).then_some(rows)
}

/// Leaves the places empty that cells of the rows above reach into.
fn skip_reached(placed: &mut Vec<String>, reaching: &mut [usize]) {
    while let Some(left) = reaching.get_mut(placed.len()).filter(|left| **left > 0) {
        *left -= 1;
        placed.push(String::new());
    }
}

/// A cell's words in one line; `None` where the cell holds a page.
fn words_of(cell: NodeRef<Node>) -> Option<String> {
    let mut words = String::new();
    let blocks = render::blocks(cell);
    for block in &blocks {
        if let Block::Line { words: line, .. } = block {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(line);
        }
    }
    (blocks.len() < 4 || words.chars().count() <= LONGEST_CELL).then_some(words)
}

fn span(element: &Element, attribute: &str) -> usize {
    element.attr(attribute).and_then(|n| n.trim().parse().ok()).unwrap_or(1).clamp(1, 1000)
}

fn name_of(node: NodeRef<'_, Node>) -> Option<&str> {
    match node.value() {
        Node::Element(element) => Some(element.name()),
        _ => None,
    }
}
