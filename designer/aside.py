"""Work done beside the window: what asks a disk, which may not answer at all, and what takes longer than a frame."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from designer.progress import Progress
from engine.text import tr

LOOK_MS = 5
SHOWN_AFTER_MS = 100
ASKED_AFTER_MS = 1000
TURN_SECONDS = 0.0005
Result = TypeVar("Result")


class Task(threading.Thread, Generic[Result]):
    """One piece of work on a thread of its own, which ends with the program, unless that is to wait for it."""

    def __init__(self, work: Callable[[], Result], waited_for: bool = False) -> None:
        super().__init__(name="aside", daemon=not waited_for)
        self._work = work
        self._result: Result
        self._fault: Exception | None = None
        self.done = threading.Event()

    def run(self) -> None:
        try:
            self._result = self._work()
        except Exception as fault:
            self._fault = fault
        self.done.set()

    def result(self) -> Result:
        """What came of it, once it is done. Raises what went wrong."""
        if self._fault is not None:
            raise self._fault
        return self._result


_usual = sys.getswitchinterval()
_taking: list[object] = []  # who asks for short turns
_one_at_a_time = threading.Lock()


@contextmanager
def short_turns() -> Iterator[None]:
    """While much is worked out on a thread: turns of all threads so short that a frame does not feel them."""
    mine = object()
    with _one_at_a_time:
        _taking.append(mine)
        sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        with _one_at_a_time:
            _taking.remove(mine)
            if not _taking:
                sys.setswitchinterval(_usual)


def calmly(work: Callable[[], Result]) -> Result:
    """What comes of some work that is done on a thread, in short turns."""
    with short_turns():
        return work()


class Aside(QObject):
    """Starts tasks, and tells in the window's thread when they are done. Nothing is told after this is gone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: list[tuple[Task[object], Callable[[], object]]] = []
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._told)

    def start(
        self,
        work: Callable[[], Result],
        then: Callable[[Task[Result]], object] = lambda _: None,
        waited_for: bool = False,
    ) -> Task[Result]:
        """Does something on a thread, and then something with what came of it here.

        `waited_for`: the program does not end before it is done.
        """
        task = Task(work, waited_for)
        self._open.append((task, lambda: then(task)))  # type: ignore[arg-type]
        task.start()
        self._look.start()
        return task

    def wait(self, ready: Callable[[], bool], most_ms: int = 0, closed: bool = False) -> None:
        """Lets the window live until it is so, or for so long; `closed`: without input meanwhile."""
        loop, look, end = QEventLoop(), QTimer(interval=LOOK_MS), QTimer(interval=most_ms)
        look.timeout.connect(lambda: loop.quit() if ready() else None)
        look.start()
        if most_ms:
            end.timeout.connect(loop.quit)
            end.start()
        flags = QEventLoop.ProcessEventsFlag
        if not ready():
            loop.exec(flags.ExcludeUserInputEvents if closed else flags.AllEvents)
        look.stop()
        end.stop()

    def live_through(
        self, task: Task[Result], title: str, step: Callable[[], tuple[int, int]] = lambda: (0, 0)
    ) -> bool:
        """Lets the window live until a task is done; False where the person gave it up.

        It takes no input for the first second, and shows that it works; after that it says how far it is, which is
        `step`, of how many, with a button that gives up.
        """
        over = task.done.is_set
        self.wait(over, SHOWN_AFTER_MS, closed=True)
        if not over():
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
            self.wait(over, ASKED_AFTER_MS - SHOWN_AFTER_MS, closed=True)
            QGuiApplication.restoreOverrideCursor()
        if not over():
            bar = Progress(tr("One moment"), tr("{step}…", step=title), QApplication.activeWindow(), step()[1])
            bar.setWindowModality(Qt.WindowModality.ApplicationModal)
            self.show(bar, over, lambda: step()[0])
        return over()

    def show(self, bar: Progress, over: Callable[[], bool], step: Callable[[], int] = lambda: 0) -> None:
        """Lets the window live until it is so, or the person gives it up, and says how far it is meanwhile."""

        def ready() -> bool:
            bar.setValue(step())
            return over() or bar.was_given_up

        bar.show()
        self.wait(ready)
        bar.leave()

    def _told(self) -> None:
        for entry in [entry for entry in self._open if entry[0].done.is_set()]:
            self._open.remove(entry)
            QTimer.singleShot(0, self, entry[1])  # it may ask something, and then others are to be told still
        if not self._open:
            self._look.stop()


def beside(work: Callable[[], Result], title: str) -> Result | None:
    """What comes of some work, while the window lives on; None where the person gave it up. Raises what goes wrong."""
    aside = Aside()
    task = aside.start(lambda: calmly(work))
    return task.result() if aside.live_through(task, title) else None
