#!/usr/bin/env python3
"""Writes the pages of the documentation site: those of docs/, the README as the first one, and a page for each keyword.

    pages.py PROGRAM OUT

PROGRAM is a built `rapporteur`: below each example of a rule that fails is what it prints. OUT becomes a folder that
`zensical build` makes a site of. Needs Python 3.11.
"""

import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# Pages that are not in docs/, by their places on the site.
MORE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "editors/README.md": "editors.md",
    "records/README.md": "records.md",
}
FENCE = re.compile(r"^```(?P<words>[a-z][^\n]*)\n(?P<text>.*?)^```\n", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?P<before>\]\()(?P<path>[^)\s#:]+)(?P<rest>(#[^)]*)?\))")
KEYWORD = re.compile(r"^### `(?P<name>x-[a-z]+)` — (?P<about>[^\n]+)\n(?P<text>.*?)(?=^### |^## )", re.MULTILINE | re.DOTALL)
# What is said before an example of a rule.
LEADS = {"fails": "This is reported:\n\n", "passes": "This is not:\n\n"}
# The line of the settings after which the keywords are listed.
KEYWORDS = '        "vocabulary.md",\n'
KINDS = {"json": "json", "yaml": "yaml", "toml": "toml", "sh": "sh", "text": "text"}


def place(path):
    """Where a page of the repository is on the site, or nothing."""
    path = posixpath.normpath(path)
    if path in MORE:
        return MORE[path]
    inside = path.removeprefix("docs/")
    return inside if inside != path and path.endswith(".md") else None


def with_links(text, path):
    """The text of a page at `path` with its links as they are on the site. What is not on the site loses its link."""
    own = posixpath.dirname(place(path) or path.removeprefix("docs/"))

    def link(found):
        target = posixpath.join(posixpath.dirname(path), found["path"])
        there = place(target)
        if there is None:
            return None
        return found["before"] + posixpath.relpath(there, own or ".") + found["rest"]

    whole = re.compile(r"\[(?P<name>(?:[^\[\]]|\[[^\[\]]*\])*)" + LINK.pattern)

    def once(found):
        new = link(found)
        return found["name"] if new is None else f"[{found['name']}{new}"

    return outside_fences(text, lambda part: whole.sub(once, part))


def outside_fences(text, change):
    """The text with a change to what is not in a fence."""
    parts, at = [], 0
    for fence in FENCE.finditer(text):
        parts += [change(text[at : fence.start()]), fence[0]]
        at = fence.end()
    return "".join(parts) + change(text[at:])


def files(fence, syntax):
    """The files in the fence, by path."""
    found = {}
    path = f"example.{syntax}"
    for line in fence.splitlines():
        if line.startswith("=== "):
            path = line[4:].strip()
            continue
        found[path] = found.get(path, "") + line + "\n"
    return found


def output(program, rule, fence, syntax):
    """What the program prints on an example of a rule."""
    with tempfile.TemporaryDirectory(prefix="example") as folder:
        for path, text in files(fence, syntax).items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        command = [program, "check", "--select", rule, "--color", "never"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        # An example of a schema or of a baseline is not a project by itself.
        return done.stdout if done.returncode in (0, 1) and f"[{rule}]" in done.stdout else None


def with_fences(text, shown=lambda words, fence: None):
    """The text with fences as other readers of Markdown know them, and what is `shown` below each."""

    def replaced(found):
        words = found["words"].split()
        lead = next((LEADS[word] for word in words if word in LEADS), "")
        block = f"{lead}```{KINDS.get(words[0], words[0])}\n{found['text']}```\n"
        below = shown(words, found["text"])
        return block if below is None else f"{block}\n```text\n{below}```\n"

    return FENCE.sub(replaced, text)


def rule_page(program, path):
    text = path.read_text(encoding="utf-8")

    def shown(words, fence):
        return output(program, path.stem, fence, words[0]) if "fails" in words else None

    return with_fences(with_links(text, f"docs/rules/{path.name}"), shown)


def keyword_pages(text):
    """A page for each keyword of the vocabulary, by its name."""
    for found in KEYWORD.finditer(text):
        body = re.sub(r"<!--.*?-->\n?", "", found["text"], flags=re.DOTALL)
        page = f"# {found['name']}\n\n{found['about'][:1].upper()}{found['about'][1:]}.\n\n{body.strip()}\n"
        # Headings of the page on all keywords are on that page.
        yield found["name"], page.replace("](#", "](../vocabulary.md#")


def main(program, out):
    program, docs = Path(program).resolve(), Path(out) / "docs"
    shutil.rmtree(out, ignore_errors=True)
    docs.mkdir(parents=True)

    def write(path, text):
        target = docs / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    for path, target in MORE.items():
        write(target, with_fences(with_links((ROOT / path).read_text(encoding="utf-8"), path)))
    for path in sorted((ROOT / "docs").glob("*.md")):
        write(path.name, with_fences(with_links(path.read_text(encoding="utf-8"), f"docs/{path.name}")))
    for path in sorted((ROOT / "docs/rules").glob("*.md")):
        write(f"rules/{path.name}", rule_page(program, path))
    vocabulary = (docs / "vocabulary.md").read_text(encoding="utf-8")
    keywords = dict(keyword_pages(vocabulary))
    for name, page in keywords.items():
        page = re.sub(r"\]\((?!https?:|\.\./|#)([^)]+\.md)", r"](../\1", page)
        write(f"keywords/{name}.md", page)
    entries = "".join(f'        {{ "{name}" = "keywords/{name}.md" }},\n' for name in keywords)
    settings = (HERE / "zensical.toml").read_text(encoding="utf-8").replace(KEYWORDS, KEYWORDS + entries)
    (Path(out) / "zensical.toml").write_text(settings, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
