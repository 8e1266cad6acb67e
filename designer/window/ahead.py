"""What a start leaves out is read after the first paint, a file at a time: no first use has to wait for all of it."""

import importlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pkgutil import iter_modules

from PySide6.QtCore import QObject, QTimer

import engine.layers

PAUSE_MS = 5  # between two files, for whoever is at work already
SOON = (
    "designer.palette.rows",
    "designer.palette.palette",
    "designer.inspector.numbers",
    "designer.inspector.editors",
    "designer.inspector.union",
    "designer.inspector.form",
    "designer.blocks.face",
    "designer.blocks.block_page",
    "designer.inspector.node_page",
    "designer.inspector.inspector",
    "designer.annotations.markdown",
    "designer.keyboard.typed",
    "designer.canvas.layer_list",
    "designer.keyboard.quick_add",
    "designer.keyboard.pick_list",
    "designer.outline.tools",
    "designer.outline.model",
    "designer.outline.rows",
    "designer.outline.panel",
    "designer.code.highlight",
    "designer.code.page",
    "engine.lower.program",
    "engine.lower.classes",
    "engine.lower.printer",
    "designer.code.view",
)


class Ahead(QObject):
    """Reads until all is read, then makes what is to be seen first."""

    def __init__(self, parent: QObject, *makers: Callable[[], object]) -> None:
        super().__init__(parent)
        self._steps = _steps(makers)
        self._timer = QTimer(self, interval=PAUSE_MS)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begins to read."""
        self._timer.start()

    def _go_on(self) -> None:
        if step := next(self._steps, None):
            step()
        else:
            self._timer.stop()


def _steps(makers: Iterable[Callable[[], object]]) -> Iterator[Callable[[], object]]:
    layers = [f"engine.layers.{found.name}" for found in iter_modules(engine.layers.__path__)]
    yield from (partial(importlib.import_module, name) for name in (*layers, *SOON))
    yield from makers
