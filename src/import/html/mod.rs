//! Web pages as people save them: the text of the document found among navigation, lists and scripts.
//!
//! The document is the deepest element that holds most of the page's text outside links; its headline and the
//! rows with date, issuer and number stand before it and are kept too. Read in this order: `guard` (what is
//! refused), `charset`, `main_text` (where the document is), `render` (its lines), `table`, `origin`.

mod charset;
mod guard;
mod main_text;
mod origin;
mod render;
mod table;

use super::lines::Lines;
use super::{Format, ImportError, Imported, Options};
pub(super) use origin::web_address;
use render::Block;
use scraper::Html;

/// Reads a web page.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Imported, ImportError> {
    read_with(bytes, options.encoding.as_deref(), None)
}

/// Reads a web page of which an envelope (MHTML, HTTP headers) already named the encoding, without being
/// always right about it. `chosen` is what the person chose, and is.
pub(super) fn read_with(
    bytes: &[u8],
    chosen: Option<&str>,
    envelope: Option<&str>,
) -> Result<Imported, ImportError> {
    let decoded = charset::decode(bytes, chosen, envelope)?;
    guard::check(&decoded.content)?;
    let page = Html::parse_document(&decoded.content);
    let main = main_text::find(&page);
    let origin = origin::of(&page);

    let mut lines = Lines::default();
    let before = render::blocks_before(&page, main.id());
    let (head, headline) = origin::head_of(before, &origin);
    for block in head.into_iter().chain(render::blocks(main)) {
        match block {
            Block::Line { words, heading: Some(level), .. } => lines.push_heading(&words, level)?,
            Block::Line { words, .. } => lines.push(&words)?,
            Block::Table(rows) => lines.push_table(&rows)?,
        }
    }
    let (text, layout, left_out) = lines.finish();
    Ok(Imported {
        text,
        layout,
        format: Format::Html,
        encoding: decoded.encoding.to_owned(),
        title: origin.article_title.or(headline).or(origin.page_title),
        source_url: origin.url,
        captured: origin.captured,
        warnings: [decoded.warnings, left_out].concat(),
    })
}

#[cfg(test)]
mod tests;
