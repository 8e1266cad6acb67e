"""Files are read, checked and laid out beside the window: it stays alive, says how far it is, and can cancel."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

from PySide6.QtWidgets import QWidget

from designer.aside import SHOWN_AFTER_MS, Aside, short_turns
from designer.blocks.stowing import all_placed
from designer.disk.hold import Hold
from designer.garbage import undisturbed
from designer.progress import Progress
from engine.check.checker import Checker
from engine.check.report import Report
from engine.graph import Graph
from engine.layers import Layer
from engine.project.file import Opened, content_of, opened
from engine.project.project import Project
from engine.text import tr

STEPS = 4

Ahead: TypeAlias = Callable[[Graph[Layer], Report], Callable[[], None]]
"""Makes ready, on another thread, what will show a drawing; gives what hands it over on the window's thread."""
Holding: TypeAlias = Callable[[Path], Hold | None]
"""Takes the hold on a file for this window, on another thread; None where another window has it."""


class Ready(NamedTuple):
    """An opened file, as it stands there and with a place for every node, and the hold on it.

    And what is ready for it: a checker that knows its network, and what hands over the rest.
    """

    base: Project
    found: Opened
    hold: Hold | None
    checker: Checker
    hand_over: tuple[Callable[[], None], ...] = ()


class Opening:
    """Opens files for a window. `ahead` are the parts of it that can make something ready."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.ahead: list[Ahead] = []
        self._aside = Aside(window)
        self._busy = False

    def read(self, path: Path, hold: Holding) -> Ready | None:
        """A file, made ready; None where the person cancelled, or another one is being read. Raises Failure.

        A file of a later version is not held.
        """
        if self._busy:
            return None
        work = _Work(path, hold, tuple(self.ahead))
        task = self._aside.start(work.run)
        over = task.done.is_set
        self._busy = True
        try:
            self._aside.wait(over, SHOWN_AFTER_MS, closed=True)
            if not over():
                self._aside.show(self._bar(path.name), over, lambda: work.step)
        finally:
            self._busy = False
        work.given_up = not over()
        return task.result() if over() else None

    def _bar(self, name: str) -> Progress:
        return Progress(tr("Open project"), tr("Opening {file}…", file=name), self._window, STEPS)


class _Work:
    """Reads, places, checks and lays out, in this order; nothing of it touches the window."""

    def __init__(self, path: Path, hold: Holding, ahead: tuple[Ahead, ...]) -> None:
        self._path, self._hold, self._ahead = path, hold, ahead
        self.step = 0
        self.given_up = False

    def run(self) -> Ready | None:
        """What the task does: the disk may never answer, and until it does, nothing is different for others."""
        content = content_of(self._path)
        with undisturbed(), short_turns():
            found = opened(content)
            self.step = 1
            project = all_placed(found.project)
            if self.given_up:
                return None
            self.step = 2
            checker = Checker()
            report = checker.update(project.graph, project.data.columns)
            if self.given_up:
                return None
            self.step = 3
            hand_over = tuple(prepare(project.graph, report) for prepare in self._ahead)
        hold = None if found.later or self.given_up else self._hold(self._path)
        return Ready(found.project, found._replace(project=project), hold, checker, hand_over)
