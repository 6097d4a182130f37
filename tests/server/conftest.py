"""The language server with real clients: pytest-lsp, and Neovim where it is installed.

    python -B -m pytest -c tests/server/pytest.ini tests/server --rapporteur BINARY

BINARY is a built `rapporteur`. Needs Python 3.10 with the packages pytest and pytest-lsp. Neovim is left out where it is
missing, and named.
"""

import os
from pathlib import Path

import pytest

from editor import Editor

# The user's own settings, and the variables that the program reads, are not those of the tests.
KEPT = ["PATH", "LANG", "TMPDIR", "RUST_BACKTRACE"]


def pytest_addoption(parser):
    parser.addoption("--rapporteur", required=True, type=Path, help="the program")


@pytest.fixture
def binary(pytestconfig):
    path = pytestconfig.getoption("rapporteur").resolve()
    assert path.is_file(), f"{path} is not there"
    return path


@pytest.fixture
def environment(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(home)}


@pytest.fixture
def folder(tmp_path):
    """Writes files to a folder with a character in its path that addresses must write otherwise."""

    def write(files):
        root = tmp_path / "re cords é"
        for path, text in files.items():
            path = root / path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return root.resolve()

    return write


@pytest.fixture
async def start(binary, environment):
    """Starts a server and the editor that talks to it; they part in order, and the server has nothing to complain of."""
    editors = []

    async def start(root, *others, env=None, **kinds):
        editor = await Editor.start(binary, environment | (env or {}))
        editors.append(editor)
        await editor.initialize([root, *others] if root else [], **kinds)
        return editor

    yield start
    for editor in editors:
        await editor.leave()
