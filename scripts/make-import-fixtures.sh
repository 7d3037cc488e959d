#!/bin/sh
# Makes copies of plain-text plans in the formats that people really hold, for measuring what importing loses.
#
#   scripts/make-import-fixtures.sh sample_docs tests/fixtures/import     the copies that tests use
#   scripts/make-import-fixtures.sh DIR OUT all                           more of them, for measuring
#
# Needs python3 and LibreOffice Writer with a Chinese font (Debian: libreoffice-writer-nogui fonts-noto-cjk);
# "all" needs pandoc too.
set -eu
from=$1
to=$2
which=${3:-few}
here=$(dirname "$0")
mkdir -p "$to"

office() { # FORMAT FILE...
    format=$1
    shift
    soffice --headless --convert-to "$format" --outdir "$to" "$@" >/dev/null 2>&1
}

for plan in "$from"/*.txt; do
    name=$(basename "$plan" .txt)
    python3 "$here/make-import-fixtures.py" "$plan" "$to/$name"
done
office pdf "$to"/*.docx
# One web archive is enough for the tests: inside it is the same page again.
[ "$which" = all ] || find "$to" -name '*.mhtml' ! -name "$name.mhtml" -delete

if [ "$which" = all ]; then
    for plan in "$from"/*.txt; do
        name=$(basename "$plan" .txt)
        # Two columns as Word sets them, 21 and 12 points apart.
        for gap in 425 240; do
            python3 "$here/make-two-columns.py" "$to/$name.docx" "$to/$name.columns$gap.docx" "$gap"
            office pdf "$to/$name.columns$gap.docx"
            rm "$to/$name.columns$gap.docx"
        done
        # What LibreOffice makes of automatic numbers, in its own docx and html.
        office 'odt:writer8' "$to/$name.docx"
        mv "$to/$name.odt" "$to/$name.office.odt"
        office docx "$to/$name.office.odt"
        office 'html:XHTML Writer File:UTF8' "$to/$name.office.odt"
        rm "$to/$name.office.odt"
        # pandoc reads a plain text as Markdown once every line is a paragraph and nothing in it is a mark.
        sed -e 's/[][\\`*_{}()#+.!|<>$^~-]/\\&/g' -e 's/^[[:space:]]*//' -e 's/$/\n/' "$plan" > "$to/$name.md~"
        pandoc -f markdown -o "$to/$name.pandoc.docx" "$to/$name.md~"
        pandoc -f markdown -s --metadata title="$name" -o "$to/$name.pandoc.html" "$to/$name.md~"
        rm "$to/$name.md~"
    done
fi
