"""How long a frame of the canvas takes while 1,000 nodes are panned, and an edit. Exits with an error on a miss.

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.canvas [--write]

Run it offscreen and on a display (`xvfb-run`). `--write` puts the table into docs/benchmarks.md.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.canvas.view import Canvas
from designer.document import Document
from engine.graph import Graph, Inlet, Outlet, Place, edits
from engine.layers import Layer
from engine.project.project import Data, Project
from engine.text import text
from tests.benchmarks.recheck import DATA, residual_network
from tests.benchmarks.report import machine, table, write_section

SIZE = (1400, 900)
COLUMNS = 25
ROUNDS = 61
FRAME_MS, CONNECT_MS = 16.0, 2.0
ZOOMS = (0.08, 0.16, 0.25, 0.39, 0.4, 0.6, 1.0, 2.0)


class Result(NamedTuple):
    """A measurement in milliseconds; one without a limit is told, not judged."""

    title: str
    median: float
    worst: float
    limit: float | None = None

    @property
    def missed(self) -> bool:
        return self.limit is not None and self.median > self.limit


def main() -> int:
    application = QApplication(sys.argv)
    results = [*connecting(), *panning(application)]
    columns = ("what", "median", "longest", "limit")
    rows = [(r.title, f"{r.median:.2f} ms", f"{r.worst:.2f} ms", f"{r.limit:g} ms" if r.limit else "") for r in results]
    title = f"The canvas with 1,000 nodes ({QGuiApplication.platformName()})"
    body = f"{machine()} A window of {SIZE[0]} × {SIZE[1]} pixels.\n\n{table(columns, rows)}"
    print(f"{title}\n\n{body}")
    if "--write" in sys.argv:
        write_section(title, body)
    missed = [result.title for result in results if result.missed]
    for name in missed:
        print(f"missed: {name}", file=sys.stderr)
    return bool(missed)


def laid_out() -> Graph[Layer]:
    """The residual network in columns, so that all of it is in sight from afar."""
    net = residual_network()
    rows = -(-len(net.nodes) // COLUMNS)
    places = {name: Place(n // rows * 240, n % rows * 96) for n, name in enumerate(net.nodes)}
    return Graph(net.nodes, places)


def panning(application: QApplication) -> list[Result]:
    document = Document()
    document.start(Project(data=Data(columns=DATA)).with_graph(laid_out()))
    canvas = Canvas(document)
    canvas.resize(*SIZE)
    canvas.show()
    QTest.qWaitForWindowExposed(canvas)
    stage, results = canvas.stage, []
    for zoom in ZOOMS:
        stage.zoom_to(zoom)
        stage.centerOn(stage.drawing.content().center())
        seen = sum(item.card().intersects(stage.seen()) for item in stage.drawing.nodes.values())
        stage.viewport().repaint()

        def whole(number: int) -> None:
            """A frame in which every item in sight is painted, as where the screen cannot shift its picture."""
            stage.scroll_by(QPoint(7 if number % 8 < 4 else -7, 5 if number % 6 < 3 else -5))
            stage.viewport().repaint()

        results.append(measured(f"pan at {zoom:.0%}, {seen} nodes in sight", whole, FRAME_MS))
    stage.zoom_to(0.6)
    results.append(measured("a step of zoom around 55%", lambda n: _zoomed(canvas, 0.5 + n % 7 / 50), None))
    results.append(measured("drag a node at 60%", lambda n: _dragged(canvas, n), FRAME_MS))
    canvas.close()
    return results


def _zoomed(canvas: Canvas, zoom: float) -> None:
    canvas.stage.zoom_to(zoom)
    canvas.stage.viewport().repaint()


def _dragged(canvas: Canvas, number: int) -> None:
    canvas.stage.drawing.preview({"conv60a": Place(1200 + number % 9, 1500 + number)})
    QApplication.processEvents()


def connecting() -> list[Result]:
    document = Document()
    document.start(Project(data=Data(columns=DATA)).with_graph(laid_out()))
    alone = measured("connect: edit, undo step, difference, check", lambda n: _connect(document, n), CONNECT_MS)
    canvas = Canvas(document)
    both = measured("connect: the same, and the canvas follows", lambda n: _connect(document, n), None)
    canvas.close()
    return [alone, both]


def _connect(document: Document, number: int) -> None:
    """Wires the last classifier to one of two equal sources."""
    source = Outlet("flat" if number % 2 else "pool", "output")
    document.edit(text("connect"), edits.connect(document.graph, source, Inlet("classes", "value")))


def measured(title: str, call: Callable[[int], None], limit: float | None) -> Result:
    for number in range(5):
        call(number)
    gc.collect()
    times = []
    for number in range(5, ROUNDS + 5):
        start = time.perf_counter()
        call(number)
        times.append((time.perf_counter() - start) * 1000)
    return Result(title, statistics.median(times), max(times), limit)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
