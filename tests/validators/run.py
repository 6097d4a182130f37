"""check-jsonschema accepts and refuses the same records as rapporteur.

Usage: python tests/validators/run.py PROGRAM [--show]

For every kind that the program lists, the table has all sound records of that kind (in `records/` and on `docs/kinds.md`), and each of
them with one property or item taken away, blanked, emptied, or set to null; once as it is and once as a draft. rapporteur checks
them, and check-jsonschema does with the schema that `rapporteur schema KIND --bundle` prints. The two must not differ in any of them.
`--show` lists what both refuse. Needs the Python of an environment with check-jsonschema.
"""

import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from ruamel.yaml import YAML

ROOT = pathlib.Path(__file__).resolve().parents[2]
GONE = object()


def read(text):
    return YAML(typ="safe", pure=True).load(text)


def samples():
    """The sound records, with the place of each."""
    for path in sorted((ROOT / "records").rglob("*")):
        if path.suffix in (".json", ".yaml") and path.is_file():
            record = read(path.read_text(encoding="utf-8"))
            if isinstance(record, dict) and "kind" in record:
                yield str(path.relative_to(ROOT)), record
    page = (ROOT / "docs/kinds.md").read_text(encoding="utf-8")
    for number, text in enumerate(re.findall(r"^```yaml\n(.*?)^```", page, re.M | re.S), 1):
        yield f"docs/kinds.md, example {number}", read(text)


def places(value, path=(), shape=()):
    """Every place in a record, and its path with `*` for each list index."""
    if path:
        yield path, shape
    if isinstance(value, dict):
        for key, child in value.items():
            yield from places(child, (*path, key), (*shape, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from places(child, (*path, index), (*shape, "*"))


def changed(record, path, new):
    """A copy of the record in which `path` leads to `new`."""
    record = copy.deepcopy(record)
    *above, last = path
    holder = record
    for step in above:
        holder = holder[step]
    if new is GONE:
        del holder[last]
    else:
        holder[last] = new
    return record


def at(record, path):
    for step in path:
        record = record[step]
    return record


def mutations(record, seen):
    """The record with one place changed; of the places with one shape and one type of value, one is tried."""
    for path, shape in places(record):
        if path == ("kind",):
            continue
        old = at(record, path)
        ways = [("without", GONE), ("null", None)]
        if isinstance(old, str):
            ways += [("blank", " "), ("empty", "")]
        elif isinstance(old, (list, dict)):
            ways.append(("empty", type(old)()))
        for name, new in ways:
            # What is left of a list of one item is another list than what is left of a longer one.
            alone = isinstance(path[-1], int) and len(at(record, path[:-1])) == 1
            case = (shape, name, type(old), alone)
            if case not in seen:
                seen.add(case)
                yield f"{name} /{'/'.join(map(str, path))}", changed(record, path, new)


def table(kinds):
    """The cases of each kind: what each is, and the record."""
    cases = {kind: [] for kind in kinds}
    seen = {kind: set() for kind in kinds}
    for place, record in samples():
        kind = record["kind"]
        cases[kind].append((place, record))
        for change, mutated in mutations(record, seen[kind]):
            for status in (mutated.get("status"), "draft"):
                mutant = {**mutated, **({"status": status} if status else {})}
                cases[kind].append((f"{place}: {change}, {status or 'no status'}", mutant))
        cases[kind].append((f"{place}: nothing but its kind", {"kind": kind}))
    return cases


def run(*arguments, **options):
    return subprocess.run(list(map(str, arguments)), capture_output=True, text=True, check=False, **options)


def refused_by_program(program, folder):
    """The files in which rapporteur finds a mistake against the schema."""
    answer = run(program, "check", "--select", "schema", "--no-collapse", "--format", "json", cwd=folder)
    assert answer.returncode in (0, 1), answer.stderr
    report = json.loads(answer.stdout)
    assert all(finding["rule"] == "schema" for finding in report["findings"]), report["findings"]
    return {finding["path"] for finding in report["findings"]}


def refused_by_validator(bundle, files, folder):
    """The files that check-jsonschema refuses."""
    validator = [sys.executable, "-m", "check_jsonschema", "--output-format", "json", "--schemafile", bundle]
    answer = run(*validator, *files, cwd=folder)
    report = json.loads(answer.stdout)
    assert not report.get("parse_errors"), report["parse_errors"]
    return {error["filename"] for error in report["errors"]}


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    kinds = [line.split()[0] for line in run(program, "schema").stdout.splitlines()]
    problems = []
    with tempfile.TemporaryDirectory(prefix="records") as temporary:
        folder = pathlib.Path(temporary)
        names = {}
        for kind, cases in table(kinds).items():
            if not cases:
                problems.append(f"no sound record of the kind {kind} in records/ or on docs/kinds.md")
            (folder / kind).mkdir()
            for number, (name, record) in enumerate(cases):
                path = f"{kind}/{number:05}.json"
                (folder / path).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
                names[path] = name
        entries = (f'[[records]]\nfiles = "{kind}/*.json"\nschema = "{kind}.schema.json"\n' for kind in kinds)
        (folder / "rapporteur.toml").write_text("".join(entries))
        ours = refused_by_program(program, folder)
        for kind in kinds:
            files = [path for path in names if path.startswith(f"{kind}/")]
            if not files:
                continue
            bundle = folder / f"{kind}.bundle"
            bundle.write_text(run(program, "schema", kind, "--bundle").stdout, encoding="utf-8")
            theirs = refused_by_validator(bundle, files, folder)
            refused = [path for path in files if path in ours]
            print(f"{kind:14} {len(files):5} records, {len(refused):4} refused")
            if "--show" in sys.argv:
                print("".join(f"    {names[path]}\n" for path in refused), end="")
            for path in files:
                if (path in ours) != (path in theirs):
                    who = "rapporteur" if path in ours else "check-jsonschema"
                    problems.append(f"only {who} refuses {names[path]}")
                if ": " not in names[path] and path in ours:
                    problems.append(f"{names[path]} is refused")
            if not refused or len(refused) == len(files):
                problems.append(f"{kind}: all records have the same verdict")
    print("\n".join(problems))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
