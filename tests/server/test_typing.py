"""What is typed, saved, closed and changed behind the editor's back, and what is told of it."""

import pytest
from lsprotocol import types

from editor import capabilities

CONFIG = '[[records]]\nfiles = "**/*.{json,yaml}"\n'
# With its kind misspelt the event is no event, and the programme belongs to none.
RIGHT = '{"name": "𝔉orum 😀 é", "id": "forum", "language": "en", "start": "2026-04-14T09:00", "end": "2026-04-14T18:00", "kind": "event"}\n'
EVENT = RIGHT.replace('"event"', '"evnt"')
# It ends before it begins.
TURNED = RIGHT.replace("14T09:00", "15T09:00")
PROGRAMME = """id: programme
kind: programme
title: Programme
language: en
event: forum
date: "2026-04-14"
slots:
  - {kind: closing, start: "10:00", end: "11:00", title: Closing remarks, speakers: [{name: Ana Ruiz}]}
"""
WRONG = {"event.json": ["unknown-kind"], "programme.yaml": ["ref-dangling"]}


def project(folder, **others):
    return folder({"rapporteur.toml": CONFIG, "event.json": EVENT, "programme.yaml": PROGRAMME} | others)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_a_fix_that_is_not_saved_counts_in_all_files(folder, start, encoding):
    """edits of parts of a line after characters outside of the basic plane; closing brings the file on disk back"""
    root = project(folder)
    editor = await start(root, can=capabilities([encoding]))
    assert await editor.rules(root) == WRONG
    event = root / "event.json"
    editor.open(event)
    assert await editor.rules(root) == WRONG
    # Each edit of a message is counted in what the one before has left.
    editor.replace(event, ("𝔉orum", "🏛😀 ℱórum"), ("evnt", "enent"), ("enent", "event"))
    assert await editor.rules(root) == {}
    assert event.read_text(encoding="utf-8") == EVENT
    assert editor.told[event][-1] == (2, ()) and editor.told[root / "programme.yaml"][-1] == (None, ())
    editor.close(event)
    assert await editor.rules(root) == WRONG


async def test_what_is_saved_stays(folder, start):
    root = project(folder)
    editor = await start(root)
    event = root / "event.json"
    editor.open(event)
    editor.rewrite(event, RIGHT)
    editor.save(event)
    editor.close(event)
    assert await editor.rules(root) == {}


async def test_a_save_shows_what_has_changed_behind_the_editor(folder, start):
    """even in other files, and with an editor that cannot watch files"""
    root = project(folder)
    editor = await start(root, can=capabilities(watched=False))
    assert await editor.rules(root) == WRONG and not editor.registered
    editor.open(root / "programme.yaml")
    (root / "event.json").write_text(RIGHT, encoding="utf-8")
    editor.save(root / "programme.yaml")
    assert await editor.rules(root) == {}
    (root / "event.json").unlink()
    editor.save(root / "programme.yaml")
    assert await editor.rules(root) == {"programme.yaml": ["ref-dangling"]}


async def test_an_editor_that_watches_files_tells_of_changes(folder, start):
    root = project(folder)
    editor = await start(root, can=capabilities(watched=True))
    assert await editor.rules(root) == WRONG and editor.registered == ["workspace/didChangeWatchedFiles"]

    def changed(path, kind):
        event = types.FileEvent((root / path).as_uri(), kind)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))

    (root / "event.json").write_text(RIGHT, encoding="utf-8")
    changed("event.json", types.FileChangeType.Changed)
    assert await editor.rules(root) == {}
    # What is open in the editor counts, whatever lies on disk.
    editor.open(root / "event.json")
    (root / "event.json").write_text("{", encoding="utf-8")
    changed("event.json", types.FileChangeType.Changed)
    assert await editor.rules(root) == {}
    (root / "new.json").write_text("{", encoding="utf-8")
    changed("new.json", types.FileChangeType.Created)
    assert await editor.rules(root) == {"new.json": ["syntax"]}
    (root / "new.json").unlink()
    changed("new.json", types.FileChangeType.Deleted)
    assert await editor.rules(root) == {}


