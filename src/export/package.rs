//! Files put together as a zip archive: what .xlsx, .docx and .qdpx are.

use super::form::ExportError;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What every XML part begins with.
pub const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Packs files with their names, in order, all with one fixed time, so that the same files give the same bytes.
pub fn package(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, ExportError> {
    let refused = |error: &dyn std::fmt::Display| ExportError::Package(error.to_string());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(name, options).map_err(|error| refused(&error))?;
        archive.write_all(&content).map_err(|error| refused(&error))?;
    }
    Ok(archive.finish().map_err(|error| refused(&error))?.into_inner())
}
