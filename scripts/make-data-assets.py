#!/usr/bin/env python3
"""Converts the project's source tables to the assets the program embeds.

Usage:  scripts/make-data-assets.py SOURCE_FOLDER [ASSETS_FOLDER]

SOURCE_FOLDER holds cities.json, counties.tsv, indicators.json and codebook.json.
ASSETS_FOLDER is the assets folder beside the folder of this script unless given. Written there:

  places/provinces.tsv, cities.tsv, counties.tsv
                  UTF-8, LF, tab separated, one header line beginning with '#'. Codes are the six-digit codes of
                  administrative divisions; the last column points to the code of the table above.
  indicators.ron  the canonical indicators. Not taken over: the national reference values (a transcription that
                  was not checked against the official texts), max_decimals, nature, alternate_unit, and the
                  machine unit (the unit as written in Chinese is taken).
                  direction "context" (it depends on the plan) becomes `none`.
  codebook.ron    facets and tags. Not taken over: hca2019, who_block and the notes of facets.
                  core: tags of facets without a core set, and theme groups, count as core.
                  hue: theme groups 0..9 in order, children as their group; instrument 10, population 11,
                  commitment 4.

The source's order is kept. Every RON file is checked before it is written: an independent reader parses it
again, and what it reads must equal what was meant. Needs Python 3.8 or later, nothing else.
"""

import json
import pathlib
import re
import sys


# ---------------------------------------------------------------- RON: writing

class Ident(str):
    """A bare identifier, such as an enum variant without data."""


class Some:
    def __init__(self, value):
        self.value = value


class Struct(dict):
    """A struct written over several lines."""


class Inline(dict):
    """A struct written on one line."""


def ron_string(text):
    if "\\" in text or '"' in text:
        hashes = "#" if '"' in text else ""
        while f'"{hashes}' in text and hashes:
            hashes += "#"
        if "\n" not in text and "\r" not in text:
            return f'r{hashes}"{text}"{hashes}'
    if any(ord(c) < 0x20 for c in text):
        raise ValueError(f"control character in {text!r}")
    return f'"{text}"'


def ron(value, indent=0):
    """The value as RON, 2 spaces per level."""
    pad, inner = "  " * indent, "  " * (indent + 1)
    if value is None:
        return "None"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, Ident):
        return str(value)
    if isinstance(value, str):
        return ron_string(value)
    if isinstance(value, Some):
        return f"Some({ron(value.value, indent)})"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, tuple):
        return "(" + ", ".join(ron(v, indent) for v in value) + ")"
    if isinstance(value, Inline):
        return "(" + ", ".join(f"{k}: {ron(v, indent)}" for k, v in value.items()) + ")"
    if isinstance(value, Struct):
        return "(\n" + "".join(f"{inner}{k}: {ron(v, indent + 1)},\n" for k, v in value.items()) + pad + ")"
    if isinstance(value, list):
        if any(isinstance(v, (Struct, Inline)) for v in value):
            return "[\n" + "".join(f"{inner}{ron(v, indent + 1)},\n" for v in value) + pad + "]"
        return "[" + ", ".join(ron(v, indent) for v in value) + "]"
    raise TypeError(type(value))


# ---------------------------------------------------------------- RON: reading, for the check

TOKEN = re.compile(
    r'\s+|//[^\n]*'
    r'|(?P<raw>r(?P<h>#*)"(?P<rawtext>.*?)"(?P=h))'
    r'|"(?P<text>(?:[^"\\]|\\.)*)"'
    r'|(?P<number>[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)'
    r'|(?P<word>[A-Za-z_][A-Za-z0-9_]*)'
    r'|(?P<mark>[()\[\]:,])', re.S)


def tokens(text):
    at = 0
    while at < len(text):
        m = TOKEN.match(text, at)
        if not m:
            raise ValueError(f"not RON at character {at}: {text[at:at + 40]!r}")
        at = m.end()
        if m["raw"] is not None:
            yield "string", m["rawtext"]
        elif m["text"] is not None:
            if "\\" in m["text"]:
                raise ValueError(f"escape not expected: {m['text']!r}")
            yield "string", m["text"]
        elif m["number"] is not None:
            yield "number", float(m["number"]) if re.search(r"[.eE]", m["number"]) else int(m["number"])
        elif m["word"] is not None:
            yield "word", m["word"]
        elif m["mark"] is not None:
            yield "mark", m["mark"]


