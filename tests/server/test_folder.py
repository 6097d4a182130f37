"""What the editor is told of a whole folder is what `check` reports of it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import client_capabilities

from editor import capabilities, path_of

ROOT = Path(__file__).resolve().parents[2]
DEBATE = "records/itd-migration-2011"
SEVERITIES = {"error": 1, "warning": 2, "info": 3}
NOTE = '{"id": "%s", "kind": "register", "title": "R", "language": "en", "entries": [{"symbol": "A/RES/63/225"}]}\n'

# Mistakes in their own files, by name.
MISTAKES = {
    "no-record.json": "[9]\n",
    "unknown-kind.json": '{"id": "u", "title": "𝔘𝔫 é", "kind": "regster"}\n',
    "twin-a.json": NOTE % "twin",
    "twin-b.json": NOTE % "twin",
    "symbol.json": '{"title": "Ré 😀 𝔊", "id": "symbol", "kind": "register", "language": "en", "entries": [{"symbol": "A/RES//225"}]}\n',
    "event.yaml": "# 😀\nid: wrong\nkind: event\nname: '𝔉 é'\nlanguage: en\nstart: '2026-04-14T18:00'\nend: '2026-04-14T09:00'\n",
    "types.yaml": "id: types\nkind: register\ntitle: T\nlanguage: en\nentries:\n  - {'note 😀': 1, symbol: 7}\n",
    "lines.json": '{\r\n  "id": "lines",\r\r  "title": "é😀", "kind": 7\r\n}\r\n',
    "mark.json": '\ufeff{"title": "é😀", "kind": 7, "id": "mark"}',
    # More of one shape than a report for people tells one by one.
    "many.yaml": "id: many\nkind: register\ntitle: T\nlanguage: en\nentries:\n" + "  - {title: 😀, symbol: A/RES//225}\n" * 60,
    "lines.jsonl": NOTE % "l1" + '{"title": "😀", "kind": 7}\n' + NOTE % "l1",
}
# While one file cannot be read, no rule says that something is missing in the others.
BROKEN = {
    "empty.yaml": "",
    "broken.json": '{"id": "br-😀", "kind": "statement" "title": 1}\n',
    "broken.yaml": "id: é😀\nkind: [statement\ntitle: x\n",
    "latin.json": b'{"id": "caf\xe9", "kind": "register"}\n',
}


@pytest.fixture(params=[MISTAKES, MISTAKES | BROKEN], ids=["readable", "broken"])
def records(request, folder):
    """A copy of the records of this repository with mistakes in and between them."""
    root = folder({f"{DEBATE}/{name}": text for name, text in request.param.items()})
    shutil.copytree(ROOT / "records", root / "records", dirs_exist_ok=True)
    shutil.copy(ROOT / "rapporteur.toml", root)
    gmg = root / DEBATE / "statement-gmg.json"
    gmg.write_text(gmg.read_text("utf-8").replace('"event": "itd-', '"event": "idt-'), "utf-8")
    return root


def reported(binary, environment, root):
    """The findings of `check`, in JSON."""
    command = [binary, "check", "--format", "json", "--no-collapse"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 1) and not done.stderr, done.stderr.decode()
    return json.loads(done.stdout)["findings"]


def position(data, offset, encoding):
    """Where a byte of a file stands for an editor, which shows a byte that is no text as one character."""
    ends = [end.end() for end in re.finditer(rb"\r\n|\r|\n", data[:offset] + b"?")]
    start = ends[-1] if ends else 0
    # No editor counts a byte-order mark.
    start += 3 if not start and data.startswith(b"\xef\xbb\xbf") else 0
    before = data[start:offset]
    text = before.decode("utf-8", "replace")
    return len(ends), {"utf-8": len(before), "utf-16": len(text.encode("utf-16-le")) // 2, "utf-32": len(text)}[encoding]


def place(root, path, span, encoding):
    data = (root / path).read_bytes()
    return path, *(position(data, span[side]["offset"], encoding) for side in ("start", "end"))


def wanted(root, findings, encoding):
    """The findings as an editor is to be told of them, with a rule, a severity, a message and other places."""
    return sorted(
        (
            place(root, one["path"], one["span"], encoding),
            one["rule"],
            SEVERITIES[one["severity"]],
            one["message"],
            [(place(root, label["path"], label["span"], encoding), label["text"]) for label in one["labels"]],
            one["fingerprint"],
        )
        for one in findings
    )


def told(root, found):
    """The diagnostics in the same form."""

    def place(path, range):
        sides = [(side.line, side.character) for side in (range.start, range.end)]
        return str(path.relative_to(root)), *sides

    assert all(one.source == "rapporteur" for list in found.values() for one in list)
    return sorted(
        (
            place(path, one.range),
            one.code,
            int(one.severity),
            one.message.split("\n")[0],
            [(place(path_of(other.location.uri), other.location.range), other.message) for other in one.related_information or []],
            one.data["fingerprint"] if isinstance(one.data, dict) else one.data.fingerprint,
        )
        for path, list in found.items()
        for one in list
    )


@pytest.mark.parametrize("encodings", [["utf-8"], ["utf-16"], ["utf-32"], ["utf-16", "utf-32", "utf-8"], None], ids=str)
async def test_the_editor_is_told_what_check_reports(binary, environment, records, start, encodings):
    """path, rule, severity, message, other places and fingerprint are those of `check`, in every encoding"""
    findings = reported(binary, environment, records)
    editor = await start(records, can=capabilities(encodings))
    assert editor.encoding == (sorted(encodings, key=["utf-8", "utf-32", "utf-16"].index)[0] if encodings else "utf-16")
    assert told(records, await editor.found()) == wanted(records, findings, editor.encoding)
    # The mistakes are of many kinds, so that this means something.
    assert {"duplicate-id", "schema", "ref-malformed", "unknown-kind", "end-before-start"} <= {one["rule"] for one in findings}
    assert ("syntax" if (records / DEBATE / "broken.json").exists() else "ref-dangling") in {one["rule"] for one in findings}


async def test_a_part_of_the_project_stands_for_the_whole(binary, environment, records, start):
    """whoever opens a folder inside of a project is told of the whole project, once"""
    findings = reported(binary, environment, records)
    editor = await start(records / DEBATE, records / "records")
    assert told(records, await editor.found()) == wanted(records, findings, "utf-16")
    assert all(len(all) == 1 for all in editor.told.values())


@pytest.mark.parametrize("name", ["neovim@v0.7", "neovim@v0.11", "emacs", "visual_studio_code"])
async def test_editors_that_people_use_are_told_the_same(binary, environment, records, start, name):
    """with the capabilities of Neovim, Emacs and Visual Studio Code the same is told"""
    findings = reported(binary, environment, records)
    can = client_capabilities(name)
    editor = await start(records, can=can)
    offered = can.general and can.general.position_encodings
    assert editor.encoding in ([str(getattr(one, "value", one)) for one in offered] if offered else ["utf-16"])
    heard, said = told(records, await editor.found()), wanted(records, findings, editor.encoding)
    if not can.text_document.publish_diagnostics.related_information:
        assert not any(one[4] for one in heard)
        said = [(*one[:4], [], one[5]) for one in said]
    assert heard == said
    watches = can.workspace and can.workspace.did_change_watched_files
    watched = ["workspace/didChangeWatchedFiles"] if watches and watches.dynamic_registration else []
    assert editor.registered == watched


async def test_other_places_stand_in_the_message_where_the_editor_shows_none(folder, start):
    root = folder({"a.json": NOTE % "twin", "b.json": NOTE % "twin"})
    editor = await start(root, can=capabilities(related=True))
    [[one]] = (await editor.found()).values()
    [other] = one.related_information
    assert {path_of(other.location.uri)} | set(await editor.found()) == {root / "a.json", root / "b.json"}
    assert other.message and other.message not in one.message
    editor = await start(root, can=capabilities(related=False))
    [[same]] = (await editor.found()).values()
    assert same.related_information is None
    name = path_of(other.location.uri).name
    assert f"\n{name}:1:9: {other.message}" in same.message


@pytest.mark.parametrize("by", ["environment", "options", "both", "none"])
async def test_rules_have_links_where_their_pages_stand(folder, start, by):
    """to the address that the editor says, or else the environment"""
    root = folder({"a.json": NOTE % "twin", "b.json": NOTE % "twin"})
    env = {"RAPPORTEUR_PAGES": "https://example.org/env/{rule}.html"} if by in ("environment", "both") else None
    options = {"pages": "https://example.org/own/{rule}"} if by in ("options", "both") else None
    editor = await start(root, env=env, options=options)
    [[one]] = (await editor.found()).values()
    address = {"environment": "env/duplicate-id.html", "none": None}.get(by, "own/duplicate-id")
    assert one.code_description == (types.CodeDescription(f"https://example.org/{address}") if address else None)
