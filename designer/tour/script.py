"""How the tour runs: a generator that wishes, and a timer that grants one wish after the other.

Input is posted from timers of its own, so that the tour goes on inside the event loops of drags and dialogs.
"""

from collections.abc import Callable, Iterator
from time import monotonic
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from engine.text import Text, text

BEAT_MS = 8


class Do(NamedTuple):
    """Post input."""

    act: Callable[[], object]


class Until(NamedTuple):
    """Wait until the window shows something; `what` is said where it never does."""

    seen: Callable[[], object]
    what: str
    seconds: float = 20.0


class Rest(NamedTuple):
    """Wait, as a person does for a look."""

    seconds: float


Wish: TypeAlias = Do | Until | Rest
Steps: TypeAlias = Iterator[Wish]


class Broken(Exception):
    """The window did not show what it should have."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.text = sentence


class Script(QObject):
    """Grants the wishes of a tour; ends the application after the last one, or with `fault`."""

    def __init__(self, steps: Steps, application: QApplication) -> None:
        super().__init__(application)
        self.fault: Exception | None = None
        self._steps, self._application = steps, application
        self._wish: Wish | None = None
        self._since = monotonic()
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._tick)

    def start(self) -> None:
        """Begins with the first turn of the event loop."""
        self._beat.start()

    def _tick(self) -> None:
        try:
            if self._granted():
                self._wish, self._since = next(self._steps), monotonic()
                if isinstance(self._wish, Do):
                    QTimer.singleShot(0, self._wish.act)
        except StopIteration:
            self._end()
        except Exception as error:
            self.fault = error
            self._end()

    def _granted(self) -> bool:
        waited = monotonic() - self._since
        if isinstance(self._wish, Rest):
            return waited >= self._wish.seconds
        if isinstance(self._wish, Until) and not self._wish.seen():
            if waited > self._wish.seconds:
                raise Broken(text("in {s} seconds there was no {what}.", s=self._wish.seconds, what=self._wish.what))
            return False
        return True

    def _end(self) -> None:
        self._beat.stop()
        for window in QApplication.topLevelWidgets():
            window.hide()
        self._application.quit()
