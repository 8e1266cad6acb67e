"""Ours beside NodeGraphQt, 1,000 nodes each: build, pan, undo of a delete. Ours must be ahead in each.

    python -m tests.benchmarks.canvas_peers

Prints its rows for `tests.benchmarks.canvas`. The peer gets an environment of its own in the user's cache folder.
"""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from designer.canvas import commands
from designer.canvas.view import Canvas
from designer.document import Document
from engine.project.project import Project
from tests.benchmarks import canvas_window
from tests.benchmarks.canvas_window import Row, median, timed

NODES = 1_000
WANTED = ("NodeGraphQt==0.6.44", "PySide6-Essentials==6.11.3", "setuptools<81")
HOME = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tensorloom-benchmarks" / "nodegraphqt"
PEER = Path(__file__).with_name("peer_nodegraphqt.py")


def main() -> int:
    theirs = peer()
    mine = ours()
    rows = []
    for what in ("build", "pan", "undo"):
        rows += [
            Row(f"{what}, {NODES:,} nodes: Tensorloom", mine[what]),
            Row(f"{what}, {NODES:,} nodes: NodeGraphQt", theirs[what]),
            Row(f"{what}: how often as fast as NodeGraphQt", theirs[what] / mine[what], "×", 1.0, least=True),
        ]
    canvas_window.hand_over(rows)
    return 0


def peer() -> dict[str, float]:
    """What the peer's own process measured, in milliseconds."""
    python = HOME / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (HOME / "ready").exists():
        venv.create(HOME, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *WANTED], check=True)
        (HOME / "ready").touch()
    environment = {**os.environ, "QT_PREFERRED_BINDING": "PySide6"}
    done = subprocess.run([python, PEER], env=environment, capture_output=True, text=True, check=True, timeout=900)
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def ours() -> dict[str, float]:
    """The same with our canvas: from the value to the painted canvas, a frame of panning, undo of half deleted."""
    application = canvas_window.application()
    document = Document()
    canvas = Canvas(document)
    canvas.resize(900, 700)
    canvas.show()
    canvas_window.settle()
    graph = canvas_window.network(NODES)

    def build(_: int) -> None:
        document.start(Project().with_graph(graph))
        QApplication.processEvents()
        canvas.stage.viewport().repaint()

    built = timed(build, 1, before=0)
    canvas.fit()
    canvas_window.settle()

    def pan(number: int) -> None:
        canvas.stage.scroll_by(QPoint(11 if number < 20 else -11, 7))
        canvas.stage.viewport().repaint()
        QApplication.processEvents()

    panned = timed(pan, 40, before=0)
    document.select(list(document.graph.nodes)[: NODES // 2])
    commands.delete(document)
    QApplication.processEvents()
    undone = timed(lambda _: document.undo_stack.undo(), 1, before=0)
    canvas.close()
    del application
    return {"build": built[0], "pan": median(panned), "undo": undone[0]}


if __name__ == "__main__":
    sys.exit(main())
