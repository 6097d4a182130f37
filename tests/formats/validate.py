#!/usr/bin/env python3
"""Reads every output of `rapporteur check` that is made for other programs with readers that are not ours.

    python3 tests/formats/validate.py RAPPORTEUR SARIF_SCHEMA

RAPPORTEUR is the program, SARIF_SCHEMA the file of the JSON Schema of SARIF 2.1.0, such as the one in the package
@microsoft/jest-sarif of the registry of Node. The schemas beside this file are written after the published ones that they
name. Needs the Python packages jsonschema, junitparser, markdown-it-py, sarif-tools and xmlschema.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import jsonschema
import junitparser
import markdown_it
import sarif.loader
import xmlschema

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
SCHEMA = json.loads(pathlib.Path(sys.argv[2]).read_text("utf-8"))
HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
CHECKSTYLE = xmlschema.XMLSchema(str(HERE / "checkstyle.xsd"))
GITLAB, RDJSON = (
    jsonschema.Draft202012Validator(json.loads((HERE / f"{name}.schema.json").read_text("utf-8"))) for name in ("gitlab", "rdjson")
)

LEVELS = {"error": "error", "warning": "warning", "note": "info"}

HOSTILE = {
    "kind": "register", "id": "]]><x&\"'|`%0A\u202e\u001b[31m\n::error::x\ufffe", "title": 7, "language": "en",
    "entries": [{"symbol": "A/RES/63/225"}],
}


def check(folder, *arguments):
    """The bytes and the exit code of one run."""
    run = subprocess.run([PROGRAM, "check", *arguments], cwd=folder, capture_output=True, check=False)
    assert run.returncode in (0, 1, 3, 4), (arguments, run.stderr)
    return run.stdout


def expected(folder, *paths):
    """What the `json` output tells, which the others have to tell too."""
    whole = json.loads(check(folder, *paths, "--format", "json"))
    return whole["findings"], whole["unread"]


def sarif_log(folder, *paths):
    text = check(folder, *paths, "--format", "sarif")
    log = json.loads(text)
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    findings, unread = expected(folder, *paths)
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch, "report.sarif")
        path.write_bytes(text)
        read = sarif.loader.load_sarif_file(str(path))
        counts = {word: sum(f["severity"] == ours for f in findings) for word, ours in LEVELS.items()}
        assert {word: read.get_report().get_issue_count_for_severity(word) for word in LEVELS} == counts
        assert len(read.get_records()) == read.get_result_count() == len(findings)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result, finding in zip(run["results"], findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["rule"]
        assert result["partialFingerprints"]["rapporteur/v1"] == finding["fingerprint"]
    assert run["invocations"][0]["executionSuccessful"] == (not unread)
    return len(findings)


def junit(folder, *paths):
    text = check(folder, *paths, "--format", "junit")
    findings, unread = expected(folder, *paths)
    suites = junitparser.JUnitXml.fromstring(text)
    cases = [case for suite in suites for case in suite]
    assert suites.tests == len(cases) == max(1, len(findings) + len(unread))
    outcomes = [type(outcome).__name__ for case in cases for outcome in case.result]
    # Only what makes the run fail is a failure; the rest passed and has something to say.
    errors = [finding for finding in findings if finding["severity"] == "error"]
    assert (outcomes.count("Failure"), outcomes.count("Error")) == (len(errors), len(unread)), outcomes
    said = [case for case in cases if (case.system_out or "").startswith(("warning: ", "info: "))]
    assert len(said) == len(findings) - len(errors)
    return len(cases)


def checkstyle(folder, *paths):
    text = check(folder, *paths, "--format", "checkstyle").decode("utf-8")
    CHECKSTYLE.validate(text)
    root = xml.etree.ElementTree.fromstring(text.encode("utf-8"))
    findings, unread = expected(folder, *paths)
    errors = root.findall("./file/error")
    assert root.tag == "checkstyle" and len(errors) == len(findings) + len(unread)
    lines = [int(error.get("line")) for error in errors[len(unread):]]
    assert lines == [finding["span"]["start"]["line"] for finding in findings]
    return len(errors)


def gitlab(folder, *paths):
    entries = json.loads(check(folder, *paths, "--format", "gitlab"))
    GITLAB.validate(entries)
    findings, unread = expected(folder, *paths)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == len(findings) + len(unread)
    for entry, finding in zip(entries[len(unread):], findings, strict=True):
        assert entry["location"] == {"path": finding["path"], "lines": {"begin": finding["span"]["start"]["line"]}}
        assert entry["check_name"] == finding["rule"] and entry["description"].startswith(on_one_line(finding["message"]))
    return len(entries)


def rdjson(folder, *paths):
    """The columns, counted in the bytes of the files, lead to the same place as the offsets."""
    value = json.loads(check(folder, *paths, "--format", "rdjson"))
    RDJSON.validate(value)
    findings, unread = expected(folder, *paths)
    for diagnostic, finding in zip(value["diagnostics"][len(unread):], findings, strict=True):
        path = pathlib.Path(folder, finding["path"])
        text = path.read_bytes()
        for end in ("start", "end"):
            position = diagnostic["location"]["range"][end]
            before = text.split(b"\n")[: position["line"] - 1]
            mark = 3 if position["line"] == 1 and text.startswith(b"\xef\xbb\xbf") else 0
            offset = sum(len(line) + 1 for line in before) + mark + position["column"] - 1
            assert offset == finding["span"][end]["offset"], (finding, position)
        fixes = [edit["text"] for fix in finding.get("fixes", []) for edit in fix["edits"]]
        assert [one["text"] for one in diagnostic.get("suggestions", [])] == fixes, finding
    return len(value["diagnostics"])


def jsonl(folder, *paths):
    lines = [json.loads(line) for line in check(folder, *paths, "--format", "jsonl").decode("utf-8").split("\n")[:-1]]
    findings, unread = expected(folder, *paths)
    assert lines == findings + [{"unread": one} for one in unread]
    return len(lines)


def on_one_line(text):
    """A text as reports show it on one line, where nothing in it disturbs: each hidden character is one that is seen."""
    return "".join(shown(character) for character in text)


def shown(character):
    code = ord(character)
    if character in "\t\n\r":
        return " "
    if code < 32 or code == 127:
        return "."
    if 128 <= code < 160 or code == 0x61C:
        return "·"
    hidden = 0x200E <= code <= 0x200F or 0x2028 <= code <= 0x202E or 0x2066 <= code <= 0x2069 or code == 0xFEFF
    return "\ufffd" if hidden else character


def unescaped(text, *more):
    """What the runner of GitHub makes of a value: `%25` is the last that it undoes."""
    for code, character in [("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")]:
        text = text.replace(code, character)
    return text


def github(folder, *paths):
    """Undoes the escapes as the runner does and finds every path, place and message again, the gravest first."""
    lines = check(folder, *paths, "--format", "github").decode("utf-8").split("\n")[:-1]
    findings, unread = expected(folder, *paths)
    kinds, read = [], []
    for line in lines:
        _, command, message = line.split("::", 2)
        kind, properties = command.split(" ", 1)
        properties = dict(pair.split("=", 1) for pair in properties.split(","))
        properties = {name: unescaped(value, ("%3A", ":"), ("%2C", ",")) for name, value in properties.items()}
        kinds.append(kind)
        read.append((properties["file"], properties.get("line"), properties["title"], unescaped(message).split("\n")[0]))
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    gravest = sorted(findings, key=lambda finding: ["error", "warning", "info"].index(finding["severity"]))
    wanted = [(on_one_line(one["path"]), None, "not read", on_one_line(one["reason"])) for one in unread]
    for finding in gravest:
        line = str(finding["span"]["start"]["line"])
        wanted.append((on_one_line(finding["path"]), line, finding["rule"], on_one_line(finding["message"])))
    assert read == wanted, (read, wanted)
    return len(lines)


def markdown(folder, *paths):
    """Rendered, each row has its cells, and nothing in them is anything but text and the id of the rule."""
    # The parser of the rendered page takes no noncharacters.
    text = check(folder, *paths, "--format", "markdown").decode("utf-8").replace("\ufffe", "")
    findings, unread = expected(folder, *paths)
    reader = markdown_it.MarkdownIt("commonmark", {"linkify": False}).enable("table")
    page = xml.etree.ElementTree.fromstring("<page>" + reader.render(text) + "</page>")
    rows = page.findall("./table/tbody/tr")
    assert len(rows) == len(findings) + len(unread)
    gravest = sorted(findings, key=lambda finding: ["error", "warning", "info"].index(finding["severity"]))
    for row, finding in zip(rows[len(unread):], gravest, strict=True):
        cells = row.findall("td")
        assert [cell.tag for cell in row.iter()] == ["tr", "td", "td", "code", "td", "td"], row
        assert [cells[0].text, cells[1].find("code").text] == [finding["severity"], finding["rule"]]
        start = finding["span"]["start"]
        assert cells[2].text == f"{on_one_line(finding['path'])}:{start['line']}:{start['column']}"
        message = re.sub(r"\s+", " ", on_one_line(finding["message"]).replace("\ufffe", ""))
        assert re.sub(r"\s+", " ", cells[3].text).startswith(message.rstrip()), (cells[3].text, message)
    # What a reader that links bare addresses could take for one stands in none of the cells as it is written.
    assert not re.search(r"https?:|www\.|@\w|GH-\d|(?<!\\)#\d", "\n".join(text.split("\n")[5:]).replace("&#", "")), text
    return len(rows)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        hostile = pathlib.Path(scratch, "hostile")
        hostile.mkdir()
        (hostile / "a,b:c %|.json").write_text(json.dumps(HOSTILE), "utf-8")
        (hostile / "bad.json").write_text("[9, 9", "utf-8")
        address = "http://example.org www.example.org GH-12 #12 @someone :smile: [a](b) <b>c</b> $d$ ~~e~~ **f** `g`"
        (hostile / "links.json").write_text(json.dumps(HOSTILE | {"id": address, "title": "t", "language": address}), "utf-8")
        (hostile / "mark.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(HOSTILE | {"id": "é😀"}, ensure_ascii=False).encode("utf-8"))
        (hostile / "mark.yaml").write_bytes("\ufeffkind: register\r\nid: é\r\ntitle: 7\r\nlanguage: en\r\n".encode("utf-8"))
        (hostile / "right.json").write_text(json.dumps(
            {"kind": "register", "id": "r", "title": "R", "language": "en", "entries": [{"symbol": "A/RES/63/225"}]}
        ), "utf-8")
        runs = [
            ("the records", PROJECT, []),
            ("nothing found", hostile, ["right.json"]),
            ("hostile names and texts", hostile, ["."]),
            ("what is not there", hostile, [".", "gone.json"]),
        ]
        for title, folder, paths in runs:
            for reader in (sarif_log, junit, checkstyle, gitlab, rdjson, jsonl, github, markdown):
                print(f"ok      {title}: {reader.__name__} ({reader(folder, *paths)})")


if __name__ == "__main__":
    main()
