#!/usr/bin/env python3
"""The yardstick: whole runs of rapporteur beside the least that a reader of the same files does, and beside other validators.

    run.py [--quick] [--write] [--binary PROGRAM]... [--label NAME]... [--peers NAMES] [--rounds N] [--threads N]

Builds rapporteur, the floor F and the generator of the corpora, installs the other validators below the target folder, and prints
one table in Markdown. docs/performance.md says what is measured and how; `--write` puts the table there. Needs Linux, Python 3.10,
cargo, and on the first run the package registries; valgrind and strace are left out where they are missing, and named.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

# Before the files beside this one are loaded, which would leave compiled ones in the repository.
sys.dont_write_bytecode = True

import counts
import keystrokes
import page
import plan
import tools
from corpora import Failed, Library, bundle
from tools import HOME, ROOT, say

MEASURE = Path(__file__).with_name("measure.py")


def arguments():
    parser = argparse.ArgumentParser(description="Measures rapporteur beside other validators.")
    parser.add_argument("--quick", action="store_true", help="at most 1,001 records and three rounds, to try the script")
    parser.add_argument("--write", action="store_true", help="write the table to docs/performance.md")
    parser.add_argument("--binary", action="append", default=[], type=Path, help="a built rapporteur; may be given several times")
    parser.add_argument(
        "--label",
        action="append",
        default=[],
        help="the name of the state that a --binary is of, in the same order; one more label is that of this tree, which is built",
    )
    parser.add_argument("--peers", default=",".join(plan.VALIDATORS), help="other validators, by comma, or `none`")
    parser.add_argument("--rounds", type=int, help="how often each program runs; 5, or 3 with --quick")
    parser.add_argument("--threads", type=int, default=2, help="threads of rapporteur and of F; 2")
    args = parser.parse_args()
    args.peers = [] if args.peers == "none" else args.peers.split(",")
    if unknown := set(args.peers) - set(plan.VALIDATORS):
        parser.error(f"--peers: {', '.join(sorted(unknown))} is not among {', '.join(plan.VALIDATORS)}")
    if not args.label:
        args.label = [f"state {number}" for number in range(1, len(args.binary) + 1)] if len(args.binary) > 1 else ["now"]
    if len(args.label) - len(args.binary) not in (0, 1) or len(set(args.label)) != len(args.label):
        parser.error("each --binary needs a --label of its own; one more label is that of this tree")
    if args.quick and args.write:
        parser.error("a quick run is for trying the script; its table is not written")
    if missing := [str(path) for path in args.binary if not path.is_file()]:
        parser.error(f"{missing[0]} is not there")
    return args


class Yardstick:
    """The programs, the corpora, and what is measured on them."""

    def __init__(self, args):
        self.args = args
        self.plan = plan.QUICK if args.quick else plan.FULL
        self.rounds = args.rounds or self.plan.rounds
        HOME.mkdir(parents=True, exist_ok=True)
        floor, generator = tools.build_own()
        self.library = Library(HOME / "corpora", generator)
        self.library.check_determinism()
        binaries = [path.resolve() for path in args.binary]
        self.commits = {}
        if len(args.label) > len(binaries):
            binaries.append(tools.build_rapporteur())
            self.commits[args.label[-1]] = tools.commit()
        self.states = dict(zip(args.label, binaries))
        schema = tools.write_schema(bundle(ROOT / "schemas"))
        self.floor = tools.floor(floor, args.threads)
        self.ours = {label: tools.ours(label, program, args.threads) for label, program in self.states.items()}
        self.schema_only = {
            label: tools.ours(label, program, args.threads, "--select", "schema,syntax") for label, program in self.states.items()
        }
        self.peers = {name: tools.peer(name, tools.install(name), schema) for name in args.peers}
        # What each command wrote when it ran first: it must write the same whenever it is timed.
        self.written = {}
        self.notes = []

    def measure(self, tool, corpus, expected=0):
        """Runs a program once: wall seconds, CPU seconds, peak memory in MiB."""
        out, err = HOME / "stdout", HOME / "stderr"
        command = list(map(str, tool.command(corpus)))
        done = subprocess.run(
            [sys.executable, "-I", "-S", MEASURE, out, err, *command], cwd=corpus.folder, stdout=subprocess.PIPE, text=True, check=True
        )
        wall, cpu, peak, code = done.stdout.split()
        if int(code) != expected:
            shown = (out.read_text(errors="replace") + err.read_text(errors="replace"))[:2000]
            raise Failed(f"{tool.name} ended with {code} on {corpus.shape.name}, not with {expected}:\n{shown}")
        text = out.read_bytes()
        key = (corpus.folder, *command)
        if self.written.setdefault(key, text) != text:
            raise Failed(f"{tool.name} writes something else than before on {corpus.shape.name}")
        return float(wall), float(cpu), int(peak) / 1024

    def check_validators(self):
        """Each validator must refuse a broken record; otherwise it does not check what it is measured for."""
        broken = self.library.broken_record()
        for tool in [*self.peers.values(), *self.ours.values(), *self.schema_only.values()]:
            self.measure(tool, broken, expected=tool.rejects)

    def check_findings(self, corpus):
        """rapporteur must read every record of the corpus, and find what is known to be in it: nothing."""
        for label, program in self.states.items():
            done = subprocess.run([program, "check", "--format", "json"], cwd=corpus.folder, capture_output=True, text=True)
            try:
                report = json.loads(done.stdout)
            except json.JSONDecodeError:
                raise Failed(f"{label} reports nothing on {corpus.shape.name}: {done.stderr[:2000]}") from None
            found = (report["summary"]["records"], len(report["findings"]), done.returncode)
            if found != (corpus.shape.records, 0, 0):
                raise Failed(
                    f"{label} finds (records, findings, exit code) {found} in {corpus.shape.name}: {report['findings'][:1]}"
                )

    def check_floor(self, corpus):
        self.measure(self.floor, corpus)
        said = (HOME / "stdout").read_text()
        if said != f"{corpus.shape.records} records\n":
            raise Failed(f"F says `{said.strip()}` of {corpus.shape.name}")

    def runs(self):
        """What is run in each round, in this order: key of the result, corpus, program."""
        for timed in self.plan.timed:
            corpus = self.library.get(timed.corpus)
            floor = [self.floor] if timed.floor else []
            others = [self.peers[name] for name in timed.peers if name in self.peers]
            for tool in [*floor, *others, *self.ours.values()]:
                yield timed.corpus, corpus, tool
            if timed.schema_only:
                for tool in self.schema_only.values():
                    yield timed.corpus + ":schema", corpus, tool

    def time_runs(self):
        say("==> Checking what is found, which also fills the cache of files")
        self.check_validators()
        for timed in self.plan.timed:
            corpus = self.library.get(timed.corpus)
            self.check_findings(corpus)
            if timed.floor:
                self.check_floor(corpus)
        figures = {}
        for number in range(1, self.rounds + 1):
            say(f"==> Round {number} of {self.rounds}")
            for key, corpus, tool in self.runs():
                figures.setdefault(key, {}).setdefault(tool.name, []).append(self.measure(tool, corpus))
        return {key: {name: medians(rounds) for name, rounds in programs.items()} for key, programs in figures.items()}

    def type(self):
        say("==> Typing")
        found = {}
        for name in self.plan.keystrokes:
            corpus = self.library.get(name)
            found[name] = {
                label: keystrokes.type_into(program, corpus, self.plan.changes, self.plan.limit) for label, program in self.states.items()
            }
        return found

    def count(self, what, program, name, observe, threads):
        """Counts with another program, unless that is missing."""
        if counts.is_missing(program):
            self.notes.append(f"{what} are not counted, because {program} is missing")
            return {}
        say(f"==> Counting {what}")
        corpus = self.library.get(name)
        ours = {label: tools.ours(label, binary, threads) for label, binary in self.states.items()}
        found = {}
        for label, tool in {"F": tools.floor(self.floor.command(corpus)[0], threads), **ours}.items():
            log = HOME / f"{program}.{label.replace('/', '-').replace(' ', '-')}"
            found[label] = observe(tool.command(corpus), corpus, log)
        return found

    def results(self):
        begin = time.monotonic()
        idle = self.measure(tools.Tool("true", lambda _: [shutil.which("true")]), self.library.get("meeting"))
        runs = self.time_runs()
        typed = self.type()
        counted = {
            "opens": self.count("opens of files", "strace", self.plan.opens, counts.opens, self.args.threads),
            "instructions": self.count("instructions", "valgrind", self.plan.instructions, counts.instructions, 1),
        }
        return {
            "date": date.today().isoformat(),
            "machine": tools.machine(),
            "threads": self.args.threads,
            "rounds": self.rounds,
            "peers": {name: tools.PINNED[name] for name in self.peers},
            "states": {label: self.commits.get(label) for label in self.states},
            # A program that does nothing: less memory than this is not seen.
            "least memory": idle[2],
            "corpora": {
                name: {"title": corpus.shape.title, "records": corpus.shape.records, "bytes": corpus.bytes}
                for name, corpus in sorted(self.library.corpora.items())
            },
            "runs": runs,
            "keystrokes": typed,
            **counted,
            "notes": self.notes,
            "seconds": time.monotonic() - begin,
        }


def medians(rounds):
    """The medians of what each round measured, and the rounds."""
    columns = map(statistics.median, zip(*rounds))
    return dict(zip(("wall", "cpu", "peak"), columns)) | {"rounds": rounds}


def main():
    args = arguments()
    try:
        yardstick = Yardstick(args)
        results = yardstick.results()
    except (Failed, subprocess.CalledProcessError) as error:
        say(f"error: {error}")
        return 1
    (HOME / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    table = page.render(results, yardstick.plan)
    print(table)
    if args.write:
        page.write(ROOT / "docs/performance.md", table)
    say(f"measured in {results['seconds']:.0f} s; all figures are in {HOME / 'results.json'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
