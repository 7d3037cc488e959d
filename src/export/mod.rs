//! Tables and reports out: csv, xlsx, docx, html, md, REFI-QDA.
