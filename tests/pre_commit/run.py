#!/usr/bin/env python3
"""Commits with the real pre-commit and the hooks of `.pre-commit-hooks.yaml`, in scratch repositories.

    run.py BINARY [--venv FOLDER] [--install] [--build]

BINARY is a built `rapporteur`. Pre-commit is installed into a virtual environment, in FOLDER if one is given, where a later
run finds it again. The hook that builds the program with cargo is only validated, as that takes minutes; `--build` builds it, without optimizations,
from the last commit. The first command of the README, which installs the program, is run with `--install`; after a release build it
takes seconds. Needs Python 3.9, git and, unless FOLDER has it already, the package registry.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = """\
[[records]]
files = "records/**/*.{json,yaml}"

[rules]
ref-dangling = "error"
"""
EVENT = """\
id: forum
kind: event
name: Forum
language: en
start: "2026-04-14T09:00"
end: "2026-04-14T18:00"
"""
PROGRAMME = """\
id: programme
kind: programme
title: Programme of the forum
language: en
event: forum
date: "2026-04-14"
slots:
  - {kind: opening, start: "09:00", end: "09:30", title: Opening, speakers: [{name: Ada Ruiz}]}
"""
OLDER = """\
{id: older, kind: letter, title: Letter, language: en, date: "2010-10-18", author: {name: Joseph Deiss}, addressees: [All], paragraphs: [You are invited.]}
"""
NEWER = """\
id: newer
kind: letter
title: Letter
language: en
date: "2010-12-21"
author: {name: Joseph Deiss}
references:
  - {raw: my letter of 18 October, role: follows, letter: {from: Joseph Deiss, dated: "2010-10-18"}}
