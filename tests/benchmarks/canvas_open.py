"""How long a file takes from the click to the drawn canvas, and how long the window does not answer meanwhile.

    python -m tests.benchmarks.canvas_open NODES

Prints its rows for `tests.benchmarks.canvas`, which judges them.
"""

import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from designer.window.main_window import MainWindow
from engine.project.file import dumps
from tests.benchmarks import canvas_window
from tests.benchmarks.canvas_window import Row, median

SECONDS = {1_000: 0.3, 10_000: 2.0}
STALL_MS = 100.0
ROUNDS = 5


class Heart(QObject):
    """Beats every few milliseconds; `longest` is the longest time between two beats, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, (now - self._last) * 1e3)
        self._last = now

    def stop(self) -> None:
        self._beat()
        self._timer.stop()


class Painted(QObject):
    """Sees when the canvas was painted last."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.at = 0.0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._note)
        return False

    def _note(self) -> None:
        self.at = time.perf_counter()


def main(nodes: int) -> int:
    application = canvas_window.application()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.loom"
        file.write_text(dumps(canvas_window.project(canvas_window.network(nodes))))
        window = canvas_window.window()
        found = [opened(window, file) for _ in range(ROUNDS)]
        canvas_window.leave(window)
    count = f"{nodes:,}"
    canvas_window.hand_over(
        [
            Row(f"open {count} nodes to a drawn canvas", median([took for took, _ in found]), "s", SECONDS[nodes]),
            Row(
                f"open {count} nodes: the event loop stands still, median of {ROUNDS}",
                median([s for _, s in found]),
                "ms",
                STALL_MS,
            ),
            Row(f"open {count} nodes: the event loop stands still, longest", max(s for _, s in found), "ms"),
        ]
    )
    del application
    return 0


def opened(window: MainWindow, file: Path) -> tuple[float, float]:
    """Seconds to the drawn canvas, and the longest time in which nothing else was done, in milliseconds."""
    painted = Painted(window.design.canvas.stage.viewport())
    canvas_window.settle()
    heart, began = Heart(), time.perf_counter()
    assert window.files.open(file)
    idle = 0
    while idle < 20:
        before = painted.at
        QApplication.processEvents()
        idle = idle + 1 if painted.at == before and painted.at > began else 0
    heart.stop()
    took = painted.at - began
    painted.deleteLater()
    heart.deleteLater()
    assert len(window.document.graph.nodes) == len(window.design.canvas.stage.drawing.nodes) > 0
    return took, heart.longest


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
