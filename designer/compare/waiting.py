"""Work that takes longer than a moment, done beside the window: it says so, and can be given up."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QThread
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


_given_up: set[QThread] = set()


def waited(parent: QWidget, words: str, work: Callable[[], Result], nodes: int = AT_ONCE) -> Result | None:
    """What the work gives, which may touch nothing that is shown; None where the person gave it up.

    Work on few `nodes` is done at once. Else the window lives on, and takes nothing but the wish to give up.
    """
    if nodes < AT_ONCE:
        return work()
    thread, loop = _Work(work), QEventLoop()
    thread.finished.connect(loop.quit)
    dialog = QProgressDialog(words, tr("Cancel"), 0, 0, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumDuration(SHOW_AFTER_MS)
    dialog.canceled.connect(loop.quit)
    thread.start()
    if not thread.isFinished():
        loop.exec()
    dialog.canceled.disconnect(loop.quit)
    dialog.hide()
    dialog.deleteLater()
    if thread.isRunning() and not thread.wait(0 if dialog.wasCanceled() else SHOW_AFTER_MS):
        _given_up.add(thread)
        thread.finished.connect(lambda: _given_up.discard(thread))
        return None
    if thread.error:
        raise thread.error
    return thread.result
