#!/usr/bin/env python3
"""The program in shells, in pipes and on a terminal: completions, the manual page, links, readers that stop early.

    run.py BINARY

BINARY is a built `rapporteur`. Needs Python 3.9 on a system with pseudo-terminals, and bash. What else it tries the program
with is left out where it is missing, and named: zsh, fish, mandoc, groff.
"""

import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Failed(Exception):
    """A case did not go as it must."""


class Missing(Exception):
    """A program to try it with is not here."""


class World:
    """A folder with the program in the path, and no setting of a person."""

    def __init__(self, folder, binary):
        self.folder = folder
        self.binary = binary
        path = os.pathsep.join([str(binary.parent), os.environ["PATH"]])
        self.env = {"PATH": path, "HOME": str(folder), "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}

    def run(self, *command, stdin=None, **env):
        """Runs a command: its exit code, output and errors."""
        if not shutil.which(command[0], path=self.env["PATH"]):
            raise Missing(command[0])
        done = subprocess.run(
            command, cwd=self.folder, env=self.env | env, input=stdin, text=True, capture_output=True, timeout=60
        )
        return done.returncode, done.stdout, done.stderr

    def must(self, *command, stdin=None):
        """Runs a command that has to succeed and has nothing to complain of: its output."""
        code, out, err = self.run(*command, stdin=stdin)
        if code or err:
            raise Failed(f"{' '.join(command)} ended with {code}:\n{out}{err}")
        return out

    def script(self, shell):
        """The file that holds the completions of a shell."""
        path = self.folder / f"rapporteur.{shell}"
        path.write_text(self.must("rapporteur", "completions", shell), encoding="utf-8")
        return str(path)


# What is typed, some of what is offered, and what must not be.
COMPLETED = [
    ("", ["check", "explain", "baseline", "completions", "man"], "slots-overlap"),
    ("ch", ["check"], "explain"),
    ("check --stat", ["--statistics"], "--select"),
    ("check --format che", ["checkstyle"], "junit"),
    ("check --select slots-o", ["slots-overlap", "slots-out-of-order"], "slot-gap"),
    ("check --ignore speak", ["speakers", "speaker-missing"], "slots-overlap"),
    ("check --select times,slots-o", ["times,slots-overlap"], "slots-overlap"),
    ("check --ignore style,speak", ["style,speakers"], "style,slots-overlap"),
    ("explain ref-", ["ref-dangling", "ref-unresolved"], "slots-overlap"),
    ("schema concept", ["concept-note"], "letter"),
    ("init --print git", ["github", "gitlab"], "vscode"),
    ("baseline pr", ["prune"], "create"),
    ("completions z", ["zsh"], "fish"),
]


def offers(typed, offered, wanted, unwanted):
    """Holds what a shell offers against what it must offer."""
    missing = [word for word in wanted if word not in offered]
    if missing or unwanted in offered:
        raise Failed(f"`rapporteur {typed}` offers {offered}, and not just such as {wanted}")


def bash(world):
    """bash reads the completions and completes commands, options, formats, rules and kinds"""
    script = world.script("bash")
    world.must("bash", "-n", script)
    for typed, wanted, unwanted in COMPLETED:
        words = ["rapporteur", *typed.split(" ")]
        quoted = " ".join(f"'{word}'" for word in words)
        ask = f"""
            source {script}
            COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}
            _rapporteur rapporteur '{words[-1]}' '{words[-2]}'
            printf '%s\\n' "${{COMPREPLY[@]}}"
        """
        offers(typed, world.must("bash", "--norc", "-c", ask).split(), wanted, unwanted)


def fish(world):
    """fish reads the completions and completes the same"""
    script = world.script("fish")
    world.must("fish", "--no-config", "--no-execute", script)
    for typed, wanted, unwanted in COMPLETED:
        ask = f"source {script}; complete --do-complete 'rapporteur {typed}'"
        lines = world.must("fish", "--no-config", "-c", ask).splitlines()
        offers(typed, [line.split("\t")[0] for line in lines], wanted, unwanted)


def zsh(world):
    """zsh reads the completions and takes them for those of the program"""
    script = world.script("zsh")
    world.must("zsh", "-f", "-n", script)
    folder = world.folder / "functions"
    folder.mkdir(exist_ok=True)
    shutil.copy(script, folder / "_rapporteur")
    ask = f"fpath=({folder} $fpath); autoload -U compinit; compinit -u -D; print $_comps[rapporteur]"
    said = world.must("zsh", "-f", "-c", ask).strip()
    if said != "_rapporteur":
        raise Failed(f"completed by `{said}`")


def told(page):
    """Holds a manual page, as somebody reads it, against what it must say."""
    page = re.sub(".\b", "", page)
    for wanted in ["rapporteur check", "--output-file", "EXIT STATUS", "an input could not be read", "rapporteur.toml"]:
        if wanted not in page:
            raise Failed(f"`{wanted}` is not in the page:\n{page}")
    lines = page.splitlines()
    if max(map(len, lines)) > 100:
        raise Failed(f"a line is too long: {max(lines, key=len)}")


def mandoc(world):
    """mandoc shows the manual page and warns of nothing"""
    page = world.must("rapporteur", "man")
    told(world.must("mandoc", "-T", "utf8", stdin=page))
    code, out, _ = world.run("mandoc", "-T", "lint", "-W", "warning", stdin=page)
    if code:
        raise Failed(out)


def groff(world):
    """groff shows the manual page and warns of nothing"""
    page = world.must("rapporteur", "man")
    told(world.must("groff", "-t", "-man", "-T", "utf8", "-P-c", "-rLL=90n", "-ww", stdin=page))


def pipes(world):
    """a reader that stops after a line is no failure of any command"""
    (world.folder / "all.json").write_text("[" + "9, " * 20000 + "9]\n", encoding="utf-8")
    record = "id: forum\nkind: event\nname: Forum\nlanguage: en\nstart: 2026-04-14\n"
    (world.folder / "forum.yaml").write_text(record, encoding="utf-8")
    commands = {
        "check": "check all.json --no-collapse --fail-on never",
        "rules": "rules --format json",
        "explain": "explain slots-overlap",
        "schema": "schema programme",
        "facts": "facts forum.yaml",
        "baseline": "baseline check --baseline stale",
        "init": "init --print github",
        "completions": "completions zsh",
        "man": "man",
        "help": "help check",
    }
    there = re.findall(r"^  ([a-z-]+) ", world.must("rapporteur", "help").split("Commands:")[1].split("\n\n")[0], re.M)
    # The language server reads before it answers.
    if set(there) - {"server"} != set(commands):
        raise Failed(f"commands are {there}, and tried are {sorted(commands)}")
    stale = "version 1\n" + "".join(f"{number:032x} slots-overlap forum.yaml gone {number}\n" for number in range(3000))
    (world.folder / "stale").write_text(stale, encoding="utf-8")
    for command in commands.values():
        ask = f"set -o pipefail; rapporteur {command} | head -1 >/dev/null"
        code, _, err = world.run("bash", "--norc", "-c", ask)
        if code not in (0, 1) or err or (code == 1 and "baseline" not in command):
            raise Failed(f"`rapporteur {command} | head -1` ended with {code}: {err}")
    for form in ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown"]:
        ask = f"rapporteur check all.json --no-collapse --format {form} --statistics 2>&1 | head -1 >/dev/null; exit ${{PIPESTATUS[0]}}"
        code, _, err = world.run("bash", "--norc", "-c", ask)
        if code != 1 or err:
            raise Failed(f"`--format {form} | head -1` ended with {code}: {err}")


def terminal(world, *arguments, **env):
    """What the program writes to a terminal."""
    said = []

    def read(descriptor):
        data = os.read(descriptor, 1 << 16)
        said.append(data)
        return b""

    child, descriptor = pty.fork()
    if child == 0:
        os.chdir(world.folder)
        os.execve(world.binary, ["rapporteur", *arguments], world.env | env)
    try:
        while True:
            read(descriptor)
            if not said[-1]:
                break
    except OSError:
        pass
    os.close(descriptor)
    os.waitpid(child, 0)
    return b"".join(said).decode()


def links(world):
    """a terminal that shows links gets them, in colour only; a pipe never does"""
    (world.folder / "wrong.json").write_text("[9]\n", encoding="utf-8")
    link = "\x1b]8;;https://example.org/unknown-kind.html\x1b\\unknown-kind\x1b]8;;\x1b\\"
    wanted = {"RAPPORTEUR_PAGES": "https://example.org/{rule}.html", "FORCE_HYPERLINK": "1"}
    for form in ["full", "concise"]:
        check = ["check", "wrong.json", "--statistics", "--format", form]
        if terminal(world, *check, **wanted).count(link) != 2:
            raise Failed(f"{form}: {terminal(world, *check, **wanted)!r}")
        for other in [wanted | {"NO_COLOR": "1"}, wanted | {"TERM": "dumb"}, wanted | {"FORCE_HYPERLINK": "0"}]:
            said = terminal(world, *check, **other)
            if "\x1b]8" in said or "unknown-kind" not in said:
                raise Failed(f"{form}, {other}: {said!r}")
        _, out, _ = world.run("rapporteur", *check, "--color", "always", **wanted)
        if "\x1b]8" in out or "\x1b[31m" not in out:
            raise Failed(f"{form}, in a pipe: {out!r}")


def main():
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit(__doc__)
    binary = Path(sys.argv[1]).resolve()
    failed = 0
    cases = [bash, fish, zsh, mandoc, groff, pipes, links]
    for case in cases:
        with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
            try:
                case(World(Path(folder).resolve(), binary))
                print(f"ok      {case.__doc__}", flush=True)
            except Missing as program:
                print(f"MISSING {program}: {case.__doc__}", flush=True)
            except Failed as error:
                failed += 1
                print(f"FAILED  {case.__doc__}\n{error}", flush=True)
    if failed:
        sys.exit(f"{failed} of {len(cases)} cases failed")


if __name__ == "__main__":
    main()