addressees: [All]
paragraphs: [The forum is on 14 April.]
"""
RECORDS = {
    "records/forum.yaml": EVENT,
    "records/programme.yaml": PROGRAMME,
    "records/older.yaml": OLDER,
    "records/newer.yaml": NEWER,
}


def broken(programme):
    """The programme with an opening that ends before it begins."""
    return programme.replace('"09:30"', '"08:30"')


class Failed(Exception):
    """A case did not go as it must."""


class World:
    """Where the cases take place: a folder, pre-commit, and an environment that no setting of a person reaches."""

    def __init__(self, folder, binary, programs):
        self.folder = folder
        self.number = 0
        self.binary = binary
        self.installs = False
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
        self.env = kept | {
            "PATH": os.pathsep.join([str(binary.parent), str(programs), os.environ["PATH"]]),
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "PRE_COMMIT_COLOR": "never",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Clerk",
            "GIT_AUTHOR_EMAIL": "clerk@example.org",
            "GIT_COMMITTER_NAME": "Clerk",
            "GIT_COMMITTER_EMAIL": "clerk@example.org",
        }

    def run(self, cwd, *command, stdin=None):
        """Runs a command: its exit code and everything it said."""
        done = subprocess.run(
            command, cwd=cwd, env=self.env, input=stdin, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return done.returncode, done.stdout

    def must(self, cwd, *command, stdin=None):
        """Runs a command that has to succeed."""
        code, said = self.run(cwd, *command, stdin=stdin)
        if code:
            raise Failed(f"{' '.join(command)} ended with {code}:\n{said}")
        return said

    def fresh(self, name):
        """A new empty folder."""
        self.number += 1
        folder = self.folder / f"{self.number}-{name}"
        folder.mkdir()
        return folder

    def hooks(self):
        """A repository that holds the hooks as they stand in this checkout, committed or not; its path and commit."""
        if not (self.folder / "hooks").exists():
            folder = self.folder / "hooks"
            folder.mkdir()
            shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
            self.must(folder, "git", "init", "-q")
            self.must(folder, "git", "add", ".")
            self.must(folder, "git", "commit", "-q", "-m", "Hooks")
        return self.folder / "hooks", self.must(self.folder / "hooks", "git", "rev-parse", "HEAD").strip()


class Project:
    """A repository of records whose commits go through the hook."""

    def __init__(self, world, name, hook="rapporteur-system", source=None, settings=()):
        self.world = world
        self.at = world.fresh(name)
        repository, commit = source or world.hooks()
        lines = ["repos:", f"  - repo: {repository}", f"    rev: {commit}", "    hooks:", f"      - id: {hook}"]
        self.write(".pre-commit-config.yaml", "\n".join(lines + [f"        {line}" for line in settings]) + "\n")
        self.write("rapporteur.toml", CONFIG)
        for path, text in RECORDS.items():
            self.write(path, text)
        world.must(self.at, "git", "init", "-q")
        world.must(self.at, "pre-commit", "install")
        self.stage(".")

    def write(self, path, text):
        path = self.at / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, path):
        return (self.at / path).read_text(encoding="utf-8")

    def stage(self, *paths):
        self.world.must(self.at, "git", "add", "--all", "--", *paths)

    def commits(self):
        code, said = self.world.run(self.at, "git", "rev-list", "--count", "HEAD")
        return 0 if code else int(said)

    def passes(self):
        """The commit is made."""
        before = self.commits()
        code, said = self.world.run(self.at, "git", "commit", "-m", "Records")
        if code or self.commits() != before + 1:
            raise Failed(f"the commit was refused:\n{said}")
        if not re.search(r"^rapporteur\.+Passed$", said, re.MULTILINE):
            raise Failed(f"the hook did not run:\n{said}")
        return said

    def fails(self, *expected, absent=()):
        """The commit is refused, and every expected pattern is said."""
        before = self.commits()
        code, said = self.world.run(self.at, "git", "commit", "-m", "Records")
        if code == 0 or self.commits() != before:
            raise Failed(f"the commit was made:\n{said}")
        for pattern in expected:
            if not re.search(pattern, said):
                raise Failed(f"`{pattern}` was not said:\n{said}")
        for pattern in absent:
            if re.search(pattern, said):
                raise Failed(f"`{pattern}` was said:\n{said}")
        return said


def manifest(world):
    """the manifest is valid, and so is a configuration that names both hooks"""
    world.must(ROOT, "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    repository, commit = world.hooks()
    config = world.fresh("manifest") / "config.yaml"
    ids = ["rapporteur", "rapporteur-system"]
    config.write_text(f"repos: [{{repo: {repository}, rev: {commit}, hooks: [{', '.join(f'{{id: {i}}}' for i in ids)}]}}]\n")
    world.must(config.parent, "pre-commit", "validate-config", str(config))


def passing(world):
    """records without a finding are committed"""
    Project(world, "passing").passes()


def failing(world):
    """a record with an error is not committed, and the finding is shown"""
    project = Project(world, "failing")
    project.write("records/programme.yaml", broken(PROGRAMME))
    project.stage(".")
    project.fails(r"error\[end-before-start\]", r"records/programme\.yaml:8:\d+\n", "exit code: 1")
    project.write("records/programme.yaml", PROGRAMME)
    project.stage(".")
    project.passes()


def fixing(world):
    """with `--fix`, the hook mends a record and refuses the commit once; the mended record is committed"""
    project = Project(world, "fixing", settings=["args: [--fix]"])
    project.passes()
    right = PROGRAMME + "dateLine: Tuesday, 14 April 2026\n"
    project.write("records/programme.yaml", right.replace("14 April 2026", "14 April, 2026"))
    project.stage(".")
    project.fails(r"1 fixed in 1 file", "files were modified by this hook")
    if project.read("records/programme.yaml") != right:
        raise Failed("the record was not mended:\n" + project.read("records/programme.yaml"))
    project.stage(".")
    project.passes()


def other_files(world):
    """JSON and YAML files that are no records are none of its business"""
    project = Project(world, "other-files")
    project.passes()
    project.write("package.json", '{"name": "site", "id": 7}\n')
    project.write("settings.yaml", "colour: [red\n")
    project.stage(".")
    project.passes()


def elsewhere(world):
    """an error that a change causes in a file that was not staged is shown"""
    project = Project(world, "elsewhere")
    project.passes()
    project.write("records/forum.yaml", EVENT.replace("T09:00", "T09:15"))
    project.stage("records/forum.yaml")
    project.fails(r"error\[slot-outside-event\]", r"records/programme\.yaml:8:\d+\n")


def deleted(world):
    """a commit that only deletes a record to which another refers is refused"""
    project = Project(world, "deleted")
    project.passes()
    world.must(project.at, "git", "rm", "-q", "records/older.yaml")
    project.fails(r"error\[ref-dangling\]", r"records/newer\.yaml:8:\d+\n")
    world.must(project.at, "git", "rm", "-q", "records/newer.yaml")
    project.passes()


def empty(world):
    """a project that has no records yet is committed to, and its first record is checked"""
    at = world.fresh("empty")
    world.must(at, "git", "init", "-q")
    world.must(at, "rapporteur", "init", "--hook")
    world.must(at, "pre-commit", "install")
    world.must(at, "git", "add", ".")
    world.must(at, "git", "commit", "-m", "Beginning")
    (at / "records").mkdir()
    (at / "records/programme.yaml").write_text(broken(PROGRAMME), encoding="utf-8")
    world.must(at, "git", "add", ".")
    code, said = world.run(at, "git", "commit", "-m", "Records")
    if not code or "error[end-before-start]" not in said:
        raise Failed(f"the first record was not checked:\n{said}")


def last_deleted(world):
    """a commit that deletes the last records is made"""
    project = Project(world, "last-deleted")
    project.passes()
    world.must(project.at, "git", "rm", "-q", "-r", "records")
    project.passes()


def inner_project(world):
    """in a project below the root of its repository the hook that is printed checks commits from the root"""
    at = world.fresh("inner-project")
    world.must(at, "git", "init", "-q")
    inner = at / "the council"
    (inner / "records").mkdir(parents=True)
    (inner / "records/programme.yaml").write_text(PROGRAMME, encoding="utf-8")
    world.must(inner, "rapporteur", "init")
    code, said = world.run(inner, "rapporteur", "init", "--hook")
    if code != 2 or (inner / ".pre-commit-config.yaml").exists():
        raise Failed(f"the hook was written where it does not count:\n{said}")
    hook = world.must(inner, "rapporteur", "init", "--print", "pre-commit")
    (at / ".pre-commit-config.yaml").write_text(hook, encoding="utf-8")
    world.must(inner, "pre-commit", "install")
    # A mistake elsewhere is none of its business.
    (at / "other.yaml").write_text(broken(PROGRAMME), encoding="utf-8")
    world.must(at, "git", "add", ".")
    world.must(inner, "git", "commit", "-m", "Records")
    (inner / "records/programme.yaml").write_text(broken(PROGRAMME), encoding="utf-8")
    code, said = world.run(inner, "git", "commit", "--all", "-m", "Records")
    if not code or "error[end-before-start]" not in said:
        raise Failed(f"the project was not checked:\n{said}")


def inner_shared(world):
    """the hook of this repository checks the project whose configuration it is given"""
    project = Project(world, "inner-shared", settings=["args: [--config, sub/rapporteur.toml]"])
    project.write("sub/rapporteur.toml", CONFIG)
    project.write("sub/records/programme.yaml", broken(PROGRAMME))
    project.stage(".")
    project.fails(r"error\[end-before-start\]", r"records/programme\.yaml:8:\d+\n")
    project.write("sub/records/programme.yaml", PROGRAMME.replace("event: forum\n", ""))
    project.stage(".")
    project.passes()


def half_staged(world):
    """what counts is what is staged, not what stands in the folder"""
    project = Project(world, "half-staged")
    project.passes()
    # Right in the commit, wrong in the folder.
    right = PROGRAMME.replace("Programme of the forum", "Programme")
    project.write("records/programme.yaml", right)
    project.stage(".")
    project.write("records/programme.yaml", broken(right))
    project.passes()
    if project.read("records/programme.yaml") != broken(right):
        raise Failed("the change that was not staged is lost")
    # Wrong in the commit, right in the folder.
    project.stage(".")
    project.write("records/programme.yaml", right)
    project.fails(r"error\[end-before-start\]")
    if project.read("records/programme.yaml") != right:
        raise Failed("the change that was not staged is lost")


def unknown(world):
    """a record that git does not know yet is checked, and one that git ignores is not"""
    project = Project(world, "unknown")
    project.passes()
    project.write("records/programme.yaml", PROGRAMME.replace("Programme of the forum", "Programme"))
    project.stage(".")
    project.write("records/draft.yaml", broken(PROGRAMME).replace("id: programme", "id: draft"))
    project.fails(r"error\[end-before-start\]", r"records/draft\.yaml:8:\d+\n")
    project.write(".gitignore", "draft.yaml\n")
    project.passes()


def letter(number):
    """A letter that follows the one before, in a file with a long path: a thousand of them fit into no command line."""
    day = f"{2000 + number // 28 // 12}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
    before = number - 1
    earlier = f"{2000 + before // 28 // 12}-{before // 28 % 12 + 1:02}-{before % 28 + 1:02}"
    refers = f', references: [{{raw: my letter, role: follows, letter: {{from: Ada Ruiz, dated: "{earlier}"}}}}]'
    text = f'{{id: letter-{number}, kind: letter, title: Letter {number}, language: en, date: "{day}", author: {{name: Ada Ruiz}}, addressees: [All], paragraphs: [This is letter {number}.]'
    return f"records/{'long/' * 30}letter-{number:04}.yaml", text + (refers if number else "") + "}\n"


def batches(world):
    """a thousand files, named in several batches by who wants that, get the answer of the whole"""
    settings = ["pass_filenames: true", "files: ^records/", "verbose: true", "args: [--format, concise]"]
    project = Project(world, "batches", settings=settings)
    for path, text in map(letter, range(1000)):
        project.write(path, text)
    project.stage(".")
    runs = len(re.findall(r"in \d+ files? \(\d+ records?\)", project.passes()))
    if runs < 2:
        raise Failed(f"{runs} batch")
    path, text = letter(1000)
    project.write(path, text.replace("follows", "follow"))
    path, text = letter(0)
    project.write(path, text.replace("title", "tilte"))
    project.stage(".")
    project.fails("letter-1000.yaml:1:.* error", "letter-0000.yaml:1:.* error", absent=["ref-dangling", "unknown-kind"])


def many(world):
    """a thousand files in one commit are checked once"""
    project = Project(world, "many", settings=["verbose: true"])
    for path, text in map(letter, range(1000)):
        project.write(path, text)
    project.stage(".")
    said = project.passes()
    if len(re.findall(r"in 1004 files \(1004 records\)", said)) != 1:
        raise Failed(f"not one run over all records:\n{said}")


def newcomer(world):
    """the commands of the README lead from nothing to a commit that is refused"""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    install, *rest = fence(page, "sh newcomer").splitlines()
    if len(rest) > 3 or any(mark in line for line in [install, *rest] for mark in "&|;"):
        raise Failed("these are more than four commands")
    if not install.startswith("cargo install "):
        raise Failed(f"`{install}` does not install the program")
    if world.installs:
        world.env["CARGO_INSTALL_ROOT"] = str(world.folder / "installed")
        world.env["PATH"] = os.pathsep.join([str(world.folder / "installed" / "bin"), world.env["PATH"]])
        world.must(ROOT, "sh", "-c", install)
        found = shutil.which("rapporteur", path=world.env["PATH"])
        if not Path(found).is_relative_to(world.folder):
            raise Failed(f"the program that is found is {found}")
    at = world.fresh("newcomer")
    record = fence(page, "yaml forum.yaml")
    (at / "forum.yaml").write_text(record, encoding="utf-8")
    world.must(at, "git", "init", "-q")
    world.must(at, "git", "add", ".")
    world.must(at, "git", "commit", "-q", "-m", "Records")
    before = world.must(at, "git", "rev-parse", "HEAD")
    (at / "forum.yaml").write_text(record.replace("Spring forum", "Forum of spring"), encoding="utf-8")
    for line in rest[:-1]:
        world.must(at, "sh", "-c", line)
    code, said = world.run(at, "sh", "-c", rest[-1])
    if not code or world.must(at, "git", "rev-parse", "HEAD") != before:
        raise Failed(f"the commit was made:\n{said}")
    if "error[weekday-mismatch]" not in said or "--> forum.yaml:6:11" not in said:
        raise Failed(f"the finding was not shown:\n{said}")
    # What it says is right: the files are to be committed, and the hook lets a right record through.
    for mistake, correction in [("Monday, ", "Tuesday, "), ("speakers: []", "speakers: [{name: Ada Ruiz}]"), ("09:15", "09:30")]:
        record = record.replace(mistake, correction)
    (at / "forum.yaml").write_text(record, encoding="utf-8")
    world.must(at, "git", "add", ".")
    world.must(at, "git", "commit", "-m", "Spring forum")


def fence(page, words):
    """What lies in the fence of a page that opens with these words."""
    found = re.search(f"^```{re.escape(words)}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    if not found:
        raise Failed(f"no fence `{words}`")
    return found[1]


# What makes the build of a release quicker still, since nothing here depends on its speed.
QUICK = {"CARGO_PROFILE_RELEASE_OPT_LEVEL": "0"}


def built(world):
    """the hook `rapporteur` builds the program and refuses a record with an error"""
    commit = world.must(ROOT, "git", "rev-parse", "HEAD").strip()
    world.env.update(QUICK)
    project = Project(world, "built", hook="rapporteur", source=(ROOT, commit))
    folders = world.env["PATH"].split(os.pathsep)
    world.env["PATH"] = os.pathsep.join(folder for folder in folders if folder != str(world.binary.parent))
    project.passes()
    project.write("records/programme.yaml", broken(PROGRAMME))
    project.stage(".")
    project.fails(r"error\[end-before-start\]")


def environment(folder):
    """The programs of a virtual environment that has pre-commit."""
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if not shutil.which("pre-commit", path=programs):
        venv.create(folder, with_pip=True)
        python = shutil.which("python", path=programs)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pre-commit"], check=True
        )
    return programs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=Path)
    parser.add_argument("--venv", type=Path)
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--build", action="store_true")
    arguments = parser.parse_args()
    binary = arguments.binary.resolve()
    if not binary.is_file() or binary.stem != "rapporteur":
        parser.error(f"{binary} is no built `rapporteur`")
    cases = [manifest, passing, failing, fixing, other_files, elsewhere, deleted, empty, last_deleted]
    cases += [inner_project, inner_shared, half_staged, unknown, many, batches, newcomer]
    cases += [built] if arguments.build else []
    failed = 0
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
        folder = Path(folder).resolve()
        programs = environment(arguments.venv.resolve() if arguments.venv else folder / "venv")
        world = World(folder, binary, programs)
        world.installs = arguments.install
        for case in cases:
            try:
                case(world)
                print(f"ok      {case.__doc__}", flush=True)
            except Failed as error:
                failed += 1
                print(f"FAILED  {case.__doc__}\n{error}", flush=True)
    if not arguments.install:
        print("        the command that installs the program was not run; --install runs it")
    if not arguments.build:
        print("        the hook that builds with cargo was only validated; --build tries it")
    if failed:
        sys.exit(f"{failed} of {len(cases)} cases failed")


if __name__ == "__main__":
    main()
