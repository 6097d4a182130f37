#!/usr/bin/env python3
"""Reads every output of `rapporteur check` that is made for other programs with readers that are not ours.

    python3 tests/formats/validate.py RAPPORTEUR SARIF_SCHEMA

RAPPORTEUR is the program, SARIF_SCHEMA the file of the JSON Schema of SARIF 2.1.0, such as the one in the package
@microsoft/jest-sarif of the registry of Node. Needs the Python packages jsonschema, junitparser and sarif-tools.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import jsonschema
import junitparser
import sarif.loader

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
SCHEMA = json.loads(pathlib.Path(sys.argv[2]).read_text("utf-8"))
PROJECT = pathlib.Path(__file__).resolve().parents[2]

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
    assert (outcomes.count("Failure"), outcomes.count("Error")) == (len(findings), len(unread)), outcomes
    return len(cases)


def checkstyle(folder, *paths):
    root = xml.etree.ElementTree.fromstring(check(folder, *paths, "--format", "checkstyle"))
    findings, unread = expected(folder, *paths)
    errors = root.findall("./file/error")
    assert root.tag == "checkstyle" and len(errors) == len(findings) + len(unread)
    lines = [int(error.get("line")) for error in errors[len(unread):]]
    assert lines == [finding["span"]["start"]["line"] for finding in findings]
    return len(errors)


def gitlab(folder, *paths):
    entries = json.loads(check(folder, *paths, "--format", "gitlab"))
    findings, unread = expected(folder, *paths)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == len(findings) + len(unread)
    for entry in entries:
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1 and entry["description"] and entry["check_name"]
    return len(entries)


def rdjson(folder, *paths):
    """The columns, counted in the bytes of the files, lead to the same place as the offsets."""
    value = json.loads(check(folder, *paths, "--format", "rdjson"))
    findings, unread = expected(folder, *paths)
    for diagnostic, finding in zip(value["diagnostics"][len(unread):], findings, strict=True):
        path = pathlib.Path(folder, finding["path"])
        text = path.read_bytes()
        for end in ("start", "end"):
            position = diagnostic["location"]["range"][end]
            before = text.split(b"\n")[: position["line"] - 1]
            offset = sum(len(line) + 1 for line in before) + position["column"] - 1
            assert offset == finding["span"][end]["offset"], (finding, position)
    return len(value["diagnostics"])


def jsonl(folder, *paths):
    lines = [json.loads(line) for line in check(folder, *paths, "--format", "jsonl").decode("utf-8").split("\n")[:-1]]
    findings, unread = expected(folder, *paths)
    assert lines == findings + [{"unread": one} for one in unread]
    return len(lines)


def github(folder, *paths):
    """Undoes the escapes as the runner does and finds every message again."""
    lines = check(folder, *paths, "--format", "github").decode("utf-8").split("\n")[:-1]
    findings, unread = expected(folder, *paths)
    kinds = []
    for line in lines:
        _, command, message = line.split("::", 2)
        kind, properties = command.split(" ", 1)
        kinds.append(kind)
        assert dict(pair.split("=", 1) for pair in properties.split(","))["file"] and message
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert len(lines) == len(findings) + len(unread)
    return len(lines)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        hostile = pathlib.Path(scratch, "hostile")
        hostile.mkdir()
        (hostile / "a,b:c %|.json").write_text(json.dumps(HOSTILE), "utf-8")
        (hostile / "bad.json").write_text("[9, 9", "utf-8")
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
            for reader in (sarif_log, junit, checkstyle, gitlab, rdjson, jsonl, github):
                print(f"ok      {title}: {reader.__name__} ({reader(folder, *paths)})")


if __name__ == "__main__":
    main()
