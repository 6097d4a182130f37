#!/usr/bin/env python3
"""Writes what the fuzz targets begin with: seeds.py OUT

The seeds of each target are in a folder of its name: the records, the examples of the pages, schemas, configurations, a baseline,
messages of an editor, and the inputs of fuzz/past, which failed once. OUT/words.dict has words for libFuzzer to put into inputs.
"""

import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# The first byte of an input of `readers` chooses one.
READERS = {".json": b"\0", ".jsonl": b"\1", ".yaml": b"\2", ".csv": b"\3", ".md": b"\4", ".tsv": b"\5"}
# Parts the files of an input of `records`, and the schema and the record of one of `schemas`.
NEXT = "\f"
METHODS = ["didOpen", "didChange", "didClose", "didSave"]
BASELINE = """# Findings that were there before. Written by `rapporteur baseline`; one finding a line.
version 1
0123456789abcdef0123456789abcdef 0123456789abcdef speaker-missing a /slots/0/speakers
<<<<<<< ours
123456789abcdef0123456789abcdef0 slots-overlap b.yaml /slots/1
=======
>>>>>>> theirs
"""
COMMENTS = ["# rapporteur: allow(speaker-missing)", "# rapporteur: allow(all, until = 2030-01-01): known", "x-allow: [{rule: slots-overlap}]"]


class Seeds:
    """Numbered files in a folder for each target."""

    def __init__(self, out):
        self.out = out
        self.count = 0

    def write(self, target, *parts):
        folder = self.out / target
        folder.mkdir(parents=True, exist_ok=True)
        data = b"".join(part if isinstance(part, bytes) else part.encode() for part in parts)
        (folder / f"{self.count:05}").write_bytes(data)
        self.count += 1


def fences():
    """What each fence of the pages opens with, and what it holds."""
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for words, text in FENCE.findall(page.read_text(encoding="utf-8")):
            yield (words.split() or [""])[0], text


def of_records(seeds):
    folders = {}
    # A schema takes long to compile: one record of each kind is enough.
    schemas = {path.name.split(".")[0]: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.json")}
    for path in sorted(path for path in (ROOT / "records").rglob("*") if path.suffix in READERS):
        text = path.read_text(encoding="utf-8")
        folders.setdefault(path.parent, []).append(text)
        seeds.write("readers", READERS[path.suffix], text)
        for line in text.splitlines()[:40]:
            seeds.write("domain", line.strip())
        kind = re.search(r'^ *"?kind"?: "?([a-z-]+)', text, re.MULTILINE)
        if kind and kind[1] in schemas:
            seeds.write("schemas", schemas.pop(kind[1]), NEXT, text)
    for texts in folders.values():
        for first, second in zip(texts, texts[1:]):
            seeds.write("records", first, NEXT, second)


def of_pages(seeds):
    schema = None
    for page in sorted((ROOT / "docs").rglob("*.md")):
        seeds.write("readers", READERS[".md"], page.read_bytes())
    for words, text in fences():
        if words == "md":
            seeds.write("readers", READERS[".md"], text)
            seeds.write("records", text)
        if words in ("yaml", "json"):
            seeds.write("readers", READERS[f".{words}"], text)
            # Several files of an example have their paths between them.
            seeds.write("records", re.sub(r"^=== .*\n", NEXT, text, flags=re.MULTILINE).lstrip(NEXT))
            for comment in COMMENTS:
                seeds.write("records", comment, "\n", text)
        if words == "json":
            schema = text
            seeds.write("schemas", schema)
        if words == "yaml" and schema:
            seeds.write("schemas", schema, NEXT, text)
            schema = None
        if words == "toml":
            seeds.write("configuration", text)


def of_editor(seeds):
    document = {"uri": "file:///no-such-folder/a.yaml", "languageId": "yaml", "version": 1}
    at = {"line": 1, "character": 2}
    records = [text for words, text in fences() if words == "yaml"]
    for number, text in enumerate(records):
        messages = []
        for method in METHODS:
            change = {"range": {"start": at, "end": {"line": 1, "character": number % 9}}, "text": text[: number % 50]}
            changes = [change] if number % 3 else [{"text": text}]
            params = {"textDocument": document | {"text": text}, "contentChanges": changes}
            messages.append({"jsonrpc": "2.0", "method": f"textDocument/{method}", "params": params})
        changed = {"changes": [{"uri": document["uri"], "type": number % 3 + 1}]}
        messages.insert(2, {"jsonrpc": "2.0", "method": "workspace/didChangeWatchedFiles", "params": changed})
        messages.append({"jsonrpc": "2.0", "id": number, "method": "shutdown"})
        seeds.write("server", "\n".join(json.dumps(message) for message in messages))


def words():
    """Words that inputs are unlikely to get by chance, in the form of a dictionary of libFuzzer."""
    vocabulary = json.loads((ROOT / "schemas/vocabulary.schema.json").read_text(encoding="utf-8"))
    found = set(vocabulary["$defs"]) | set(vocabulary["properties"])
    found |= set(re.findall(r'"([a-z][A-Za-z-]*)": \{', json.dumps(vocabulary["$defs"])))
    found |= {path.stem for path in (ROOT / "docs/rules").glob("*.md")}
    found |= {path.name.split(".")[0] for path in (ROOT / "schemas").glob("*.json")}
    found |= {f"textDocument/{method}" for method in METHODS} | set(COMMENTS) | {NEXT, "\ufeff", "---\n", "<<: *a", "&a"}
    escaped = (re.sub(r'[\\"]|[^ -~]', lambda one: "".join(f"\\x{byte:02x}" for byte in one[0].encode()), word) for word in sorted(found))
    return "".join(f'"{word}"\n' for word in escaped)


def main(out):
    out = Path(out)
    seeds = Seeds(out)
    of_records(seeds)
    of_pages(seeds)
    of_editor(seeds)
    for path in sorted((ROOT / "schemas").glob("*.json")):
        seeds.write("schemas", path.read_bytes())
    seeds.write("configuration", (ROOT / "rapporteur.toml").read_bytes())
    seeds.write("configuration", BASELINE)
    for path in sorted((ROOT / "fuzz/past").glob("*/*")):
        (out / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, out / path.parent.name / path.name)
    (out / "words.dict").write_text(words(), encoding="utf-8")
    print(f"{seeds.count} seeds in {out}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