async def test_a_record_that_was_never_saved_counts(folder, start):
    root = project(folder)
    (root / "event.json").unlink()
    editor = await start(root)
    assert await editor.rules(root) == {"programme.yaml": ["ref-dangling"]}
    editor.open(root / "événement 😀.json", RIGHT)
    assert await editor.rules(root) == {}
    editor.close(root / "événement 😀.json")
    assert await editor.rules(root) == {"programme.yaml": ["ref-dangling"]}


async def test_a_configuration_counts_before_it_is_saved(folder, start):
    """a wrong one is told in it, at its place, and nothing else meanwhile"""
    root = project(folder)
    editor = await start(root)
    config = root / "rapporteur.toml"
    editor.open(config)
    assert await editor.rules(root) == WRONG
    editor.rewrite(config, CONFIG + '[rules]\nunknown-kin = "off"\n')
    found = await editor.found()
    [[one]] = found.values()
    assert list(found) == [config] and editor.told[config][-1][0] == 2
    assert one.code == "configuration" and one.severity == types.DiagnosticSeverity.Error
    assert (one.range.start.line, one.range.start.character) == (3, 0) and "unknown-kin" in one.message
    editor.replace(config, ("unknown-kin", "unknown-kind"))
    assert await editor.rules(root) == {"programme.yaml": ["ref-dangling"]}
    editor.replace(config, ("[[records]]", "[[records]"))
    assert set(await editor.rules(root)) == {"rapporteur.toml"}
    editor.close(config)
    assert await editor.rules(root) == WRONG


async def test_folders_are_added_and_removed(folder, start):
    root = folder({"a/x.json": TURNED, "b/y.json": TURNED.replace("forum", "other")})
    folders = {name: types.WorkspaceFolder((root / name).as_uri(), name) for name in "ab"}
    editor = await start(root / "a")
    assert await editor.rules(root) == {"a/x.json": ["end-before-start"]}

    def change(added, removed):
        event = types.WorkspaceFoldersChangeEvent([folders[name] for name in added], [folders[name] for name in removed])
        editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))

    change("b", "")
    assert await editor.rules(root) == {"a/x.json": ["end-before-start"], "b/y.json": ["end-before-start"]}
    change("", "a")
    assert await editor.rules(root) == {"b/y.json": ["end-before-start"]}
    change("a", "b")
    assert await editor.rules(root) == {"a/x.json": ["end-before-start"]}


async def test_each_folder_is_a_project_of_its_own(folder, start):
    """an id that stands once in each of two projects stands nowhere twice, whether they or the folder above is open; without
    any configuration that folder is one project"""
    files = {"rapporteur.toml": CONFIG, "event.json": RIGHT}
    root = folder({f"{name}/{path}": text for name in "ab" for path, text in files.items()})
    for folders in [(root / "a", root / "b"), (root,)]:
        editor = await start(*folders)
        assert await editor.rules(root) == {}
        editor.open(root / "a/event.json")
        assert await editor.rules(root) == {}
    for name in "ab":
        (root / name / "rapporteur.toml").unlink()
    editor = await start(root)
    assert await editor.rules(root) == {"b/event.json": ["duplicate-id"]}


async def test_two_hundred_quick_changes_are_answered_by_the_last(folder, start):
    """what is told has the newest version, and what was said together is answered together"""
    root = project(folder)
    editor = await start(root)
    event = root / "event.json"
    editor.open(event)
    await editor.settle()
    begin = len(editor.told[event])
    with editor.at_once():
        # Right and wrong in turns; the last is right.
        for number in range(199):
            editor.replace(event, ("event", "evnt") if number % 2 else ("evnt", "event"))
        editor.replace(event, ("𝔉", "😀"))
    assert await editor.rules(root) == {}
    told = editor.told[event][begin:]
    versions = [version for version, _ in told]
    assert versions == sorted(set(versions)) and versions[-1] == 201 and told[-1][1] == ()
    # A check for each of the changes would tell of each.
    assert len(told) < 100, f"{len(told)} answers to 200 changes"


async def test_a_file_in_no_project_is_checked_alone(folder, start):
    root = folder({"event.json": TURNED, "other.json": TURNED, "list.json": "[1]"})
    editor = await start(None)
    assert await editor.rules(root) == {}
    editor.open(root / "event.json")
    editor.open(root / "list.json")
    assert await editor.rules(root) == {"event.json": ["end-before-start"]}
    editor.close(root / "event.json")
    assert await editor.rules(root) == {}
