"""Trains a project in the real window, for `training.py`: the curves are shown while it goes.

    python -m tests.benchmarks.training_window PROJECT

Opens the file, goes to the training workspace, presses Train, and prints each event as a line of JSON.
"""

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from designer.window.app import make_application, make_window
from designer.window.main_window import MainWindow
from engine.messages import Event, frame


def main(path: Path) -> int:
    application = make_application()
    window = make_window(path)
    window.painted.connect(lambda: QTimer.singleShot(500, lambda: press_train(window)))
    window.show()
    return application.exec()


def press_train(window: MainWindow) -> None:
    """Presses the button, and listens in on the job that it starts."""
    window.spaces.show_space("training")
    QTest.mouseClick(window.spaces.training.train, Qt.MouseButton.LeftButton)
    jobs = [job for job in window.workers.jobs if job.request.job]
    if not jobs:
        sys.exit(f"Train is disabled: {window.spaces.training.blocked()}")
    jobs[-1].happened.connect(tell)
    jobs[-1].ended.connect(lambda event: (tell(event), window.close()))


def tell(event: Event) -> None:
    sys.stdout.buffer.write(frame(event))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
