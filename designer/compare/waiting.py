"""Work that takes longer than a moment, done beside the window: it says so, and can be given up."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from designer.aside import SHOWN_AFTER_MS, Aside, calmly
from designer.progress import Progress
from engine.text import tr

AT_ONCE = 300
"""Work on fewer nodes is done within a moment."""
Result = TypeVar("Result")


def waited(parent: QWidget, words: str, work: Callable[[], Result], nodes: int = AT_ONCE) -> Result | None:
    """What the work gives, which may touch nothing that is shown; None where the person gave it up.

    Work on few `nodes` is done at once. Else the window lives on, and takes nothing but the wish to give up.
    """
    if nodes < AT_ONCE:
        return work()
    aside = Aside()
    task = aside.start(lambda: calmly(work))
    over = task.done.is_set
    aside.wait(over, SHOWN_AFTER_MS, closed=True)
    if not over():
        aside.show(Progress(tr("One moment"), words, parent), over)
    return task.result() if over() else None