def parse(text):
    toks = list(tokens(text)) + [("end", None)]
    at = 0

    def peek(ahead=0):
        return toks[at + ahead]

    def take(expected=None):
        nonlocal at
        tok = toks[at]
        if expected and tok != ("mark", expected):
            raise ValueError(f"{expected!r} expected, found {tok} (token {at})")
        at += 1
        return tok

    def items(close, one):
        out = []
        while peek() != ("mark", close):
            out.append(one())
            if peek() != ("mark", close):
                take(",")
        take(close)
        return out

    def field():
        name = take()
        if name[0] != "word":
            raise ValueError(f"field name expected, found {name}")
        take(":")
        return name[1], value()

    def value():
        kind, v = take()
        if kind in ("string", "number"):
            return v
        if kind == "word":
            if v == "Some":
                take("(")
                inner = value()
                take(")")
                return ("Some", inner)
            return {"true": True, "false": False, "None": None}.get(v, ("ident", v))
        if (kind, v) == ("mark", "["):
            return items("]", value)
        if (kind, v) == ("mark", "("):
            if peek()[0] == "word" and peek(1) == ("mark", ":"):
                pairs = items(")", field)
                if len(dict(pairs)) != len(pairs):
                    raise ValueError("field given twice")
                return dict(pairs)
            return tuple(items(")", value))
        raise ValueError(f"value expected, found {(kind, v)} (token {at})")

    result = value()
    if peek()[0] != "end":
        raise ValueError("text after the value")
    return result


def plain(value):
    """What parse() should give back for a value."""
    if isinstance(value, Ident):
        return ("ident", str(value))
    if isinstance(value, Some):
        return ("Some", plain(value.value))
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, tuple):
        return tuple(plain(v) for v in value)
    return value


def write_ron(path, head, value):
    text = "".join(f"// {line}\n" for line in head) + ron(value) + "\n"
    if parse(text) != plain(value):
        raise ValueError(f"{path.name}: read back differently")
    path.write_bytes(text.encode("utf-8"))
    print(f"{path.name}: {len(text.encode('utf-8'))} bytes, parsed again and equal")


def option(value):
    return None if value in (None, "") else Some(value)


def unique(what, ids):
    ids = list(ids)
    if len(set(ids)) != len(ids):
        raise ValueError(f"{what}: an id occurs twice")
    return set(ids)


# ---------------------------------------------------------------- places

def write_tsv(path, columns, rows):
    for row in rows:
        if len(row) != len(columns) or any(not c or re.search(r"[\t\r\n]", c) for c in row):
            raise ValueError(f"{path.name}: bad row {row}")
    unique(path.name, (row[0] for row in rows))
    lines = ["# " + "\t".join(columns)] + ["\t".join(row) for row in rows]
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-8"))
    print(f"{path.name}: {len(rows)} rows")


def places(source, out):
    data = json.loads((source / "cities.json").read_text(encoding="utf-8"))
    out.mkdir(parents=True, exist_ok=True)

    provinces = [[p[k] for k in ("code", "name", "short", "en", "abbr", "icp")] for p in data["provinces"]]
    cities = [[c["code"], c["name"], c["short"], c["en"], c["pinyin"], c["level"], c["prov"].ljust(6, "0")]
              for c in data["cities"]]
    counties = [line.split("\t") for line in (source / "counties.tsv").read_text(encoding="utf-8").splitlines() if line]

    if not {c[6] for c in cities} <= {p[0] for p in provinces}:
        raise ValueError("a city without its province")
    if not {c[2] for c in counties} <= {c[0] for c in cities}:
        raise ValueError("a county without its city")

    write_tsv(out / "provinces.tsv", ["code", "name", "short", "en", "abbr", "icp"], provinces)
    write_tsv(out / "cities.tsv", ["code", "name", "short", "en", "pinyin", "level", "province"], cities)
    write_tsv(out / "counties.tsv", ["code", "name", "city"], counties)


# ---------------------------------------------------------------- indicators

DIRECTION = {"up": "up", "down": "down", "none": "none", "neutral": "none", "context": "none"}


