#!/usr/bin/env bash
# Makes assets/fonts/NotoSansSC-Regular.otf and NotoSansSC-Bold.otf: subsets of Noto Sans CJK SC.
#
# Usage:  scripts/make-fonts.sh [text file or folder ...]
#   The characters of the program's own assets (assets/*.ron, assets/places/*.tsv) are always included;
#   those of any UTF-8 files or folders named as arguments are added.
#
# Debian packages needed:  fonts-noto-cjk  unicode-data  fonttools
#   fonts-noto-cjk  NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc (SIL Open Font License 1.1)
#   unicode-data    Unihan; its property kTGH is the table of 8,105 general-purpose characters (通用规范汉字表)
#   fonttools       the subsetter (or: pip install fonttools)
#   Other systems: set NOTO_DIR and UNICODE_DIR to the folders with those files.
#
# What it does:
#   1. writes the list of code points: GB2312, the 8,105 characters, Latin with pinyin, Greek, punctuation,
#      full-width forms, enclosed and Roman numerals, units, arrows, mathematics, shapes and symbols of the
#      interface, CJK and Kangxi radicals (they turn up in text copied from PDF files);
#   2. finds the face "Noto Sans CJK SC" in each collection and subsets it. Kept: kerning, mark positions,
#      composition, ligatures, hints, the licence in the name table. Dropped: vertical metrics and features and
#      glyph variants for other languages;
#   3. says which wanted code points the source font has no glyph for.
# The same input always gives the same bytes with the same version of fonttools.
set -euo pipefail
cd "$(dirname "$0")/.."

NOTO_DIR=${NOTO_DIR:-/usr/share/fonts/opentype/noto}
UNICODE_DIR=${UNICODE_DIR:-/usr/share/unicode}
OUT=assets/fonts
FAMILY="Noto Sans CJK SC"

for f in "$NOTO_DIR/NotoSansCJK-Regular.ttc" "$NOTO_DIR/NotoSansCJK-Bold.ttc"; do
  [ -f "$f" ] || { echo "missing $f: install fonts-noto-cjk" >&2; exit 1; }
done
ls "$UNICODE_DIR"/Unihan_*.txt* >/dev/null 2>&1 || { echo "missing Unihan in $UNICODE_DIR: install unicode-data" >&2; exit 1; }
python3 -c 'import fontTools' 2>/dev/null || { echo "missing fonttools: install fonttools" >&2; exit 1; }

TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
mkdir -p "$OUT"

