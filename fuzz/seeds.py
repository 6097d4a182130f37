#!/usr/bin/env python3
"""Writes what the fuzz targets begin with: the records, the examples of the pages, schemas and configurations. seeds.py OUT"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def main(out):
    out = Path(out)
    count = 0

    def write(target, *parts):
        nonlocal count
        folder = out / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{count:05}").write_bytes(b"".join(part if isinstance(part, bytes) else part.encode() for part in parts))
        count += 1

    records = sorted(path for path in (ROOT / "records").rglob("*") if path.suffix in (".json", ".yaml", ".jsonl", ".csv"))
    kinds = {".json": b"\0", ".jsonl": b"\1", ".yaml": b"\2", ".csv": b"\3"}
    for path in records:
        write("readers", kinds[path.suffix], path.read_bytes())
        for line in path.read_text(encoding="utf-8").splitlines()[:40]:
            write("domain", line.strip())
    for path in sorted((ROOT / "docs").rglob("*.md")):
        write("readers", b"\4", path.read_bytes())
        for words, text in FENCE.findall(path.read_text(encoding="utf-8")):
            if words in ("yaml", "json"):
                write("readers", b"\2", text)
                write("records", text)
            if words == "json":
                write("schemas", text)
            if words == "toml":
                write("configuration", text)
    for path in sorted((ROOT / "schemas").glob("*.json")):
        write("schemas", path.read_bytes())
    write("configuration", (ROOT / "rapporteur.toml").read_bytes())
    for method in ("textDocument/didOpen", "textDocument/didChange", "textDocument/hover", "workspace/didChangeWatchedFiles", "shutdown"):
        write("server", f'{{"jsonrpc":"2.0","id":2,"method":"{method}","params":{{"textDocument":{{"uri":"untitled:a","languageId":"yaml","version":1,"text":"kind: letter"}}}}}}')
    print(f"{count} seeds in {out}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
