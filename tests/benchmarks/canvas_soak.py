"""10,000 random edits in the real window: nothing grows after the first thousand, nothing is stale, nothing leaks.

    python -m tests.benchmarks.canvas_soak [EDITS]

Prints its rows for `tests.benchmarks.canvas`, which judges them, and on stderr how far it is.
"""

import gc
import sys
from collections import Counter
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QAbstractAnimation, QEvent
from PySide6.QtWidgets import QApplication

from designer.canvas.view import Canvas
from designer.window.main_window import MainWindow
from engine.project.file import dumps, loads
from engine.project.project import Project
from tests.benchmarks import canvas_window
from tests.benchmarks.canvas_window import Row, almost_longest, median
from tests.benchmarks.random_edits import RandomEdits
from tests.benchmarks.soundness import objects, stale

EDITS = 10_000
LOOK = 50  # edits between two looks for what is stale
HISTORY = 500_000  # bytes: full within the first tenth, so that it does not count as growth
MORE_OBJECTS = 500
MORE_BYTES, MORE_BLOCKS = 256, 1  # that an edit may leave behind
MORE_MB = 16.0  # of pages: a few small things that stay, glyphs above all, keep more and more of them whole


class Held(NamedTuple):
    """What the process holds while nothing is drawn."""

    python: int
    qt: Counter[str]
    megabytes: float
    heap: float | None
    blocks: int


def main(edits: int) -> int:
    application = canvas_window.application()
    window = canvas_window.window()
    window.document.undo_stack.most_bytes = HISTORY
    canvas = window.design.canvas
    person, wrong = RandomEdits(window.document, canvas=canvas), list[str]()
    counts: list[Held] = []
    times: list[float] = []
    for number in range(edits):
        began = perf_counter()
        person.step()
        QApplication.processEvents()
        times.append((perf_counter() - began) * 1e3)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # a loop that runs would do so
        if number % LOOK == 0:
            come_to_rest(canvas)
            wrong += [f"edit {number}: {fault}" for fault in stale(canvas)]
        if (number + 1) % (edits // 10) == 0:
            found = held(window)
            counts.append(found)
            so_far = f"{number + 1} edits, {median(times[-(edits // 10) :]):.1f} ms each"
            kept = f"{found.megabytes:.1f} MB, {found.python} Python objects, {found.qt.total()} of Qt"
            kept += f", {found.heap or 0:.2f} MB of the heap in use, {found.blocks} blocks of Python's"
            print(so_far, kept, *wrong[-3:], sep="; ", file=sys.stderr, flush=True)
    before, after = counts[0], counts[-1]
    print(after.qt - before.qt, file=sys.stderr)
    items = len(canvas.stage.drawing.items())
    canvas_window.leave(window)
    what = f"{edits:,} random edits"
    rows = [
        Row(f"{what}: things on the canvas that are not what the drawing says", float(len(wrong)), "", 0.0),
        Row(f"{what}: graphics items left on the scene", float(items), "", 0.0),
        Row(f"{what}: objects of Qt more than after the first tenth", float((after.qt - before.qt).total()), "", 0.0),
        Row(f"{what}: Python objects more than after the first tenth", after.python - before.python, "", MORE_OBJECTS),
        *in_use(what, before, after, edits * 0.9),
        Row(f"{what}: memory more than after the first tenth", after.megabytes - before.megabytes, "MB", MORE_MB),
        Row(f"{what}: an edit and all that follows it", median(times)),
        Row(f"{what}: 99% of the edits", almost_longest(times)),
    ]
    canvas_window.hand_over(rows)
    del application
    return 0


def in_use(what: str, before: Held, after: Held, edits: float) -> list[Row]:
    """What each edit leaves behind in the two allocators: of Python's small blocks, and of the C heap."""
    rows = [
        Row(f"{what}: blocks of Python's that an edit leaves", (after.blocks - before.blocks) / edits, "", MORE_BLOCKS)
    ]
    if before.heap is not None and after.heap is not None:
        each = (after.heap - before.heap) * 2**20 / edits
        rows.append(Row(f"{what}: bytes of the heap that an edit leaves", each, "", MORE_BYTES))
    return rows


def come_to_rest(canvas: Canvas) -> None:
    """Cards that were laid out glide to their places where that can be seen."""
    while any(each.state() == QAbstractAnimation.State.Running for each in canvas.findChildren(QAbstractAnimation)):
        QApplication.processEvents()


def held(window: MainWindow) -> Held:
    """Counts while an empty project is open, and what was drawn is text alone; then the person goes on with it.

    The canvas keeps up to four pictures beside each other, of 5 MB each, and one after another zoom: that is counted.
    """
    here = dumps(window.document.project)
    window.document.start(Project())
    QApplication.clipboard().clear()
    for zoom in (0.5, 1.0):
        window.design.canvas.stage.zoom_to(zoom)
        canvas_window.settle()
    canvas_window.settle()
    gc.unfreeze()  # what the window set aside from searches for garbage counts too
    python, qt = objects()
    canvas_window.give_back()
    found = Held(python, qt, canvas_window.memory(), canvas_window.in_use(), sys.getallocatedblocks())
    window.document.start(loads(here))
    return found


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else EDITS))
