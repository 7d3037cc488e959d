//! Signs and ruled lines out of a PDF. `pdf_oxide` reads files from strangers; it works in a thread of its own, so
//! that whatever a broken file does to it ends there.

use super::ImportWarning;
use crate::import::ImportError;
use pdf_oxide::document::PdfDocument;
use pdf_oxide::layout::TextSpan;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

/// How long one page, or the opening of the file, may take. An honest page takes 5-30 ms; without optimisation
/// twenty times that.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
/// Stack of the thread, for objects as deep as `guard` lets them be; memory is taken only as far as it is used.
const STACK: usize = 256 << 20;
/// Pages of one file.
const MAX_PAGES: usize = 5000;
/// Signs of one file.
const MAX_GLYPHS: usize = 10_000_000;

/// A sign on the page. Lengths are points, `y` grows upwards and is the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) sign: char,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) size: f32,
}

/// A straight line, horizontal or vertical, by its two ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

/// A page as the file has it.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
}

/// A file as read.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) pages: Vec<Page>,
    pub(super) warnings: Vec<ImportWarning>,
}

enum Report {
    Opened(usize),
    Page(Option<Page>),
    Failed(ImportError),
}

/// Reads all pages.
pub(super) fn extract(bytes: &[u8]) -> Result<File, ImportError> {
    let (sender, reports) = sync_channel(4);
    let owned = bytes.to_vec();
    std::thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK)
        .spawn(move || send_pages(owned, &sender))
        .map_err(ImportError::damaged)?;
    let (mut file, mut expected, mut glyphs) = (File::default(), usize::MAX, 0);
    while file.pages.len() < expected {
        match reports.recv_timeout(PATIENCE) {
            Ok(Report::Opened(pages)) => expected = pages,
            Ok(Report::Page(Some(page))) => {
                glyphs += page.glyphs.len();
                file.pages.push(page);
            }
            Ok(Report::Page(None)) => {
                file.pages.push(Page::default());
                file.warnings.push(ImportWarning::PartUnread { what: format!("page {}", file.pages.len()) });
            }
            Ok(Report::Failed(error)) => return Err(error),
            Err(RecvTimeoutError::Timeout) => {
                return Err(ImportError::LimitExceeded { what: "a page that never ends" });
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(ImportError::damaged("the PDF cannot be followed"));
            }
        }
        if glyphs > MAX_GLYPHS {
            return Err(ImportError::LimitExceeded { what: "too many signs" });
        }
    }
    if file.pages.is_empty() { Err(ImportError::Empty) } else { Ok(file) }
}

/// Runs in the thread. Stops as soon as nobody listens any more.
fn send_pages(bytes: Vec<u8>, to: &SyncSender<Report>) {
    let opened = catch_unwind(AssertUnwindSafe(|| open(bytes)));
    let opened = opened.unwrap_or_else(|_| Err(ImportError::damaged("the PDF cannot be followed")));
    let (document, pages) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            let _ = to.send(Report::Failed(error));
            return;
        }
    };
    if to.send(Report::Opened(pages)).is_err() {
        return;
    }
    for number in 0..pages {
        let page = catch_unwind(AssertUnwindSafe(|| page(&document, number))).ok().flatten();
        if to.send(Report::Page(page)).is_err() {
            return;
        }
    }
}

fn open(bytes: Vec<u8>) -> Result<(PdfDocument, usize), ImportError> {
    let document = PdfDocument::from_bytes(bytes).map_err(|e| because(&e))?;
    if document.is_encrypted() && !document.is_authenticated() {
        return Err(ImportError::Encrypted);
    }
    match document.page_count().map_err(|e| because(&e))? {
        0 => Err(ImportError::damaged("a PDF without pages")),
        pages if pages > MAX_PAGES => Err(ImportError::LimitExceeded { what: "too many pages" }),
        pages => Ok((document, pages)),
    }
}

fn because(error: &pdf_oxide::Error) -> ImportError {
    let words = error.to_string();
    let is_locked = ["encrypt", "password"].iter().any(|word| words.to_lowercase().contains(word));
    if is_locked {
        ImportError::Encrypted
    } else {
        ImportError::damaged(words.lines().next().unwrap_or_default())
    }
}

