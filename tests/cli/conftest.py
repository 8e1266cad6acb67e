"""The command line as a person or a script uses it: a process of its own, in a folder of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


class Ran:
    """What a command left: its exit status, what it printed, what it said."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def json(self) -> Any:
        assert self.out, self.err
        return json.loads(self.out)

    @property
    def events(self) -> list[dict[str, Any]]:
        assert self.out, self.err
        return [json.loads(line) for line in self.out.splitlines()]


Tensorloom = Callable[..., Ran]


@pytest.fixture
def tensorloom(tmp_path: Path) -> Tensorloom:
    """Runs `tensorloom ARGS…` in the test's folder."""

    def run(*arguments: object) -> Ran:
        own = {"XDG_DATA_HOME": str(tmp_path / "user"), "TMPDIR": str(tmp_path)}
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **own}
        command = [sys.executable, "-m", "designer.main", *map(str, arguments)]
        return Ran(subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False))

    return run


@pytest.fixture
def starter(tensorloom: Tensorloom, tmp_path: Path) -> Callable[[str], Path]:
    """Writes a starter into the test's folder."""

    def write(template: str) -> Path:
        path = tmp_path / f"{template}.loom"
        assert tensorloom("new", template, "-o", path).status == 0
        return path

    return write
