"""Runs the steps of a composite action as the runner of GitHub does, as far as the action of this repository needs it."""

import dataclasses
import os
import pathlib
import re
import subprocess
import tempfile

from ruamel.yaml import YAML


def load(text):
    """The value of a YAML document."""
    return YAML(typ="safe", pure=True).load(text)


@dataclasses.dataclass
class Job:
    """What came of a use of the action."""

    code: int
    log: str
    summary: str
    outputs: dict
    ran: list


class Runner:
    """A machine with these variables."""

    def __init__(self, action, env):
        self.path = action.parent
        self.action = load(action.read_text(encoding="utf-8"))
        self.env = env

    def use(self, workspace, inputs):
        """Runs the action in a workspace with these inputs."""
        declared = {name: one.get("default", "") for name, one in self.action["inputs"].items()}
        assert set(inputs) <= set(declared), inputs
        with tempfile.TemporaryDirectory(prefix="runner-") as temp:
            known = {"github.action_path": str(self.path), "runner.temp": temp}
            known |= {f"inputs.{name}": value for name, value in (declared | inputs).items()}
            job = Job(0, "", "", {}, [])
            for step in self.action["runs"]["steps"]:
                if job.code == 0 and self.holds(step.get("if"), known):
                    job.ran.append(step["id"])
                    self.step(step, job, known, workspace, pathlib.Path(temp))
            job.outputs = {name: self.text(one["value"], known) for name, one in self.action["outputs"].items()}
        return job

    def step(self, step, job, known, workspace, temp):
        outputs = temp / "outputs"
        summary = temp / "summary"
        outputs.write_text("")
        summary.write_text("")
        assert step["shell"] == "bash", step
        script = temp / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        env = os.environ | self.env | {
            "GITHUB_OUTPUT": str(outputs), "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_ACTIONS": "true", "CI": "true",
            "RUNNER_TEMP": str(temp), "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64", "GITHUB_WORKSPACE": str(workspace),
        }
        env |= {name: self.text(value, known) for name, value in step.get("env", {}).items()}
        # The command line that GitHub documents for `shell: bash`.
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=workspace, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )
        job.code = done.returncode
        job.log += done.stdout
        job.summary += summary.read_text(encoding="utf-8")
        for line in outputs.read_text(encoding="utf-8").splitlines():
            name, value = line.split("=", 1)
            known[f"steps.{step['id']}.outputs.{name}"] = value

    @staticmethod
    def value(name, known):
        """The value of a name; outputs of steps that did not run are empty."""
        assert name in known or re.fullmatch(r"steps\.[a-z]+\.outputs\.[a-z-]+", name), f"unknown: {name}"
        return known.get(name, "")

    def text(self, text, known):
        """A text with its expressions replaced by their values."""
        return re.sub(r"\$\{\{ ([a-z_.-]+) \}\}", lambda found: self.value(found[1], known), str(text))

    def holds(self, condition, known):
        """Whether a condition of comparisons that are joined by `&&` holds."""
        for part in condition.split(" && ") if condition else ():
            name, sign, wanted = re.fullmatch(r"([a-z_.-]+) (==|!=) '([^']*)'", part).groups()
            if (self.value(name, known) == wanted) != (sign == "=="):
                return False
        return True
