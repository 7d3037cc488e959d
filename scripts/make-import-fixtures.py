"""Writes a plain-text plan as docx (with automatic numbers, header and page numbers), html (a page as government sites
serve it) and mhtml (as a browser saves it).

usage: make-import-fixtures.py PLAN.txt OUT_WITHOUT_EXTENSION
"""

import html
import io
import quopri
import re
import sys
import zipfile
from pathlib import Path

DIGITS = "零一二三四五六七八九"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# Level, pattern of the mark, Word's name of the numeral style, Word's template.
MARKS = [
    (0, re.compile(r"([一二三四五六七八九十]+)、\s*"), "chineseCountingThousand", "%1、"),
    (1, re.compile(r"\(([一二三四五六七八九十]+)\)\s*"), "chineseCounting", "(%2)"),
    (1, re.compile(r"（([一二三四五六七八九十]+)）\s*"), "chineseCounting", "（%2）"),
    (2, re.compile(r"(\d{1,2})\.(?!\d)\s*"), "decimal", "%3."),
    (2, re.compile(r"(\d{1,2})、\s*"), "decimal", "%3、"),
]


def number_of(numeral):
    if numeral.isdigit():
        return int(numeral)
    if "十" not in numeral:
        return DIGITS.index(numeral)
    tens, ones = numeral.split("十")
    return (DIGITS.index(tens) if tens else 1) * 10 + (DIGITS.index(ones) if ones else 0)


class Lists:
    """Gives each numbered line to a list, and begins a new list wherever Word would count otherwise."""

    def __init__(self):
        self.schemes = {}  # templates of the three levels -> abstractNumId
        self.lists = []  # (abstractNumId, {level: start})
        self.counts = {}  # abstractNumId -> how far each level has counted
        self.chosen = [0, 1, 3]

    def of(self, line):
        for mark, (level, pattern, _, _) in enumerate(MARKS):
            found = pattern.match(line)
            if found:
                return self.take(level, mark, number_of(found.group(1))), level, line[found.end() :]
        return None, None, line

    def take(self, level, mark, number):
        chosen = self.chosen[:level] + [mark] + self.chosen[level + 1 :]
        scheme = self.schemes.setdefault(tuple(chosen), len(self.schemes))
        counts = self.counts.setdefault(scheme, [0, 0, 0])
        is_same = bool(self.lists) and self.lists[-1][0] == scheme
        if not is_same or number != counts[level] + 1:
            self.lists.append((scheme, {level: number}))
        self.chosen = chosen
        counts[:] = [max(count, 1) for count in counts[:level]] + [number] + [0] * (2 - level)
        return len(self.lists)

    def xml(self):
        parts = []
        for chosen, scheme in self.schemes.items():
            levels = "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{MARKS[mark][2]}"/>'
                f'<w:suff w:val="nothing"/><w:lvlText w:val="{MARKS[mark][3]}"/>'
                '<w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr></w:lvl>'
                for level, mark in enumerate(chosen)
            )
            parts.append(f'<w:abstractNum w:abstractNumId="{scheme}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>')
        for index, (scheme, starts) in enumerate(self.lists):
            overrides = "".join(
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
                for level, start in starts.items()
            )
            parts.append(f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{scheme}"/>{overrides}</w:num>')
        return f'<w:numbering {W}>{"".join(parts)}</w:numbering>'


def run(words):
    return f'<w:r><w:t xml:space="preserve">{html.escape(words, quote=False)}</w:t></w:r>'


def paragraph(line, lists, is_title):
    if is_title:
        size = '<w:rPr><w:b/><w:sz w:val="44"/></w:rPr>'
        return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run(line).replace("<w:r>", "<w:r>" + size)}</w:p>'
    number, level, rest = lists.of(line)
    if number is None:
        return f'<w:p>{run(line)}</w:p>'
    in_list = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    heading = '<w:outlineLvl w:val="0"/>' if level == 0 else ""
    return f"<w:p><w:pPr>{in_list}{heading}</w:pPr>{run(rest)}</w:p>"


def docx(lines, title):
    lists = Lists()
    body = "".join(paragraph(line, lists, line == title) for line in lines)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rH"/><w:footerReference w:type="default" r:id="rF"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1587" w:bottom="1440" w:left="1587"'
        ' w:header="851" w:footer="992"/></w:sectPr>'
    )
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = ["styles", "numbering", "header", "footer"]
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{office}.document.main+xml"/>'
        + "".join(f'<Override PartName="/word/{kind}.xml" ContentType="{office}.{kind}+xml"/>' for kind in kinds)
        + "</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{relations}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{kind[0].upper()}" Type="{relations}/{kind}" Target="{kind}.xml"/>' for kind in kinds
        )
        + "</Relationships>",
        "word/document.xml": f'<w:document {W} xmlns:r="{relations}"><w:body>{body}{section}</w:body></w:document>',
        "word/styles.xml": f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Noto Serif CJK SC"'
        ' w:hAnsi="Noto Serif CJK SC" w:eastAsia="Noto Serif CJK SC"/><w:sz w:val="32"/><w:lang w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr><w:ind w:firstLineChars="200"'
        ' w:firstLine="640"/><w:jc w:val="both"/></w:pPr></w:style></w:styles>',
        "word/numbering.xml": lists.xml(),
        "word/header.xml": f'<w:hdr {W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run("眉头：" + title)}</w:p></w:hdr>',
        "word/footer.xml": f'<w:ftr {W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run("— ")}<w:fldSimple w:instr=" PAGE ">'
        f'{run("1")}</w:fldSimple>{run(" —")}</w:p></w:ftr>',
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return packed.getvalue()


def page(lines, title):
    """A page with navigation, a layout table, links and a footer around the text."""
    body = "\n".join(f"<p>&nbsp;&nbsp;{html.escape(line, quote=False)}</p>" for line in lines)
    links = "".join(f'<li><a href="/list/{n}.html">栏目{n}的通知公告与信息公开目录</a></li>' for n in range(40))
    return (
        '<!DOCTYPE html>\n<!-- saved from url=(0035)https://example.gov.cn/plan/1.html -->\n<html><head>'
        f'<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>{title}-某政府网站</title>'
        "<style>p { text-indent: 2em }</style><script>var words = '脚本里的文字。';</script></head><body>"
        f'<div class="nav"><a href="/">首页</a> <a href="/a">政务公开</a></div><table width="100%"><tr><td width="20%"><ul>{links}</ul></td>'
        f'<td><div class="article" id="zoom">\n{body}\n</div><div class="tools"><a href="#">【打印本页】</a></div></td></tr></table>'
        '<div class="foot"><p>版权所有：某政府网站 网站标识码1234567890</p></div></body></html>\n'
    )


def mhtml(content):
    quoted = quopri.encodestring(content.replace("charset=gb2312", "charset=utf-8").encode()).decode()
    return (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.gov.cn/plan/1.html\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----frontier----"\n\n\n'
        "------frontier----\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n"
        f"Content-Location: https://example.gov.cn/plan/1.html\n\n{quoted}\n------frontier------\n"
    )


def main():
    source, out = Path(sys.argv[1]), sys.argv[2]
    lines = [line.strip() for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    title = next((line for line in lines if 8 <= len(line) <= 40 and re.search("计划|规划|要点|方案", line)), lines[0])
    Path(out + ".docx").write_bytes(docx(lines, title))
    # Declared as gb2312, which it is but for a few chars that only GB18030 has.
    Path(out + ".html").write_bytes(page(lines, title).encode("gb18030"))
    Path(out + ".mhtml").write_bytes(mhtml(page(lines, title)).encode())


main()
