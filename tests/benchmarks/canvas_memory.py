"""How much memory the window takes, empty and with a large network that was looked at from all sides.

    python -m tests.benchmarks.canvas_memory NODES

Prints its rows for `tests.benchmarks.canvas`, which judges them. NODES 0: the empty window.
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QPoint

from engine.project.file import dumps
from tests.benchmarks import canvas_window
from tests.benchmarks.canvas_window import Row

MEGABYTES = {0: 180.0, 10_000: 500.0}


def main(nodes: int) -> int:
    application = canvas_window.application()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.loom"
        if nodes:
            file.write_text(dumps(canvas_window.project(canvas_window.network(nodes))))
        window = canvas_window.window(file if nodes else None)
        canvas_window.settle()
        stage = window.design.canvas.stage
        for zoom in (0.05, 0.2, 0.4, 1.0) if nodes else ():
            stage.zoom_to(zoom)
            for _ in range(40):
                stage.scroll_by(QPoint(150, 120))
                stage.viewport().repaint()
        canvas_window.settle()
        used = canvas_window.memory()
        what = f"with {nodes:,} nodes" if nodes else "empty"
        canvas_window.leave(window)
    canvas_window.hand_over([Row(f"memory of the window, {what}", used, "MB", MEGABYTES[nodes])])
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
