"""Work that takes longer than a moment, done beside the window: it says so, and can be given up."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QThread, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from engine.text import tr

SHOW_AFTER_MS = 100
AT_ONCE = 300
"""Work on fewer nodes is done within a moment."""
Result = TypeVar("Result")


class _Work(QThread, Generic[Result]):
    def __init__(self, work: Callable[[], Result]) -> None:
        super().__init__()
        self._work = work
        self.result: Result | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.result = self._work()
        except Exception as error:
            self.error = error


class _Dialog(QProgressDialog):
    """Shown after a moment; `given_up` comes once, whichever way it is left."""

    given_up = Signal()

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, tr("Cancel"), 0, 0, parent)
        self.was_given_up = False
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumDuration(SHOW_AFTER_MS)
        self.setValue(0)  # only now the moment counts: without a value Qt waits for four seconds
        self.canceled.connect(self._give_up)
        self.rejected.connect(self._give_up)  # what Escape does before this is the active window; it is no `canceled`

    def leave(self) -> None:
        """Goes without a word."""
        self.blockSignals(True)
        self.hide()
        self.deleteLater()

    def _give_up(self) -> None:
        if not self.was_given_up:
            self.was_given_up = True
            self.given_up.emit()


_given_up: set[QThread] = set()


def waited(parent: QWidget, words: str, work: Callable[[], Result], nodes: int = AT_ONCE) -> Result | None:
    """What the work gives, which may touch nothing that is shown; None where the person gave it up.

    Work on few `nodes` is done at once. Else the window lives on, and takes nothing but the wish to give up.
    """
    if nodes < AT_ONCE:
        return work()
    thread, loop = _Work(work), QEventLoop()
    thread.finished.connect(loop.quit)
    dialog = _Dialog(words, parent)
    dialog.given_up.connect(loop.quit)
    thread.start()
    if not thread.isFinished():
        loop.exec()
    dialog.leave()
    if thread.isRunning() and not thread.wait(0 if dialog.was_given_up else SHOW_AFTER_MS):
        _given_up.add(thread)
        thread.finished.connect(lambda: _given_up.discard(thread))
        return None
    if thread.error:
        raise thread.error
    return thread.result
