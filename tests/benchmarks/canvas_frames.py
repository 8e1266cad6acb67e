"""How long a frame takes while the canvas is panned, zoomed, or a node dragged, in the real window.

    python -m tests.benchmarks.canvas_frames NODES

Prints its rows for `tests.benchmarks.canvas`, which judges them.
"""

import gc
import sys

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtWidgets import QApplication

from designer.canvas.hits import nodes_within
from designer.canvas.stage import Stage
from engine.graph import Place
from tests.benchmarks import canvas_window
from tests.benchmarks.canvas_window import Row, almost_longest, median, timed

LIMITS = {1_000: 8.0, 10_000: 16.0}
SELDOM = 33.0
WHOLE_MS, ZOOM_MS = 40.0, 16.0
ZOOMS = {1_000: (0.16, 0.25, 0.39, 0.4, 0.6, 1.0), 10_000: (0.05, 0.08, 0.16, 0.25, 0.39, 0.4, 1.0)}
FRAMES = 120


def main(nodes: int) -> int:
    application = canvas_window.application()
    window = canvas_window.window()
    window.document.start(canvas_window.project(canvas_window.network(nodes)))
    canvas_window.settle()
    stage = window.design.canvas.stage
    rows = [*moving(stage, nodes), *looking(stage, nodes)]
    canvas_window.leave(window)
    canvas_window.hand_over(rows)
    del application
    return 0


def moving(stage: Stage, nodes: int) -> list[Row]:
    """Panning and dragging at every zoom; what is judged is the slowest zoom, and all frames together."""
    limit, count = LIMITS[nodes], f"{nodes:,}"
    rows: list[Row] = []
    for what, measure in (("pan", panned), ("drag a node", dragged)):
        found = {zoom: measure(stage, zoom) for zoom in ZOOMS[nodes]}
        slowest = max(found, key=lambda zoom: median(found[zoom]))
        rows += [
            Row(
                f"{what}, {count} nodes: a frame at the slowest zoom ({slowest:.0%})",
                median(found[slowest]),
                "ms",
                limit,
            ),
            Row(
                f"{what}, {count} nodes: 99% of the frames at all zooms",
                almost_longest([time for times in found.values() for time in times]),
                "ms",
                SELDOM,
            ),
        ]
    return rows


def looking(stage: Stage, nodes: int) -> list[Row]:
    """Frames in which everything in sight is another."""
    rows = []
    if nodes == 10_000:
        show(stage, 0.05)
        rows.append(
            Row("the whole view of 10,000 nodes, one frame", median(timed(lambda _: fresh(stage), 21)), "ms", WHOLE_MS)
        )
    show(stage, 0.6)
    steps = timed(lambda n: zoomed(stage, 0.5 + n % 7 / 50), 35)
    rows.append(Row(f"a step of zoom around 55%, {nodes:,} nodes", median(steps), "ms", ZOOM_MS))
    show(stage, 0.25)
    box = stage.drawing.content()
    band = timed(lambda n: banded(stage, box.width() * (n % 5 + 1) / 5), 15, before=1)
    rows.append(Row(f"a rubber band over up to {nodes:,} nodes: a frame", median(band)))
    return rows


def show(stage: Stage, zoom: float) -> None:
    stage.zoom_to(zoom)
    stage.centerOn(stage.drawing.content().center())
    stage.viewport().repaint()
    while stage.drawing.sheet.waiting:
        QApplication.processEvents()
    gc.collect()


def panned(stage: Stage, zoom: float) -> list[float]:
    """As a mouse moves: along both axes, far out and back."""
    show(stage, zoom)

    def frame(number: int) -> None:
        stage.scroll_by(QPoint(11, 7) * (1 if number % FRAMES < FRAMES // 2 else -1))
        stage.viewport().repaint()
        QApplication.processEvents()

    return timed(frame, FRAMES)


def dragged(stage: Stage, zoom: float) -> list[float]:
    """The node in the middle of the view, with its wires."""
    show(stage, zoom)
    middle = stage.seen().center()
    places = stage.document.graph.places
    name = min(places, key=lambda name: abs(places[name].x - middle.x()) + abs(places[name].y - middle.y()))

    def frame(number: int) -> None:
        stage.drawing.preview({name: Place(places[name].x + number % 9 * 13, places[name].y + number % 7 * 11)})
        QApplication.processEvents()

    times = timed(frame, FRAMES)
    stage.drawing.preview({name: places[name]})
    return times


def fresh(stage: Stage) -> None:
    """A frame of which nothing is kept from before."""
    stage._renew_ground()
    stage.viewport().repaint()


def zoomed(stage: Stage, zoom: float) -> None:
    stage.zoom_to(zoom)
    stage.viewport().repaint()
    QApplication.processEvents()


def banded(stage: Stage, width: float) -> None:
    box = stage.drawing.content()
    stage.document.select(nodes_within(stage.drawing, QRectF(box.left(), box.top(), width, box.height())))
    QApplication.processEvents()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
