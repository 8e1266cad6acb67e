"""The program is ended from outside, with work that is not saved: it asks nothing, goes soon, and the work is kept."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.project.journal.offers import offers
from engine.project.starters import make_starter

ROOT = Path(__file__).parents[2]

SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from designer.window import app
from designer.workers import Workers
from engine.graph.edits import remove
from engine.project.starters import make_starter
from engine.text import text

def edited(path, make=app.make_window):
    window = make(path)
    def edit():
        window.files.begin(make_starter("mlp"))
        window.document.edit(text("delete"), remove(window.document.graph, ["relu1"]))
        QTimer.singleShot(0, lambda: print("edited", flush=True))
        if "asking" in sys.argv:
            window.close()
    window.painted.connect(edit)
    return window

Workers.warm = lambda self: None
app.make_window = edited
sys.exit(app.run([]))
"""


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    folder.mkdir()
    user = {name: str(folder) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR")}
    environment = {**os.environ, **user, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}
    command = [sys.executable, "-c", SCRIPT, *words]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="its processes are not ended by signals")
def test_unsaved_work_is_kept_and_nobody_is_asked(tmp_path: Path) -> None:
    ends = {"SIGINT": (), "SIGTERM": ("asking",), "SIGHUP": ()}
    windows = {name: start(tmp_path / name, *words) for name, words in ends.items()}
    for name, window in windows.items():
        with window:
            assert window.stdout and window.stdout.readline() == "edited\n"
            number = getattr(signal, name)
            window.send_signal(number)
            assert window.wait(60) == 128 + number
        (offer,) = offers(places=[tmp_path / name / "tensorloom" / "journals"])
        assert offer.found.best is not None and not offer.found.damage
        assert make_starter("mlp").graph.nodes.keys() - offer.found.best.graph.nodes.keys() == {"relu1"}
