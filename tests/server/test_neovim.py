"""Neovim as people use it, with what `editors/neovim` sets up."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from test_typing import CONFIG, EVENT, PROGRAMME, RIGHT

HERE = Path(__file__).resolve().parent
PLUGIN = HERE.parents[1] / "editors/neovim"


def neovim(environment):
    """The program, of a version that can be served."""
    program = shutil.which("nvim")
    if not program:
        pytest.skip("Neovim is not installed")
    said = subprocess.run([program, "--version"], env=environment, capture_output=True, text=True, timeout=60, check=True).stdout
    major, minor = re.match(r"NVIM v(\d+)\.(\d+)", said).groups()
    if (int(major), int(minor)) < (0, 7):
        pytest.skip(f"{said.splitlines()[0]} is older than 0.7")
    return program


def run(binary, environment, script, root, **told):
    """Runs a script in Neovim, which says `done` at its end."""
    program = neovim(environment)
    told |= {"RAPPORTEUR": str(binary), "RAPPORTEUR_PLUGIN": str(PLUGIN)}
    command = [program, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {HERE / script}"]
    done = subprocess.run(command, cwd=root, env=environment | told, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"Neovim ended with {done.returncode}: {done.stdout}{done.stderr}"
    assert "done" in done.stderr, "the script has not come to its end"


def test_neovim_shows_what_is_found_before_it_is_saved(binary, environment, folder):
    """in the file that is open and in one that is not, at the right bytes, and no more once the text is right"""
    root = folder({"rapporteur.toml": CONFIG, "event.json": EVENT, "programme.yaml": PROGRAMME})
    run(binary, environment, "neovim.lua", root, RAPPORTEUR_RIGHT=RIGHT.rstrip("\n"))
    assert (root / "event.json").read_text(encoding="utf-8") == EVENT


def test_neovim_serves_records_that_a_project_links_to(binary, environment, folder):
    """by whichever of its two paths this version of Neovim calls such a record"""
    root = folder({"p/rapporteur.toml": '[[records]]\nfiles = "records/*.json"\n', "p/data/event.json": EVENT})
    (root / "p/records").symlink_to("data")
    run(binary, environment, "neovim_link.lua", root / "p")
