#!/usr/bin/env python3
"""Sets a docx in two columns: make-two-columns.py IN.docx OUT.docx GAP, the gap between them in twentieths of a point."""
import re
import sys
import zipfile

source, target, gap = sys.argv[1:4]
with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
    for name in old.namelist():
        content = old.read(name)
        if name == "word/document.xml":
            words = re.sub(r"<w:cols[^>]*/>", "", content.decode())
            columns = f'<w:cols w:num="2" w:space="{int(gap)}"/></w:sectPr>'
            content = words.replace("</w:sectPr>", columns).encode()
        new.writestr(name, content)
