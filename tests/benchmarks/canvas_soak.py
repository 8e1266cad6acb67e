"""10,000 random edits in the real window: nothing grows after the first thousand, nothing is stale, nothing leaks.

    python -m tests.benchmarks.canvas_soak [EDITS]

Prints its rows for `tests.benchmarks.canvas`, which judges them.
"""

import gc
import sys

from PySide6.QtWidgets import QApplication

from engine.project.project import Project
from tests.benchmarks import canvas_window
from tests.benchmarks.canvas_window import Row
from tests.benchmarks.random_edits import RandomEdits, objects, stale

EDITS = 10_000
LOOK = 250  # edits between two looks for what is stale
HISTORY = 500_000  # bytes: full within the first tenth, so that it does not count as growth
MORE_OBJECTS, MORE_MB = 2_000, 12.0


def main(edits: int) -> int:
    application = canvas_window.application()
    window = canvas_window.window()
    document, canvas = window.document, window.design.canvas
    document.undo_stack.most_bytes = HISTORY
    person, wrong = RandomEdits(document), 0
    counts = {}
    for number in range(edits):
        person.step()
        if number % 10 == 0:
            QApplication.processEvents()
        if number % LOOK == 0:
            wrong += len(stale(canvas))
        if number + 1 in (edits // 10, edits):
            here = document.project
            document.start(Project())
            gc.unfreeze()  # what was set aside counts as well
            canvas_window.settle()
            counts[number + 1] = (*objects(), canvas_window.memory())
            document.start(here)
    (before, qt_before, megabytes), (after, qt_after, later) = counts[edits // 10], counts[edits]
    items = len(canvas.stage.drawing.items())
    canvas_window.leave(window)
    what = f"{edits:,} random edits"
    rows = [
        Row(f"{what}: things on the canvas that are not what the drawing says", float(wrong), "", 0.0),
        Row(f"{what}: graphics items left on the scene", float(items), "", 0.0),
        Row(f"{what}: objects of Qt more than after the first tenth", float((qt_after - qt_before).total()), "", 0.0),
        Row(f"{what}: Python objects more than after the first tenth", float(after - before), "", MORE_OBJECTS),
        Row(f"{what}: memory more than after the first tenth", later - megabytes, "MB", MORE_MB),
    ]
    canvas_window.hand_over(rows)
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else EDITS))
