#!/usr/bin/env bash
# Makes assets/icon/duizhao-256.png and duizhao.ico (16 to 256 pixels) from assets/icon/duizhao.svg.
# Debian packages needed:  librsvg2-bin  icoutils
set -euo pipefail
cd "$(dirname "$0")/../assets/icon"
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
for size in 16 24 32 48 64 128 256; do
  rsvg-convert -w "$size" -h "$size" -o "$TMP/$size.png" duizhao.svg
done
cp "$TMP/256.png" duizhao-256.png
icotool -c -o duizhao.ico "$TMP"/{16,24,32,48,64,128}.png --raw="$TMP/256.png"
ls -l duizhao-256.png duizhao.ico
