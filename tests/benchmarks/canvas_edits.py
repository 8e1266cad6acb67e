"""How long an edit of a large drawing takes, with the real window around it.

    python -m tests.benchmarks.canvas_edits

Prints its rows for `tests.benchmarks.canvas`, which judges them.
"""

import gc
import sys

from PySide6.QtWidgets import QApplication

from designer.canvas import clipboard
from designer.document import Document
from designer.window.main_window import MainWindow
from engine.graph import Graph, Inlet, Outlet, edits
from engine.layers import Layer, with_parameters
from engine.project.project import Project
from engine.text import text
from tests.benchmarks import canvas_window
from tests.benchmarks.canvas_window import Row, median, timed

HEAD_MS, FRAME_MS, UNDO_MS, CONNECT_MS = 10.0, 10.0, 50.0, 2.0
NODES = 1_000


def main() -> int:
    application = canvas_window.application()
    rows = [connecting()]
    window = canvas_window.window()
    rows += [*at_the_head(window), *pasting(window)]
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
    pastes, undone, shown = [], [], []
    for _ in range(7):
        pastes += timed(lambda _: clipboard.paste(document), 1, before=0)
        QApplication.processEvents()
        assert len(document.graph.nodes) == 2 * NODES
        gc.collect()
        undone += timed(lambda _: document.undo_stack.undo(), 1, before=0)
        shown += timed(lambda _: stage.viewport().repaint(), 1, before=0)
        QApplication.processEvents()
        assert len(document.graph.nodes) == NODES
    document.start(Project())
    return [
        Row("paste 1,000 nodes", median(pastes)),
        Row("undo of a 1,000-node paste", median(undone), "ms", UNDO_MS),
        Row("the frame after it", median(shown)),
    ]


if __name__ == "__main__":
    sys.exit(main())