def indicators(source, out, tag_ids):
    data = json.loads((source / "indicators.json").read_text(encoding="utf-8"))["indicators"]
    unique("indicators", (i["id"] for i in data))
    items = []
    for i in data:
        if i.get("theme") and i["theme"] not in tag_ids:
            raise ValueError(f"{i['id']}: theme {i['theme']} is not in the codebook")
        limits = i.get("range")
        if limits and not limits[0] < limits[1]:
            raise ValueError(f"{i['id']}: range {limits}")
        items.append(Struct(
            id=i["id"],
            zh=i["zh"],
            en=i["en"],
            domain=i["domain"],
            unit=i["unit_zh"],
            unit_aliases=i["unit_aliases"],
            direction=Ident(DIRECTION[i["direction"]]),
            range=Some((float(limits[0]), float(limits[1]))) if limits else None,
            synonyms=i["synonyms"],
            theme=option(i.get("theme")),
            note=i.get("note", ""),
        ))
    write_ron(out / "indicators.ron", [
        "Indicators of city health plans: names, synonyms, units, direction, plausible range.",
        "range is what a city's value can plausibly be, not a norm. Synonyms are matched longest first.",
        "direction: which way is better; none = it depends on the plan.",
    ], Struct(version=1, indicators=items))
    print(f"  {len(items)} indicators, {sum(len(i['synonyms']) for i in items)} synonyms")


# ---------------------------------------------------------------- codebook

FACET_HUE = {"instrument": 10, "population": 11, "commitment": 4}
# Cues found wanting after the source was made: headings that plans of any city have, and general words for what the
# sample plans spoke of without being suggested. Never words of one document.
MORE_CUES = {
    "healthy_city": {"weak_cues": ["re:健康[^环产教服信管档企学社家村城素促细生保体][一-龥]{1,2}建设"]},
    "tcm_service": {"cues": ["中医药健康服务", "中医药工作", "中医药事业", "基层中医药"]},
    "overview": {"cues": ["发展目标", "主要目标", "工作目标", "发展现状", "发展背景", "规划背景", "面临形势", "发展基础"]},
    "evaluation": {"cues": ["监测分析", "统计工作", "统计监测", "评估结果"]},
    "publicity": {"cues": ["宣讲"]},
}
BRACKETED = re.compile(r"\s*[（(][^）)]*[）)]$")


def codebook(source, out):
    data = json.loads((source / "codebook.json").read_text(encoding="utf-8"))
    codes = data["codes"]
    ids = unique("codebook", (c["id"] for c in codes))
    facets = [Inline(id=f["id"], zh=BRACKETED.sub("", f["zh"]), en=BRACKETED.sub("", f["en"]),
                     multiple=f["multi"], tree=f["tree"]) for f in data["facets"]]
    # "主题（工作领域）" / "Theme (working area)": the bracketed half is what the program calls this facet.
    for facet in facets:
        if facet["id"] == "theme":
            facet["zh"], facet["en"] = "工作领域", "Working area"

    groups = [c["id"] for c in codes if c["facet"] == "theme" and not c["parent"]]
    if len(groups) > 10:
        raise ValueError("more theme groups than hues")

    facet_of = {c["id"]: c["facet"] for c in codes}
    facet_ids = {f["id"] for f in facets}
    tags = []
    for c in codes:
        if c["facet"] not in facet_ids or (c["parent"] and facet_of.get(c["parent"]) != c["facet"]):
            raise ValueError(f"{c['id']}: bad facet or parent")
        for kind, cues in MORE_CUES.get(c["id"], {}).items():
            c[kind] = c[kind] + cues
        for cue in c["cues"] + c["weak_cues"] + c["not_cues"]:
            if cue.startswith("re:"):
                re.compile(cue[3:])
        hue = groups.index(c["parent"] or c["id"]) if c["facet"] == "theme" else FACET_HUE[c["facet"]]
        tags.append(Struct(
            id=c["id"],
            facet=c["facet"],
            parent=option(c["parent"]),
            zh=c["zh"],
            en=c["en"],
            definition_zh=c["definition_zh"],
            definition_en=c["definition_en"],
            hue=hue,
            cues=Inline({"strong": c["cues"], "weak": c["weak_cues"], "not": c["not_cues"]}),
            domain=option(c.get("hc2030_domain")),
            core=c.get("core", True),
            shortcut=option(c.get("shortcut")),
        ))
    write_ron(out / "codebook.ron", [
        "The default codebook: facets and tags for Chinese city health plans.",
        'cues: strong, weak, and "not" (removed from the text before the others are looked for);',
        'a cue that begins with "re:" is a regular expression. domain: the area of "健康中国2030".',
    ], Struct(version=1, facets=facets, tags=tags))
    print(f"  {len(facets)} facets, {len(tags)} tags, "
          f"{sum(len(c['cues']) + len(c['weak_cues']) + len(c['not_cues']) for c in codes)} cues")
    return ids


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    source = pathlib.Path(sys.argv[1])
    out = pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else pathlib.Path(__file__).resolve().parent.parent / "assets"
    out.mkdir(parents=True, exist_ok=True)
    places(source, out / "places")
    tag_ids = codebook(source, out)
    indicators(source, out, tag_ids)


if __name__ == "__main__":
    main()
