//! The body of a report: blocks as WordprocessingML.

use crate::export::chart::{self, Raster};
use crate::export::document::{Block, Document, Excerpt, Picture};
use crate::export::form::ExportError;
use crate::export::table::{Cell, Fate, Piece, Table};
use crate::export::xml::escaped;

/// Width between the margins of A4 across, in twentieths of a point.
const TEXT_WIDTH: u32 = 14_570;
/// The same in English Metric Units.
const TEXT_WIDTH_EMU: u64 = TEXT_WIDTH as u64 * 635;
/// Height that a picture with its caption may have on a page.
const TEXT_HEIGHT_EMU: u64 = 8_400 * 635;
/// English Metric Units of a pixel at 96 dpi.
const PIXEL: u64 = 9_525;
/// The narrowest column, in twentieths of a point.
const NARROWEST: u32 = 560;
/// Rows with a longer cell may break across pages, else a page would stay half empty.
const LONG: usize = 300;

/// The body with the pictures it shows.
#[derive(Default)]
pub struct Body {
    /// The elements of `w:body`, its section properties left out.
    pub xml: String,
    /// PNG files, the first is `media/1.png`.
    pub pictures: Vec<Raster>,
}

impl Body {
    /// Writes all blocks.
    pub fn of(document: &Document) -> Result<Self, ExportError> {
        let mut body = Self::default();
        body.paragraph("Title", &document.title);
        for block in &document.blocks {
            match block {
                Block::Heading(words) => body.paragraph("Heading1", words),
                Block::Words(words) => body.paragraph("Normal", words),
                Block::Caution(words) => body.paragraph("Caution", words),
                Block::Table(table) => body.table(table),
                Block::Picture(picture) => body.picture(picture)?,
                Block::Excerpt(excerpt) => body.excerpt(excerpt),
            }
        }
        Ok(body)
    }

    fn paragraph(&mut self, style: &str, words: &str) {
        let run = run(words);
        self.xml.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{run}</w:p>\n"));
    }

    fn excerpt(&mut self, excerpt: &Excerpt) {
        self.paragraph("Quote", &excerpt.words);
        self.paragraph("Source", &excerpt.citation);
        if !excerpt.note.is_empty() {
            self.paragraph("Normal", &excerpt.note);
        }
    }

    fn table(&mut self, table: &Table) {
        if !table.name.is_empty() {
            self.paragraph("TableName", &table.name);
        }
        let widths = shares(&table.widths());
        self.xml.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Lines\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout \
             w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
             w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>",
            widths.iter().sum::<u32>()
        ));
        for width in &widths {
            self.xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.xml.push_str("</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (head, &width) in table.head.iter().zip(&widths) {
            self.cell(&run(head), width, "CellHead", false);
        }
        self.xml.push_str("</w:tr>\n");
        for row in &table.rows {
            let long = row.iter().any(|cell| !cell.is_numeric() && cell.read().chars().count() > LONG);
            self.xml.push_str(if long { "<w:tr>" } else { "<w:tr><w:trPr><w:cantSplit/></w:trPr>" });
            for (cell, &width) in row.iter().zip(&widths) {
                let runs = match cell {
                    Cell::Changed(pieces) => pieces.iter().map(changed).collect(),
                    _ => run(&cell.read()),
                };
                self.cell(&runs, width, "Cell", cell.is_numeric());
            }
            self.xml.push_str("</w:tr>\n");
        }
        self.xml.push_str("</w:tbl>\n<w:p><w:pPr><w:pStyle w:val=\"Normal\"/></w:pPr></w:p>\n");
    }

    fn cell(&mut self, runs: &str, width: u32, style: &str, right: bool) {
        let shade = if style == "CellHead" {
            "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8ECF1\"/>"
        } else {
            ""
        };
        let jc = if right { "<w:jc w:val=\"right\"/>" } else { "" };
        self.xml.push_str(&format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}</w:tcPr><w:p><w:pPr><w:pStyle \
             w:val=\"{style}\"/>{jc}</w:pPr>{runs}</w:p></w:tc>"
        ));
    }

    fn picture(&mut self, picture: &Picture) -> Result<(), ExportError> {
        let raster = picture.drawing.png(chart::PRINT)?;
        let (width, height) = (u64::from(raster.width) * PIXEL, u64::from(raster.height) * PIXEL);
        let wide = width.max(1) as f64;
        let tall = height.max(1) as f64;
        let fit = (TEXT_WIDTH_EMU as f64 / wide)
            .min(TEXT_HEIGHT_EMU as f64 / tall)
            .min(1.0 / f64::from(chart::PRINT));
        let (width, height) = ((width as f64 * fit) as u64, (height as f64 * fit) as u64);
        self.pictures.push(raster);
        let id = self.pictures.len();
        let caption = escaped(&picture.caption);
        self.xml.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r><w:drawing><wp:inline><wp:extent cx=\"{width}\" \
             cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"{id}.png\" descr=\"{caption}\"/><a:graphic><a:graphicData \
             uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr \
             id=\"{id}\" name=\"{id}.png\" descr=\"{caption}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip \
             r:embed=\"picture{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off \
             x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
             </a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>\n"
        ));
        self.paragraph("Caption", &picture.caption);
        Ok(())
    }
}

/// A run of words; their line ends stay line ends.
fn run(words: &str) -> String {
    set(words, "")
}

/// A run of words that were compared: removed ones struck through, added ones underlined, in colours that differ in
/// grey too.
fn changed(piece: &Piece) -> String {
    let look = match piece.fate {
        Fate::Kept => "",
        Fate::Removed => "<w:rPr><w:strike/><w:color w:val=\"B3261E\"/></w:rPr>",
        Fate::Added => "<w:rPr><w:color w:val=\"1E7B4F\"/><w:u w:val=\"single\"/></w:rPr>",
    };
    set(&piece.words, look)
}

/// A run of words with run properties.
fn set(words: &str, properties: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    let lines = words.lines().map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line)));
    format!("<w:r>{properties}{}</w:r>", lines.collect::<Vec<_>>().join("<w:br/>"))
}

/// The widths of columns, together the width of the text: narrow ones as they want, the others share the rest.
fn shares(wanted: &[u16]) -> Vec<u32> {
    let all: u32 = wanted.iter().map(|&width| u32::from(width)).sum::<u32>().max(1);
    let least = NARROWEST.min(TEXT_WIDTH / (wanted.len().max(1) as u32));
    let rest = TEXT_WIDTH - least * wanted.len() as u32;
    wanted.iter().map(|&width| least + rest * u32::from(width) / all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_page() {
        for wanted in [&[6_u16, 60, 10][..], &[6; 60], &[60]] {
            let widths = shares(wanted);
            let sum: u32 = widths.iter().sum();
            assert!(sum <= TEXT_WIDTH && sum + 60 >= TEXT_WIDTH, "{wanted:?}: {sum}");
        }
    }

    #[test]
    fn a_line_end_stays_one() {
        let written = run("甲\n乙<");
        assert_eq!(
            written,
            "<w:r><w:t xml:space=\"preserve\">甲</w:t><w:br/><w:t xml:space=\"preserve\">乙&lt;</w:t></w:r>"
        );
    }
}
