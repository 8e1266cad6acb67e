"""Python's search for garbage, in the window's thread alone and in small pieces.

By itself it runs in whichever thread happens to make the next object. A widget that is part of a cycle would then be
torn down there, which Qt does not bear; and a search through ten thousand nodes would stop the window for 0.1 s.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

TICK_MS = 200
MANY = 50_000  # so many new objects at once came with a project: what a project is made of is no garbage
STILL = 700  # fewer new objects between two looks: nobody is at work
WHOLE_SECONDS = 0.04  # a search through everything may take so long
PATIENCE = 10  # so many times its threshold, a search through everything waits for stillness
WHOLES = 10  # so many searches through what is new are worth one through everything
SECONDS_EACH = 0.5e-6  # what the search takes for an object, until it was measured

_undisturbed: set[object] = set()


class Collector(QObject):
    """Searches when its turn comes in the event loop, by the thresholds that Python itself goes by.

    What outlives a search through everything is set aside, so that the next has little to look through. What was set
    aside is looked through when nobody is at work and it is not too much: in a large project, when it is gone.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._before = self._wholes = 0
        self._each = SECONDS_EACH
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Searches where that is due."""
        if _undisturbed:
            return
        young, middle, old = gc.get_count()
        most_young, most_middle, most_old = gc.get_threshold()
        still, self._before = young - self._before < STILL, 0
        if young > MANY:
            gc.freeze()
        elif old > most_old * (1 if still else PATIENCE):
            self._search_everything()
        elif middle > most_middle:
            gc.collect(1)
        elif young > most_young:
            gc.collect(0)
        else:
            self._before = young

    def _search_everything(self) -> None:
        """Looks through what is not set aside; sometimes through that as well."""
        self._wholes += 1
        aside = gc.get_freeze_count()
        thawed = self._wholes >= WHOLES and aside * self._each < WHOLE_SECONDS
        if thawed:
            gc.unfreeze()
            self._wholes = 0
        began = perf_counter()
        gc.collect()
        if thawed:
            self._each = (perf_counter() - began) / max(aside, 1)
        gc.freeze()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without a search for garbage in between: among a hundred thousand new objects it would stop the window.

    So would the next one after it: many are set aside while it is known that they are new. As soon as a project before
    them is gone, Python counts few.
    """
    token, was_on = object(), gc.isenabled()
    _undisturbed.add(token)
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > MANY:
            gc.freeze()
        _undisturbed.discard(token)
        if was_on:
            gc.enable()
