"""The programs that are compared: how they are built or installed, and how each is run on a corpus."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
# Everything that the yardstick builds, installs and writes.
HOME = TARGET / "peers"

PINNED = {"jsonschema-cli": "0.60.2", "boon-cli": "0.6.2", "check-jsonschema": "0.39.0"}


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(*command):
    say("    " + " ".join(map(str, command)))
    subprocess.run(command, cwd=ROOT, check=True)


@dataclass(frozen=True)
class Tool:
    """A program, and the command that it is run with on a corpus."""

    name: str
    command: object
    # Whether it is a state of rapporteur, and how many threads it has.
    is_ours: bool = False
    threads: int = 1
    # The exit code for a record that breaks its schema.
    rejects: int = 1


def cargo(*arguments):
    """Builds what is shipped, but with the symbols that callgrind shows, in a folder of its own."""
    profile = ["--profile", "dist", "--config", "profile.dist.strip=false"]
    run("cargo", *arguments, *profile, "--locked", "--target-dir", HOME / "build")
    return HOME / "build/dist"


def build_own():
    """The floor and the generator."""
    built = cargo("build", "--package", "yardstick", "--examples")
    return built / "examples/floor", built / "examples/corpus"


def build_rapporteur():
    return cargo("build", "--package", "rapporteur") / "rapporteur"


def install(peer):
    """Installs a peer in its pinned version, unless it is there."""
    version = PINNED[peer]
    root = HOME / f"{peer}-{version}"
    program = root / "bin" / {"boon-cli": "boon"}.get(peer, peer)
    if not program.is_file():
        shutil.rmtree(root, ignore_errors=True)
        if peer == "check-jsonschema":
            run(sys.executable, "-m", "venv", root)
            run(root / "bin/pip", "install", "--quiet", "--disable-pip-version-check", f"{peer}=={version}")
        else:
            run("cargo", "install", "--locked", "--root", root, "--version", f"={version}", peer)
    return program


def floor(program, threads):
    return Tool("F", lambda corpus: [program, ".", threads], threads=threads)


def ours(label, program, threads, *options):
    return Tool(
        label, lambda corpus: [program, "check", "--threads", threads, *options], is_ours=True, threads=threads
    )


def peer(name, program, schema):
    command = {
        "jsonschema-cli": lambda corpus: [program, "validate", "--assert-format", "--errors-only", schema, "-i", *corpus.files],
        "boon-cli": lambda corpus: [program, "-q", "-f", schema, *corpus.files],
        "check-jsonschema": lambda corpus: [program, "-q", "--schemafile", schema, *corpus.files],
    }
    return Tool(name, command[name], rejects=2 if name == "boon-cli" else 1)


def write_schema(bundle):
    path = HOME / "record.schema.json"
    path.write_text(json.dumps(bundle, indent=1) + "\n")
    return path


def first_line(*command):
    """What a program says first, or nothing if it is not there."""
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout.splitlines() or [""])[0]


def commit():
    """The commit of this tree, and whether it was changed since."""
    commit = first_line("git", "-C", ROOT, "rev-parse", "--short=10", "HEAD")
    changed = first_line("git", "-C", ROOT, "status", "--porcelain", "--untracked-files=no")
    return f"{commit}, with changes" if changed else commit


def machine():
    """What the figures were measured on, as pairs of a title and a text."""
    cpus = len(os.sched_getaffinity(0))
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    release = dict(line.rstrip().split("=", 1) for line in open("/etc/os-release") if "=" in line)
    system = release.get("PRETTY_NAME", "Linux").strip('"')
    return [
        ("processor", f"{cpus} cores, {model}"),
        ("memory", f"{memory:.0f} GiB"),
        ("system", f"{system}, Linux {os.uname().release}"),
        ("compiler", first_line("rustc", "--version")),
        ("Python", sys.version.split()[0]),
    ]
