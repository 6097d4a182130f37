#!/bin/sh
# Builds the documentation site and opens it in Chromium: run.sh PROGRAM VENV PACKAGES OUT [--pages N]
#
# VENV has zensical, PACKAGES has playwright-core. Zensical refuses a link that leads nowhere.
set -eu
program=$1 venv=$2 packages=$3 out=$4
shift 4
here=$(cd "$(dirname "$0")/../.." && pwd)
python3 "$here/packaging/site/pages.py" "$program" "$out"
(cd "$out" && "$venv/bin/zensical" build --strict >build.log 2>&1) || {
    cat "$out/build.log"
    exit 1
}
node "$here/tests/site/visit.mjs" "$out/site" "$packages" "$@"
