"""How long an edit of a large drawing takes, with the real window around it.

    python -m tests.benchmarks.canvas_edits

Prints its rows for `tests.benchmarks.canvas`, which judges them.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.canvas import clipboard, commands
from designer.document import Document
from designer.window.main_window import MainWindow
from engine.graph import Graph, Inlet, Outlet, Place, edits
from engine.layers import Layer, with_parameters
from engine.project.project import Project
from engine.text import text
from tests.benchmarks import canvas_window
from tests.benchmarks.canvas_open import Heart
from tests.benchmarks.canvas_window import Row, median, timed

HEAD_MS, FRAME_MS, UNDO_MS, CONNECT_MS = 10.0, 10.0, 50.0, 2.0
NODES, MANY = 1_000, 10_000
FRAME_ALL_MS, STALL_MS, WHOLE_STALL_MS = 16.0, 50.0, 100.0


def main() -> int:
    application = canvas_window.application()
    rows = [connecting()]
    window = canvas_window.window()
    rows += [*at_the_head(window), *pasting(window), *duplicating(window)]
    rows += [*large_steps(window), *carrying_all(window), *saving(window)]
    canvas_window.leave(window)
    canvas_window.hand_over(rows)
    del application
    return 0


def connecting() -> Row:
    """The document alone: the edit, its undo step, the difference, the check."""
    document = Document()
    document.start(canvas_window.project(canvas_window.network(NODES)))

    def connect(number: int) -> None:
        source = Outlet("flat" if number % 2 else "pool", "output")
        document.edit(text("connect"), edits.connect(document.graph, source, Inlet("classes", "value")))

    return Row(
        "connect in 1,000 nodes: edit, undo step, difference, check", median(timed(connect, 61)), "ms", CONNECT_MS
    )


def at_the_head(window: MainWindow) -> list[Row]:
    """Another input size at the head of a chain: every shape below it is another."""
    window.document.start(canvas_window.project(canvas_window.chain(NODES)))
    window.design.canvas.show_start()
    stage = window.design.canvas.stage
    canvas_window.settle()

    def sized(number: int) -> Graph[Layer]:
        graph = window.document.graph
        layer = with_parameters(graph.nodes["x"].layer, shape=[3, 40 + number, 41 + number])
        return edits.set_layer(graph, "x", layer)

    alone = Document()
    alone.start(canvas_window.project(canvas_window.chain(NODES)))
    model = timed(lambda n: alone.edit(text("set"), sized(n)), 41)
    gc.collect()
    whole: list[float] = []
    frames: list[float] = []
    for number in range(41):
        graph = sized(100 + number)
        whole += timed(lambda _, graph=graph: window.document.edit(text("set"), graph), 1, before=0)  # type: ignore[misc]
        frames += timed(lambda _: stage.viewport().repaint(), 1, before=0)
        size = f"{140 + number}×{141 + number}"
        card = min(stage.drawing.cards_in(stage.seen()), key=lambda item: (item.y, item.x))
        assert card.painted is not None and size in card.painted.shape, card.painted
        QApplication.processEvents()
    return [
        Row("a parameter at the head of 1,000 nodes: new shapes in the model", median(model), "ms", HEAD_MS),
        Row("the same with all parts of the window told", median(whole)),
        Row("the next frame, with the visible cards' new shapes", median(frames), "ms", FRAME_MS),
    ]


def pasting(window: MainWindow) -> list[Row]:
    """1,000 nodes pasted beside 1,000 others; undo, and the frame after it."""
    document, stage = window.document, window.design.canvas.stage
    document.start(canvas_window.project(canvas_window.network(NODES)))
    document.select(document.graph.nodes)
    clipboard.copy(document)
    document.select(())
    window.design.canvas.show_start()
    canvas_window.settle()
    undone, shown = [], []
    for _ in range(7):
        clipboard.paste(document)
        wait_until_seen(window)  # as a person would: nobody takes back what is not seen yet
        canvas_window.settle()
        assert len(document.graph.nodes) == 2 * NODES
        gc.collect()
        undone += timed(lambda _: document.undo_stack.undo(), 1, before=0)
        shown += timed(lambda _: stage.viewport().repaint(), 1, before=0)
        QApplication.processEvents()
        assert len(document.graph.nodes) == NODES
    document.start(Project())
    return [
        Row("undo of a 1,000-node paste", median(undone), "ms", UNDO_MS),
        Row("the frame after it", median(shown)),
    ]


def duplicating(window: MainWindow) -> list[Row]:
    """1,000 nodes once more, and pasted; the window lives on meanwhile."""
    document = window.document
    document.start(canvas_window.project(canvas_window.network(NODES)))
    window.design.canvas.show_start()
    names, rows = list(document.graph.nodes), []
    document.select(names)
    clipboard.copy(document)
    for what, step in (("duplicate", clipboard.duplicate), ("paste", clipboard.paste)):
        found = []
        for _ in range(5):
            document.select(names)
            found.append(stalled(window, lambda step=step: step(document)))  # type: ignore[misc]
            document.undo()
        took, stalls = zip(*found, strict=True)
        rows += [
            Row(f"{what} 1,000 nodes: to the end", median(list(took))),
            Row(f"{what} 1,000 nodes: the event loop stands still", median(list(stalls)), "ms", STALL_MS),
        ]
    return rows


def large_steps(window: MainWindow) -> list[Row]:
    """What is done to all of 10,000 nodes: how long it takes, and how long the window stands still meanwhile."""
    document = window.document
    document.start(canvas_window.project(canvas_window.network(MANY)))
    window.design.canvas.show_start()
    names = list(document.graph.nodes)
    document.select(names[:NODES])
    clipboard.copy(document)
    steps: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("select all of 10,000", lambda: document.select(names), lambda: document.select(())),
        ("paste 1,000 nodes into 10,000", lambda: clipboard.paste(document), document.undo),
        ("undo of that", document.undo, lambda: clipboard.paste(document)),
        ("delete all of 10,000", lambda: commands.delete(document), document.undo),
        ("undo of that", document.undo, document.redo),
    ]
    rows = []
    for what, step, back in steps:
        if what.startswith("undo"):
            back()
        document.select(names)
        took, stall = stalled(window, step)
        rows += [Row(what, took), Row(f"{what}: the event loop stands still", stall, "ms", WHOLE_STALL_MS)]
        if not what.startswith("undo"):
            back()
    return rows


def stalled(window: MainWindow, step: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds until a step is done, and the longest time in which nothing else was; the frame after it as well."""
    canvas_window.settle()
    heart, began = Heart(), time.perf_counter()
    step()
    took = (time.perf_counter() - began) * 1e3
    wait_until_seen(window)
    for _ in range(20):
        QApplication.processEvents()
    heart.stop()
    heart.deleteLater()
    return took, heart.longest