fn page(document: &PdfDocument, number: usize) -> Option<Page> {
    // Not `extract_chars`: it takes a char or two of every few thousand from the wrong font.
    let spans = document.extract_spans(number).ok()?;
    let (_, bottom, _, top) = document.get_page_media_box(number).unwrap_or((0.0, 0.0, 595.0, 842.0));
    let upright = spans.iter().filter(|span| is_upright(span.rotation_degrees));
    let glyphs = upright.flat_map(|span| glyphs_of(span, bottom)).collect();
    Some(Page { height: top - bottom, glyphs, rules: rules(document, number, bottom) })
}

/// The signs of a span.
fn glyphs_of(span: &TextSpan, bottom: f32) -> Vec<Glyph> {
    let size = span.font_size;
    let y = span.bbox.y - bottom;
    if ![span.bbox.x, span.bbox.width, y, size].iter().all(|n| n.is_finite()) || size <= 1.0 {
        return Vec::new();
    }
    let places = places_of(span);
    let signs = span.text.chars().zip(places);
    signs
        .filter(|(_, (x, width))| x.is_finite() && width.is_finite())
        .map(|(sign, (x, width))| Glyph { sign, x, y, width, size })
        .collect()
}

/// Where each sign of a span begins, and how wide it is. `pdf_oxide` tells it in two ways, of which neither is always
/// right: places of signs (wrong where it joined spans, then they go back or past the end), and widths (which know
/// nothing of gaps between signs). Where the places go astray, the widths are stretched to fill the span.
fn places_of(span: &TextSpan) -> Vec<(f32, f32)> {
    let count = span.text.chars().count();
    let (left, right) = (span.bbox.x, span.bbox.x + span.bbox.width);
    let slack = span.font_size * 0.5;
    let widths = if span.char_widths.len() == count {
        span.char_widths.clone()
    } else {
        vec![span.bbox.width / count as f32; count]
    };
    let xs = &span.char_x_offsets;
    let is_in_order = xs.windows(2).all(|pair| pair[0] <= pair[1]);
    let is_within = xs.iter().zip(&widths).all(|(x, width)| *x > left - slack && x + width < right + slack);
    if xs.len() == count && is_in_order && is_within {
        return xs.iter().copied().zip(widths).collect();
    }
    let sum: f32 = widths.iter().sum();
    let stretch = if sum > 0.0 { span.bbox.width / sum } else { 1.0 };
    let mut at = left;
    let step = |width: f32| {
        let x = at;
        at += width * stretch;
        (x, width * stretch)
    };
    widths.into_iter().map(step).collect()
}

/// Stamps and watermarks stand askew.
fn is_upright(degrees: f32) -> bool {
    let turn = degrees.rem_euclid(360.0);
    !(5.0..=355.0).contains(&turn)
}

/// The page's straight lines; a thin filled box is one, and the sides of a drawn box are four.
fn rules(document: &PdfDocument, number: usize, bottom: f32) -> Vec<Rule> {
    const THIN: f32 = 3.0;
    const SHORT: f32 = 6.0;
    let paths = document.extract_paths(number).unwrap_or_default();
    let mut rules = Vec::new();
    for path in paths.iter().take(20_000) {
        let (x0, y0) = (path.bbox.x, path.bbox.y - bottom);
        let (x1, y1) = (x0 + path.bbox.width, y0 + path.bbox.height);
        let middle = |a: f32, b: f32| f32::midpoint(a, b);
        if ![x0, x1, y0, y1].iter().all(|n| n.is_finite()) {
            continue;
        }
        if y1 - y0 < THIN && x1 - x0 > SHORT {
            rules.push(Rule { x0, y0: middle(y0, y1), x1, y1: middle(y0, y1) });
        } else if x1 - x0 < THIN && y1 - y0 > SHORT {
            rules.push(Rule { x0: middle(x0, x1), y0, x1: middle(x0, x1), y1 });
        } else if path.is_rectangle() && path.stroke_color.is_some() && x1 - x0 > SHORT && y1 - y0 > SHORT {
            rules.extend([
                Rule { x0, y0, x1, y1: y0 },
                Rule { x0, y0: y1, x1, y1 },
                Rule { x0, y0, x1: x0, y1 },
                Rule { x0: x1, y0, x1, y1 },
            ]);
        }
    }
    rules
}
