"""Large files are read, checked and laid out beside the window: it stays alive, says how far it is, and can cancel."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from designer.blocks.stowing import all_placed
from designer.garbage import undisturbed
from engine.check.checker import Checker
from engine.check.report import Report
from engine.graph import Graph
from engine.layers import Layer
from engine.project.file import Opened, open_file
from engine.text import tr

LARGE = 40_000  # bytes from which on a file is not read at once
SHOWN_AFTER_MS = 100
LOOK_MS = 5
STEPS = 4

Ahead: TypeAlias = Callable[[Graph[Layer], Report], Callable[[], None]]
"""Makes ready, on another thread, what will show a drawing; gives what hands it over on the window's thread."""


class Ready(NamedTuple):
    """An opened file, and what is ready for it: a checker that knows its network, and what hands over the rest."""

    found: Opened
    checker: Checker | None = None
    hand_over: tuple[Callable[[], None], ...] = ()


class Opening:
    """Opens files for a window. `ahead` are the parts of it that can make something ready."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.ahead: list[Ahead] = []
        self._busy = False

    def read(self, path: Path) -> Ready | None:
        """A file, made ready; None where the person cancelled, or another one is being read. Raises Failure."""
        if self._busy:
            return None
        if not _is_large(path):
            return Ready(open_file(path))
        job = _Job(path, tuple(self.ahead))
        self._busy = True
        try:
            job.start()
            self._wait(job, path.name)
        finally:
            self._busy = False
        return job.result()

    def _wait(self, job: "_Job", name: str) -> None:
        """The window goes on meanwhile; after a moment it says how far it is, and until then takes no input."""
        loop = QEventLoop()
        look = QTimer(loop, interval=LOOK_MS)
        look.timeout.connect(lambda: loop.quit() if job.done else None)
        look.start()
        QTimer.singleShot(SHOWN_AFTER_MS, loop, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not job.done:
            bar = self._bar(name)
            look.timeout.connect(lambda: bar.setValue(job.step))
            bar.canceled.connect(loop.quit)
            bar.rejected.connect(loop.quit)  # Escape, before this is the active window
            bar.show()
            loop.exec()
            bar.hide()
            bar.deleteLater()
        look.stop()
        job.cancelled = not job.done

    def _bar(self, name: str) -> QProgressDialog:
        bar = QProgressDialog(tr("Opening {file}…", file=name), tr("Cancel"), 0, STEPS, self._window)
        bar.setWindowTitle(tr("Open project"))
        bar.setWindowModality(Qt.WindowModality.WindowModal)
        bar.setAutoClose(False)
        bar.setAutoReset(False)
        return bar


class _Job(threading.Thread):
    """Reads, places, checks and lays out, in this order; nothing of it touches the window."""

    def __init__(self, path: Path, ahead: tuple[Ahead, ...]) -> None:
        super().__init__(name="opening", daemon=True)
        self._path, self._ahead = path, ahead
        self._ready: Ready | None = None
        self._fault: Exception | None = None
        self.step = 0
        self.done = self.cancelled = False

    def result(self) -> Ready | None:
        """What was read; None where that was cancelled. Raises what went wrong."""
        if self.cancelled:
            return None
        if self._fault:
            raise self._fault
        return self._ready

    def run(self) -> None:
        try:
            with undisturbed():
                self._ready = self._read()
        except Exception as error:
            self._fault = error
        self.done = True

    def _read(self) -> Ready | None:
        found = open_file(self._path)
        self.step = 1
        project = all_placed(found.project)
        if self.cancelled:
            return None
        self.step = 2
        checker = Checker()
        report = checker.update(project.graph, project.data.columns)
        if self.cancelled:
            return None
        self.step = 3
        hand_over = tuple(prepare(project.graph, report) for prepare in self._ahead)
        return Ready(found._replace(project=project), checker, hand_over)


def _is_large(path: Path) -> bool:
    try:
        return path.stat().st_size >= LARGE
    except OSError:
        return False
