#!/usr/bin/env python3
"""Builds the packages for this platform and installs each as its users do, where no Rust toolchain is found.

    run.py PROGRAM [--venv FOLDER] [--keep WHEELS]

PROGRAM is `rapporteur`, built with the profile `release`. The wheel is built with the same profile, and the other packages hold the
program of the wheel. In FOLDER, a virtual environment, are maturin, pre-commit and uv; without it, they are installed from the package
registry. A copy of the wheel is left in the folder WHEELS. Needs Python 3.11, git, node, npm and, for what builds the hook, the
package registry.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
WHEEL = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
# In the names of files.
DISTRIBUTION = WHEEL.replace("-", "_")
SAID = f"rapporteur {PACKAGE['version']}\n"
BROKEN = """\
id: programme
kind: programme
title: Programme of the forum
language: en
date: "2026-04-14"
slots:
  - {kind: opening, start: "09:00", end: "08:30", title: Opening, speakers: [{name: Ada Ruiz}]}
"""
SOUND = BROKEN.replace("08:30", "09:30")
FINDING = "error[end-before-start]"


class Failed(Exception):
    """A package is not as it must be."""


class World:
    """Where the packages are tried: a folder, and an environment without a toolchain and without a person's settings."""

    def __init__(self, folder, program, tools):
        self.folder = folder
        self.program = program
        self.tools = tools
        self.wheels = folder / "wheels"
        dropped = ("GIT_", "PRE_COMMIT", "CARGO", "RUST", "NODE_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        links = [os.environ.get("PIP_FIND_LINKS", ""), str(self.wheels)]
        self.env = kept | {
            "PATH": os.pathsep.join(self.programs()),
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "PRE_COMMIT_COLOR": "never",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_FIND_LINKS": " ".join(filter(None, links)),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Clerk",
            "GIT_AUTHOR_EMAIL": "clerk@example.org",
            "GIT_COMMITTER_NAME": "Clerk",
            "GIT_COMMITTER_EMAIL": "clerk@example.org",
        }

    def programs(self):
        """The folders with programs that are not of a toolchain; what else is in such a folder is linked to from one of ours."""
        own = self.folder / "programs"
        own.mkdir()
        for name in ("python3", "git", "node", "npm", "sh", "bash", "env", "tar", "gzip", "uname", "sed", "cat", "dirname"):
            found = shutil.which(name)
            if found:
                (own / name).symlink_to(found)
        return [str(own)]

    def run(self, cwd, *command, **settings):
        """Runs a command: its exit code and everything it said."""
        done = subprocess.run(
            command, cwd=cwd, env=self.env | settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return done.returncode, done.stdout

    def must(self, cwd, *command, **settings):
        """Runs a command that has to succeed."""
        code, said = self.run(cwd, *command, **settings)
        if code:
            raise Failed(f"{' '.join(map(str, command))} ended with {code}:\n{said}")
        return said

    def fresh(self, name):
        """A new empty folder."""
        folder = self.folder / name
        folder.mkdir()
        return folder


def works(world, command):
    """The installed program says its version, and checks records like the program that was built."""
    for arguments in (["--version"], ["check", "--format", "json", "records"], ["schema", "programme", "--bundle"]):
        expected = world.run(ROOT, world.program, *arguments)
        found = world.run(ROOT, *command, *arguments)
        if found != expected:
            raise Failed(f"{command} {arguments} ended with {found[0]}:\n{found[1][:2000]}")
    if world.must(ROOT, *command, "--version") != SAID:
        raise Failed("it is another version")
    folder = world.folder / "records"
    folder.mkdir(exist_ok=True)
    for text, expected in ((SOUND, 0), (BROKEN, 1)):
        (folder / "programme.yaml").write_text(text, encoding="utf-8")
        code, said = world.run(folder, *command, "check", "programme.yaml")
        if code != expected or (FINDING in said) != (expected == 1):
            raise Failed(f"the exit code is {code}, not {expected}:\n{said}")


def build(world):
    """The wheel is built: it holds the program, the licences and no module."""
    world.wheels.mkdir()
    # Only the build needs the toolchain.
    maturin = [world.tools / "maturin", "build", "--profile", "release", "--locked", "--out", world.wheels]
    done = subprocess.run(maturin, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Failed(f"the wheel was not built:\n{done.stdout}")
    [wheel] = world.wheels.iterdir()
    begin = f"{DISTRIBUTION}-{PACKAGE['version']}"
    names = {name.removeprefix(f"{begin}.") for name in zipfile.ZipFile(wheel).namelist()}
    fixed = {f"dist-info/{name}" for name in ("METADATA", "WHEEL", "RECORD")}
    licences = {f"dist-info/licenses/{name}" for name in ("LICENSE-APACHE", "LICENSE-MIT")}
    more = names - fixed - licences - {"data/scripts/rapporteur"}
    if not wheel.name.startswith(f"{begin}-py3-none-") or not fixed | licences < names or any("sbom" not in name for name in more):
        raise Failed(f"{wheel.name} has {sorted(names)}")
    print(f"    {wheel.name}, {wheel.stat().st_size / 1e6:.1f} MB")


def pip(world):
    """pip installs the wheel into an empty environment and takes all of it away again"""
    folder = world.fresh("pip")
    venv.EnvBuilder(with_pip=True).create(folder)
    begin = time.monotonic()
    world.must(folder, folder / "bin/pip", "install", "--quiet", "--no-index", WHEEL)
    print(f"    installed in {time.monotonic() - begin:.1f} s")
    works(world, [folder / "bin/rapporteur"])
    world.must(folder, folder / "bin/pip", "uninstall", "--quiet", "--yes", WHEEL)
    left = [path for path in folder.rglob("*rapporteur*")]
    if left:
        raise Failed(f"there is left: {left}")


def uvx(world):
    """uvx runs the program without installing it"""
    command = [world.tools / "uvx", "--quiet", "--offline", "--find-links", world.wheels, "--from", WHEEL, "rapporteur"]
    world.env["UV_CACHE_DIR"] = str(world.folder / "uv-cache")
    begin = time.monotonic()
    world.must(ROOT, *command, "--version")
    print(f"    first run in {time.monotonic() - begin:.1f} s")
    works(world, command)


def npm(world):
    """npm installs both packages into a folder without any, and the program starts"""
    [wheel] = world.wheels.iterdir()
    program = world.fresh("unpacked") / "rapporteur"
    inside = f"{DISTRIBUTION}-{PACKAGE['version']}.data/scripts/rapporteur"
    program.write_bytes(zipfile.ZipFile(wheel).read(inside))
    program.chmod(0o755)
    report = "const {header} = process.report.getReport(); console.log(process.platform, process.arch, header.glibcVersionRuntime ? 'gnu' : 'musl')"
    system, processor, libc = world.must(ROOT, "node", "-e", report).split()
    platform = f"{system}-{processor}-{libc}" if system == "linux" else f"{system}-{processor}"
    tarballs = world.fresh("tarballs")
    pack = ["python3", ROOT / "packaging/npm/pack.py", tarballs]
    own = world.must(ROOT, *pack, platform, program).strip()
    main = world.must(ROOT, *pack).strip()
    install = ["npm", "install", "--offline", "--no-audit", "--no-fund", "--silent"]
    folder = world.fresh("npm")
    (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
    begin = time.monotonic()
    world.must(folder, *install, own, main, npm_config_cache=str(world.folder / "npm-cache"))
    print(f"    installed in {time.monotonic() - begin:.1f} s")
    works(world, [folder / "node_modules/.bin/rapporteur"])
    # Without the package of the platform it says what is missing.
    shutil.rmtree(folder / f"node_modules/rapporteur-{platform}")
    code, said = world.run(folder, folder / "node_modules/.bin/rapporteur", "--version")
    if code != 2 or f"rapporteur-{platform}" not in said:
        raise Failed(f"without the program it ended with {code}:\n{said}")


def hook(world):
    """pre-commit installs the hook from the wheel, refuses a record with an error and lets it pass when it is mended"""
    source = world.folder / "hook"
    shutil.copytree(ROOT / "packaging/pre-commit", source)
    world.must(source, "git", "init", "-q")
    world.must(source, "git", "add", ".")
    world.must(source, "git", "commit", "-q", "-m", "Hook")
    commit = world.must(source, "git", "rev-parse", "HEAD").strip()
    project = world.fresh("project")
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {source}\n    rev: {commit}\n    hooks:\n      - id: rapporteur\n", encoding="utf-8"
    )
    (project / "programme.yaml").write_text(BROKEN, encoding="utf-8")
    world.must(project, "git", "init", "-q")
    world.must(project, world.tools / "pre-commit", "install")
    world.must(project, "git", "add", ".")
    begin = time.monotonic()
    code, said = world.run(project, "git", "commit", "-q", "-m", "Records")
    print(f"    first run in {time.monotonic() - begin:.1f} s")
    if code == 0 or FINDING not in said:
        raise Failed(f"the commit was not refused:\n{said}")
    (project / "programme.yaml").write_text(SOUND, encoding="utf-8")
    world.must(project, "git", "commit", "-q", "--all", "-m", "Records")


def main():
    parser = argparse.ArgumentParser(description="Builds the packages for this platform and installs each.")
    parser.add_argument("program", type=Path)
    parser.add_argument("--venv", type=Path)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        tools = arguments.venv
        if tools is None:
            tools = folder / "tools"
            venv.EnvBuilder(with_pip=True).create(tools)
            subprocess.run([tools / "bin/pip", "install", "--quiet", "maturin", "pre-commit", "uv"], check=True)
        world = World(folder, arguments.program.resolve(), tools.resolve() / "bin")
        for case in (build, pip, uvx, npm, hook):
            print(f"{case.__name__}: {case.__doc__}", flush=True)
            try:
                case(world)
            except Failed as failed:
                print(f"FAILED: {failed}", file=sys.stderr)
                return 1
        if arguments.keep:
            shutil.rmtree(arguments.keep, ignore_errors=True)
            shutil.copytree(world.wheels, arguments.keep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
