"""However a process with a window in it ends, it ends by itself: it does not die while it is taken down."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TIMES = 5
LOTS = {
    "scripts": {"left open": 0, "let go": 0, "failed": 1, "at once": 0},
    "programs": {"closed": 0, "quit": 0, "Ctrl+C": 128 + 2, "amid work": 128 + 15},
}


def start(folder: Path, ways: list[str]) -> subprocess.Popen[str]:
    folder.mkdir()
    told = {"XDG_DATA_HOME": str(folder), "TMPDIR": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.recovery.ends", str(TIMES), *ways]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **told}, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="its processes are neither forked nor ended by signals")
def test_no_process_dies_whatever_way_it_ends(tmp_path: Path) -> None:
    running = {name: start(tmp_path / name, list(ways)) for name, ways in LOTS.items()}
    for name, process in running.items():
        out, err = process.communicate(timeout=170)
        assert json.loads(out) == {way: [code] * TIMES for way, code in LOTS[name].items()}, err
        assert "already deleted" not in err