# Arguments are relative to the folder the script was called from.
texts=(assets/*.ron assets/places/*.tsv)
for a in "$@"; do
  case $a in /*) texts+=("$a") ;; *) texts+=("$OLDPWD/$a") ;; esac
done

# 1. the code points
UNICODE_DIR="$UNICODE_DIR" python3 - "$TMP/unicodes.txt" "${texts[@]}" <<'PY'
import bz2, glob, os, pathlib, sys

out, texts = sys.argv[1], sys.argv[2:]
want = set()

# GB2312, with its symbols, kana, Greek, Cyrillic, bopomofo and box drawing
for hi in range(0xA1, 0xF8):
    for lo in range(0xA1, 0xFF):
        try:
            want.add(ord(bytes([hi, lo]).decode("gb2312")))
        except UnicodeDecodeError:
            pass

# The table of 8,105 general-purpose characters
tgh = set()
for name in sorted(glob.glob(os.environ["UNICODE_DIR"] + "/Unihan_*.txt*")):
    opened = bz2.open(name, "rt", encoding="utf-8") if name.endswith(".bz2") else open(name, encoding="utf-8")
    with opened as f:
        for line in f:
            part = line.split("\t")
            if len(part) > 1 and part[1] == "kTGH":
                tgh.add(int(part[0][2:], 16))
if len(tgh) != 8105:
    sys.exit(f"Unihan has {len(tgh)} characters with kTGH, expected 8105")
want |= tgh

for first, last in [
    (0x0020, 0x007E), (0x00A0, 0x00FF),        # ASCII, Latin-1
    (0x0391, 0x03A1), (0x03A3, 0x03A9), (0x03B1, 0x03C9),   # Greek
    (0x2000, 0x200D), (0x2010, 0x2027), (0x202F, 0x205E),   # general punctuation
    (0x2070, 0x2071), (0x2074, 0x208E),        # superscripts, subscripts
    (0x2150, 0x217F),                          # fractions, Roman numerals
    (0x2460, 0x24FF),                          # enclosed numbers and letters
    (0x2776, 0x277F),                          # dingbat numbers
    (0x2E80, 0x2EF3), (0x2F00, 0x2FD5),        # CJK and Kangxi radicals
    (0x3000, 0x303F),                          # CJK symbols and punctuation
    (0x3220, 0x3247), (0x3251, 0x325F), (0x3280, 0x32BF),   # enclosed ideographs and numbers
    (0xFE10, 0xFE19), (0xFE30, 0xFE4F), (0xFE50, 0xFE6B),   # small and compatibility punctuation
    (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6),        # full-width forms
]:
    want |= set(range(first, last + 1))

for s in [
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêếềĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙǕǗǙǛÜŃŇǸḾɑɡŒœŠšŽžŸˇˉˊˋ˙˜\u0300\u0301\u0304\u030C\u0308",
    "€₣₤￥℃℉℅ℓ№℡™Ω℮Å",
    "←↑→↓↔↕↖↗↘↙⇄⇅⇆⇐⇑⇒⇓⇔↩↪↰↱↲↳↵↶↷↺↻⟲⟳⟵⟶⤴⤵",
    "−×÷±∓≈≠≡≤≥≦≧≪≫≮≯≌∽∝∞∶∷∣∥∑∏√∕⁄∅∈∉∋∩∪∧∨∠⊥⊙⌒∫∮∂∆∇∴∵⊕⊖⊗∙⋅⋮⋯",
    "─│┌┐└┘├┤┬┴┼━┃═║╭╮╯╰╱╲╳▁▂▃▄▅▆▇█▉▊▋▌▍▎▏▐░▒▓▔▕",
    "■□▢▣▪▫▬▭▮▯▲△▴▵▶▷▸▹►▼▽▾▿◀◁◂◃◄◆◇◈◉○◌◍◎●◐◑◒◓◔◕◢◣◤◥◦◯◻◼◽◾⬛⬜•‣★☆✦✧✩",
    "☰☷⚠⚡✓✔✕✖✗✘✚✎✏✐✂☐☑☒☀☁☂☎☏☞☜⌕⌖⌘⌥⌃⌫⌦⏎⏏⏩⏪⏵⏸⏹⎘⎙⌂⚙⚑⚐♀♂♠♣♥♦♡♪✉❌❓❗➕➖➜➤➡⊞⊟⊠⊡⋄⟨⟩⟪⟫❮❯❬❭❶",
    "㎎㎏㎜㎝㎞㎡㎢㎤㎥㎕㎖㎗㎘㎍㎈㎉㎐㎑㎒㏄㏎㏑㏒㏕㍱㎩㎪",
    "︰﹒﹝﹞\uFFFD",
]:
    want |= {ord(c) for c in s}

for text in map(pathlib.Path, texts):
    for path in sorted(p for p in text.rglob("*") if p.is_file()) if text.is_dir() else [text]:
        if path.exists():
            want |= {ord(c) for c in path.read_text(encoding="utf-8")}

want = {u for u in want if u >= 0x20}
with open(out, "w", encoding="ascii") as f:
    f.writelines(f"{u:04X}\n" for u in sorted(want))
print(f"{len(want)} code points wanted")
PY

# 2. one subset per weight
for weight in Regular Bold; do
  ttc="$NOTO_DIR/NotoSansCJK-$weight.ttc"
  otf="$OUT/NotoSansSC-$weight.otf"
  face=$(python3 - "$ttc" "$FAMILY" <<'PY'
import sys
from fontTools.ttLib import TTCollection
fonts = TTCollection(sys.argv[1], lazy=True).fonts
found = [i for i, f in enumerate(fonts) if f["name"].getDebugName(1) == sys.argv[2]]
if not found:
    sys.exit(f"no face {sys.argv[2]} in {sys.argv[1]}")
print(found[0])
PY
)
  python3 -m fontTools.subset "$ttc" --font-number="$face" --output-file="$otf" \
    --unicodes-file="$TMP/unicodes.txt" \
    --layout-features=ccmp,kern,liga,mark,mkmk \
    --drop-tables+=vhea,vmtx,VORG,BASE \
    --hinting \
    --name-IDs=0,1,2,3,4,5,6,7,8,9,11,13,14 --name-languages=0x409 \
    --notdef-outline
  python3 - "$otf" "$TMP/unicodes.txt" <<'PY'
import os, sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1])
want = {int(line, 16) for line in open(sys.argv[2])}
have = set(font.getBestCmap())
lack = sorted(want - have)
print(f"{sys.argv[1]}: {os.path.getsize(sys.argv[1])} bytes, {font['maxp'].numGlyphs} glyphs, {len(have)} code points")
print("  no glyph in the source font: " + " ".join(f"{chr(u)}" if chr(u).isprintable() else f"U+{u:04X}" for u in lack))
PY
done
