"""What a start imports, what it leaves for after the first paint, and what it leaves for its first use."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from designer.window import app
from designer.window.ahead import SOON

AFTERWARDS = {*SOON, "engine.layers.multi_head_attention"}
AT_THEIR_USE = {
    "designer.compare.workspace",
    "designer.data.workspace",
    "designer.disk.merging",
    "designer.export.workspace",
    "designer.finding.replacing",
    "designer.gallery.gallery",
    "designer.keyboard.editor",
    "designer.keyboard.sheet",
    "designer.picturing.dialog",
    "designer.recovery.dialog",
    "designer.tour",
    "designer.training.runs_panel",
    "designer.training.workspace",
    "designer.trying.workspace",
    "engine.cli",
    "engine.project.merge",
    "engine.project.templates",
    "graphlay",
    "numpy",
    "polars",
    "pyqtgraph",
    "qtawesome",
    "rich",
}
WINDOW = """
import json, sys
from PySide6.QtCore import QTimer
from designer.window import app
application = app.make_application()
window = app.make_window(None)
window.painted.disconnect(window.workers.warm)
at_first = sorted(sys.modules)
window.show()
look = QTimer(interval=20)
look.timeout.connect(lambda: window.design.inspector_side.made and window.close())
look.start()
application.exec()
app.leave(window)
print(json.dumps([at_first, sorted(sys.modules)]))
"""


def test_a_start_imports_what_the_first_picture_needs_and_reads_the_rest_after_it(tmp_path: Path) -> None:
    folders = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    environment = {**os.environ, **folders}
    done = subprocess.run([sys.executable, "-c", WINDOW], env=environment, capture_output=True, text=True, check=True)
    first, last = (set(modules) for modules in json.loads(done.stdout))
    assert "designer.canvas.view" in first
    assert not first & (AFTERWARDS | AT_THEIR_USE)
    assert last >= AFTERWARDS
    assert not last & AT_THEIR_USE


def test_a_file_named_from_the_folder_one_is_in_is_known_by_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path | None] = []

    def make_window(path: Path | None) -> None:
        asked.append(path)
        sys.exit()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(app, "make_application", lambda: None)
    monkeypatch.setattr(app, "make_window", make_window)
    with pytest.raises(SystemExit):
        app.run(["net.loom"])
    assert asked == [tmp_path / "net.loom"]
