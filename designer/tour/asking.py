"""Export and trial in the tour: the ONNX file with its proof, a validation sample, a digit drawn by hand."""

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint

from designer.tour.camera import Camera
from designer.tour.hands import click, drag, fill, found
from designer.tour.script import Rest, Steps, Until
from designer.trying.workspace import TryWorkspace
from designer.window.main_window import MainWindow

LONGEST_EXPORT = 600.0
# A seven, as shares of the pad's width and height.
SEVEN = ((0.3, 0.22), (0.7, 0.22), (0.45, 0.8))


def export(window: MainWindow, path: Path) -> Steps:
    """Types the path, exports, and waits for the proof."""
    space = window.spaces.exporting
    yield Until(space.start.isVisible, "export form")
    yield from fill(space.path, str(path))
    yield from click(space.start)
    yield Until(lambda: space.result.isVisible() or space.notice.isVisible(), "proof", seconds=LONGEST_EXPORT)
    yield Until(path.is_file, f"file {path.name}")


def try_it(window: MainWindow, camera: Camera) -> Steps:
    """Asks the exported model about a validation sample, then about a drawn digit."""
    space = found(window, TryWorkspace)
    grid, pad, answer = space.grid, space.pad, space.answer
    yield Until(lambda: grid.samples, "validation samples", seconds=60)
    yield Rest(0.3)
    before = answer.verdict.text()
    yield from click(grid.viewport(), QPoint(40, 40))
    yield Until(lambda: answer.verdict.text() != before, "answer", seconds=LONGEST_EXPORT)
    yield from camera.take("sample")
    before = answer.verdict.text() + answer.time.text()
    points = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in SEVEN]
    for start, end in pairwise(points):
        yield from drag(pad, start, pad, end)
    yield Until(lambda: answer.verdict.text() + answer.time.text() != before, "answer to the drawn digit", seconds=60)
    yield Rest(0.5)
    yield from camera.take("drawn")
