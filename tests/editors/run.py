#!/usr/bin/env python3
"""Tries the recipes of editors/ with the real editors, and compares what they show with what `rapporteur check` reports.

    python3 tests/editors/run.py RAPPORTEUR PACKAGES

RAPPORTEUR is the program, PACKAGES a folder in which the package `@vscode/vsce` of the registry of Node is installed. Needs
vim, emacs-nox, elpa-eglot, elpa-yaml-mode and neovim of Debian, Node, and the registry of Node for what the extension needs. No
Visual Studio Code can run here: the extension is started in a stand-in, in which its client and the server are real.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/editors"

CONFIG = '[[records]]\nfiles = "records/**/*.{json,yaml}"\n'
# Findings of every severity, behind characters of two, three and four bytes.
FORUM = """\
id: spring-forum
kind: programme
title: Spring forum
language: en
date: "2026-04-14"
dateLine: Monday, 14 April 2026
slots:
  - {kind: opening, title: "Öffnung – 開会 😀", start: "09:00", end: "09:30", speakers: []}
  - {kind: panel, title: "Wohnen für alle 😀", start: "09:15", end: "11:00", speakers: [{role: Housing Commissioner}]}
"""
# The same in a file with tabs and a name with blanks, of which `check` must not lose the place either.
SUMMER = """\
{
\t"id": "summer", "kind": "event", "language": "fr",
\t"name": "Été 😀",\t"start": "2026-07-02",\t"end": "2026-07-01"
}
"""
# Another record with the id of the first.
TWIN = """\
kind: event
name: F
language: en
start: "2026-04-14T09:00"
end: "2026-04-14T18:00"
"""
FILES = {"rapporteur.toml": CONFIG, "records/forum.yaml": FORUM, "records/été 2.json": SUMMER}


class Failed(Exception):
    """A case did not go as it must."""


def must(condition, *told):
    if not condition:
        raise Failed("\n".join(map(str, told)))


class Place:
    """Where the cases take place: a folder, the program on the path, and an environment that no setting of a person reaches."""

    def __init__(self, folder, binary, packages):
        self.folder, self.binary, self.packages = folder, binary, packages
        self.number = 0
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VIM", "EMACS", "XDG_", "NVIM"))}
        self.env = kept | {
            "PATH": f"{binary.parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.fresh()), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "dumb",
        }

    def fresh(self):
        self.number += 1
        folder = self.folder / f"{self.number} of these"
        folder.mkdir()
        return folder

    def project(self, files=None):
        folder = self.fresh()
        for path, text in (FILES if files is None else files).items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        (folder / "sub folder").mkdir()
        return folder

    def link(self, folder):
        """A link to a folder."""
        link = self.fresh() / "link"
        link.symlink_to(folder)
        return link

    def run(self, *command, cwd, stdin="", **env):
        try:
            done = subprocess.run(
                list(map(str, command)), cwd=cwd, env=self.env | {name: str(value) for name, value in env.items()}, input=stdin,
                encoding="utf-8", errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Failed(f"{command[0]} did not end:\n{error.output}") from None
        return done.returncode, done.stdout

    def check(self, project, *arguments, stdin=None):
        """What `check` reports, as findings of its JSON."""
        done = subprocess.run(
            [self.binary, "check", "--format", "json", *arguments], cwd=project, input=stdin, capture_output=True,
            encoding="utf-8", check=False,
        )
        must(done.returncode in (0, 1), done.stderr)
        return json.loads(done.stdout)["findings"]

    def editor(self, project, *command, names, **env):
        """Runs an editor that writes values into files of these names: the values."""
        out = self.fresh()
        code, said = self.run(*command, cwd=project / "sub folder", OUT=out, PROJECT=project, **env)
        must(code == 0 and all((out / name).is_file() for name in names), f"{command[0]} ended with {code}:", said)
        return [json.loads((out / name).read_text(encoding="utf-8")) for name in names]


def fence(words, number=0):
    """What lies in a fence of editors/README.md, with the path of this checkout."""
    page = (ROOT / "editors/README.md").read_text(encoding="utf-8")
    found = re.findall(f"^```{re.escape(words)}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    must(len(found) > number, f"editors/README.md has no fence `{words}`")
    return found[number].replace("/path/to/rapporteur", str(ROOT))


def byte_column(text, offset):
    """The column of an offset, both in bytes."""
    return offset - (text.encode().rfind(b"\n", 0, offset) + 1) + 1


def agree(shown, expected):
    must(shown == expected, "shown:", *shown, "expected:", *expected)


def quickfix(project, findings):
    """The entries of the quickfix list for findings, as path, line, column, type, validity and the beginning of the text."""
    texts = {finding["path"]: (project / finding["path"]).read_text(encoding="utf-8") for finding in findings}
    return [
        [
            str(project / finding["path"]), finding["span"]["start"]["line"],
            byte_column(texts[finding["path"]], finding["span"]["start"]["offset"]), finding["severity"][0], 1,
            f"[{finding['rule']}] {finding['message']}",
        ]
        for finding in findings
    ]


def lists(place, *command):
    """The quickfix lists of Vim or Neovim."""
    # One more file that the configuration leaves out.
    project = place.project(FILES | {"draft.json": '{"kind": "event"}'})
    findings = place.check(project)
    must({finding["severity"] for finding in findings} == {"error", "warning", "info"}, "too little is found", findings)
    expected = quickfix(project, findings)
    setup = place.fresh() / "vimrc"
    setup.write_text(fence("vim"), encoding="utf-8")
    names = ["make", "file", "above", "abovefile", "command", "saved", "off", "refused", "outside"]
    made, file, above, above_file, asked, saved, off, refused, outside = place.editor(
        project, *command, "-n", "-i", "NONE", "-u", setup, "-S", HERE / "quickfix.vim", names=names, OUTSIDE=place.fresh()
    )

    def cut(rows):
        """What else is said, such as of other places, comes after the message."""
        return [row[:5] + [row[5].split(" (see ")[0]] for row in rows]

    agree(cut(made), expected)
    agree(cut(file), [row for row in expected if row[0].endswith("/forum.yaml")])
    agree(cut(above), cut(made))
    agree(cut(above_file), cut(file))
    agree(cut(asked), expected)
    # The editor has corrected the day of the week and written the file.
    after = place.check(project)
    must("weekday-mismatch" not in {finding["rule"] for finding in after} and len(after) == len(findings) - 1, after)
    agree(cut(saved), quickfix(project, after))
    must(off == "as it was" and outside == "as it was", off, outside)
    must(any("colour" in row[5] for row in refused), "a mistake in the configuration is not shown", refused)


def vim(place):
    """Vim: the quickfix list after :make, :Rapporteur and a save"""
    lists(place, "vim", "--not-a-term", "-N")


def neovim(place):
    """Neovim: the quickfix list after :make, :Rapporteur and a save"""
    lists(place, "nvim", "--headless")


def emacs(place):
    """Emacs: the diagnostics of Flymake for a text that is saved and for one that is not"""
    project = place.project()
    setup = place.fresh() / "init.el"
    setup.write_text(fence("elisp flymake"), encoding="utf-8")
    library = ROOT / "editors/emacs/rapporteur-flymake.el"
    code, said = place.run(
        "emacs", "-Q", "--batch", "--eval", "(setq byte-compile-error-on-warn t byte-compile-dest-file-function"
        f' (lambda (_) "{place.fresh()}/x.elc"))', "-f", "batch-byte-compile", library, cwd=project,
    )
    must(code == 0, said)
    names = ["saved", "unsaved", "right", "refused", "unchecked", "twin", "linked", "outside", "missing"]
    saved, unsaved, right, refused, unchecked, twin, linked, outside, missing = place.editor(
        project, "emacs", "-Q", "--batch", "-l", setup, "-l", HERE / "flymake.el", names=names, OUTSIDE=place.fresh(),
        LINK=place.link(project),
    )

    def expected(text):
        lines = text.split("\n")
        found = []
        for finding in place.check(project, "--stdin-filename", "records/forum.yaml", stdin=text):
            start, end = finding["span"]["start"], finding["span"]["end"]
            must(start["line"] == end["line"], "a finding over several lines is not what this compares")
            shown = lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1]
            found.append([start["line"], start["column"], shown, finding["severity"], finding["message"]])
        return sorted(found)

    agree(sorted(saved), expected(FORUM))
    # The editor has put a line before the others, made Monday a Friday, and saved nothing.
    agree(sorted(unsaved), expected("# 😀 é\n" + FORUM.replace("Monday", "Friday")))
    must((project / "records/forum.yaml").read_text(encoding="utf-8") == FORUM, "the file was written")
    agree(right, [])
    must("colour" in refused, "a mistake in the configuration is not in the log of Flymake", refused)
    must(len(unchecked) == 1 and unchecked[0][0] == 1 and "not checked: " in unchecked[0][4], "nor at the first line", unchecked)
    (told,) = place.check(project, "--stdin-filename", "records/a/records/forum.yaml", stdin=FORUM.split("\n")[0] + "\n" + TWIN)
    must(told["path"] == "records/forum.yaml", "the twin has findings of its own", told)
    agree(twin, [])
    agree(sorted(linked), expected(FORUM))
    must(outside is None, "Flymake runs outside of a project", outside)
    must("not installed" in missing, missing)


SEVERITIES = {1: "error", 2: "warning", 3: "info"}


def neovim_server(place):
    """Neovim: the diagnostics of the language server while one types"""
    project = place.project()
    setup = place.fresh() / "vimrc"
    setup.write_text(fence("vim", 1), encoding="utf-8")
    text = FORUM.replace("Monday", "Tuesday")
    counts = [len([f for f in place.check(project) if f["path"] == "records/forum.yaml"])]
    counts.append(len(place.check(project, "--stdin-filename", "records/forum.yaml", stdin=text)))
    names = ["saved", "unsaved", "clients"]
    saved, unsaved, clients = place.editor(
        project, "nvim", "--headless", "-n", "-i", "NONE", "-u", setup, "-S", HERE / "server.lua", names=names,
        SAVED=counts[0], UNSAVED=counts[1],
    )
    for rows, whole in [(saved, FORUM), (unsaved, text)]:
        expected = [
            [
                finding["span"]["start"]["line"], byte_column(whole, finding["span"]["start"]["offset"]),
                finding["severity"], finding["message"],
            ]
            for finding in place.check(project, "--stdin-filename", "records/forum.yaml", stdin=whole)
        ]
        must(all(row[3].startswith(want[3]) for row, want in zip(sorted(rows), sorted(expected))), rows, expected)
        agree([[*row[:2], SEVERITIES[row[2]]] for row in sorted(rows)], [row[:3] for row in sorted(expected)])
    must(clients == 1, f"{clients} servers for one project")


def eglot(place):
    """Emacs: the diagnostics of the language server by Eglot"""
    project = place.project()
    setup = place.fresh() / "init.el"
    setup.write_text(fence("elisp eglot"), encoding="utf-8")
    findings = place.check(project, "--stdin-filename", "records/forum.yaml", stdin=FORUM)
    (shown,) = place.editor(
        project, "emacs", "-q", "--batch", "-f", "package-initialize", "-l", setup, "-l", HERE / "eglot.el", names=["shown"],
        COUNT=len(findings),
    )
    expected = [[f["span"]["start"]["line"], f["span"]["start"]["column"], f["severity"]] for f in findings]
    agree(sorted(shown), sorted(expected))


def matchers(place):
    """Visual Studio Code: the problem matcher of `init` and of the extension reads every line"""
    task = json.loads(subprocess.run([place.binary, "init", "--print", "vscode"], check=True, capture_output=True).stdout)
    (task,) = task["tasks"]
    (contributed,) = json.loads((ROOT / "editors/vscode/package.json").read_text())["contributes"]["problemMatchers"]
    for key, value in task["problemMatcher"].items():
        must(contributed[key] == value, f"the matcher of the extension differs at `{key}`")
    project = place.project()
    findings = place.check(project)
    code, said = place.run("sh", "-c", task["command"], cwd=project)
    must(code == 1, said)
    code, read = place.run("node", HERE / "matcher.js", json.dumps(task["problemMatcher"]["pattern"]), cwd=project, stdin=said)
    must(code == 0, read)
    shown = [[*row[:4], row[4], row[5].split(" (see ")[0]] for row in json.loads(read)]
    agree(shown, [
        [f["path"], str(f["span"]["start"]["line"]), str(f["span"]["start"]["column"]), f["severity"], f["rule"], f["message"]]
        for f in findings
    ])


def extension(place):
    """Visual Studio Code: the extension is packaged whole, starts the server and shows what it finds"""
    source = ROOT / "editors/vscode"
    lock = (source / "package-lock.json").read_text()
    must('"resolved"' not in lock and "//registry" not in lock, "the lock file names a registry")
    work = place.fresh() / "vscode"
    shutil.copytree(source, work, ignore=shutil.ignore_patterns("node_modules", "*.vsix"))
    home = {"HOME": os.environ.get("HOME", "/root")}
    code, said = place.run("npm", "ci", "--silent", "--ignore-scripts", cwd=work, **home)
    must(code == 0, said)
    code, said = place.run("node", place.packages / "node_modules/@vscode/vsce/vsce", "package", "-o", "x.vsix", cwd=work)
    must(code == 0, said)
    with zipfile.ZipFile(work / "x.vsix") as package:
        held = set(package.namelist())
        package.extractall(work / "unpacked")
    needed = {"package.json", "extension.js", "readme.md", "LICENSE.txt", "node_modules/vscode-languageclient/package.json"}
    must({f"extension/{name}" for name in needed} <= held, "missing:", needed, sorted(held)[:20])
    ours = {name for name in held if "/node_modules/" not in name}
    must(len(ours) == 6 and not any(name.endswith((".map", ".ts")) for name in held), sorted(ours))
    for name in json.loads(lock)["packages"]:
        licence = [one for one in held if re.match(rf"extension/{re.escape(name)}/licen[cs]e", one, re.IGNORECASE)]
        must(not name or licence, f"{name} is packaged without its licence")

    project = place.project()
    record = project / "records/forum.yaml"
    text = FORUM.replace("Monday", "Tuesday")
    code, said = place.run("node", HERE / "extension.js", work / "unpacked/extension", record, place.binary, text, cwd=project)
    must(code == 0, said)
    told = json.loads(said.splitlines()[-1])
    for shown, whole in zip(told["shown"], [FORUM, text], strict=True):
        expected = []
        for finding in place.check(project, "--stdin-filename", "records/forum.yaml", stdin=whole):
            line = whole.split("\n")[finding["span"]["start"]["line"] - 1]
            # This editor counts in units of UTF-16.
            column = len(line[: finding["span"]["start"]["column"] - 1].encode("utf-16-le")) // 2
            expected.append([finding["span"]["start"]["line"] - 1, column, finding["severity"], finding["rule"]])
        agree(sorted(shown), sorted(expected))
    rules = {rule for *_, rule in told["shown"][1]}
    pages = {f"/{rule}.md": subprocess.run([place.binary, "explain", "--format", "markdown", rule], check=True, capture_output=True).stdout for rule in rules}
    must(told["pages"].pop("/no-rule.md").startswith("error: no rule, family or keyword `no-rule`"), "the page of an unknown rule does not report it")
    agree(sorted(told["pages"].items()), sorted((path, text.decode()) for path, text in pages.items()))
    agree(set(told["targets"]), {f"example.org/{rule}.html" for rule in rules})
    must(told["started"] == 2 and told["left"] == 0, "a server is left over, or was not started anew", told)
    must("rapporteur.path" in told["missing"], told)


def main():
    binary, packages = (pathlib.Path(path).resolve() for path in sys.argv[1:])
    cases = [vim, neovim, emacs, matchers, neovim_server, eglot, extension]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
        place = Place(pathlib.Path(folder).resolve(), binary, packages)
        for case in cases:
            try:
                case(place)
                print(f"ok      {case.__doc__}", flush=True)
            except Failed as error:
                failed += 1
                print(f"FAILED  {case.__doc__}\n{error}", flush=True)
    if failed:
        sys.exit(f"{failed} of {len(cases)} cases failed")


if __name__ == "__main__":
    main()
