#!/bin/sh
# Validates the records with an ordinary JSON Schema validator, straight from schemas/, so that it stays true that the
# schemas work without rapporteur. Needs check-jsonschema (pip install check-jsonschema).
set -u

cd "$(dirname "$0")/.." || exit 2
if ! command -v check-jsonschema >/dev/null 2>&1; then
    echo "check-jsonschema is not on the PATH; install it with: pip install check-jsonschema" >&2
    exit 2
fi

failed=0
# Runs one check under a title; the validator's own words appear only when it fails.
run() {
    title=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $title"
    else
        echo "FAILED  $title"
        echo "$output"
        failed=1
    fi
}

run "schemas are JSON Schemas" check-jsonschema --check-metaschema schemas/*.schema.json
run "schemas keep to the vocabulary" check-jsonschema --schemafile schemas/vocabulary.schema.json schemas/*.schema.json

# The kind of a record is a line of its own in YAML, and the member at the second level of indentation in JSON.
kind_of() {
    sed -n -e 's/^kind: *\([a-z-]*\)$/\1/p' -e 's/^  "kind": *"\([a-z-]*\)",*$/\1/p' "$1" | head -n 1
}

list=$(mktemp) || exit 2
trap 'rm -f "$list"' EXIT
find records -type f \( -name '*.json' -o -name '*.yaml' \) | sort >"$list"
[ -s "$list" ] || { echo "FAILED  no records found"; failed=1; }
while IFS= read -r record; do
    kind=$(kind_of "$record")
    if [ -f "schemas/$kind.schema.json" ]; then
        run "$record ($kind)" check-jsonschema --schemafile "schemas/$kind.schema.json" "$record"
    else
        echo "FAILED  $record: no schema for the kind \"$kind\""
        failed=1
    fi
done <"$list"

exit "$failed"