def wait_until_seen(window: MainWindow) -> None:
    """What came is made ready to be painted in several turns."""
    port = window.design.canvas.stage.viewport()
    while not port.updatesEnabled():
        QApplication.processEvents()


def carrying_all(window: MainWindow) -> list[Row]:
    """All of 10,000 cards dragged with the mouse, seen from near and from afar."""
    canvas = window.design.canvas
    window.document.start(canvas_window.project(canvas_window.network(MANY)))
    canvas.show_start()
    rows = carrying(window, "near")
    canvas.fit()
    return rows + carrying(window, "whole")


def carrying(window: MainWindow, view: str) -> list[Row]:
    stage = window.design.canvas.stage
    window.document.select(window.document.graph.nodes)
    canvas_window.settle()
    seen = stage.drawing.cards_in(stage.seen())
    at = stage.mapFromScene(seen[len(seen) // 2].card().center())
    port, left, keys = stage.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(port, left, keys, at)

    def frame(number: int) -> None:
        QTest.mouseMove(port, at + QPoint(8 + number % 40, 5 + number % 23))
        port.repaint()

    frames = timed(frame, 60)
    assert stage.carried is not None
    _, stall = stalled(window, lambda: QTest.mouseRelease(port, left, keys, at + QPoint(60, 60)))
    assert stage.carried is None
    return [
        Row(f"frame while dragging all of 10,000 nodes, {view}", median(frames), "ms", FRAME_ALL_MS),
        Row(f"the same dropped, {view}: the event loop stands still", stall, "ms", WHOLE_STALL_MS),
    ]


def saving(window: MainWindow) -> list[Row]:
    """10,000 nodes saved with Ctrl+S while the window lives on."""
    document = window.document
    document.start(canvas_window.project(canvas_window.network(MANY)))
    with tempfile.TemporaryDirectory() as folder:
        document.save(Path(folder) / "large.loom")

        def save() -> None:
            window.files.start_saving()
            while window.files.saving.busy:
                QApplication.processEvents()

        found = []
        for number in range(3):
            commands.move(document, {"x": Place(0, 24 * number)})
            found.append(stalled(window, save))
        document.start(Project())
    return [
        Row("save 10,000 nodes", median([took for took, _ in found])),
        Row("save 10,000 nodes: the event loop stands still", max(stall for _, stall in found), "ms", STALL_MS),
    ]


if __name__ == "__main__":
    sys.exit(main())
