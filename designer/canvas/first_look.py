"""What was opened, or came with a large step, is made ready piece by piece, and then painted once."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from designer.canvas.stage import Stage

TURN_SECONDS = 0.008
MOST_SECONDS = 0.15  # what is not ready by then is made so between frames, and painted again
TURN_MS = 1  # a time of 0 is no turn: Qt calls at once, before it looks at input and timers


def first_look(stage: Stage, then: Callable[[], object]) -> None:
    """Makes ready what is in sight, in several turns of the event loop, and then does something."""
    steps = stage.drawing.make_ready(stage.seen(), stage.zoom)
    last = perf_counter() + MOST_SECONDS

    def go_on() -> None:
        ready = True
        try:
            ready = _turn(steps, last)
        finally:
            if ready:  # or at fault: the view has to be painted all the same
                then()
        if not ready:
            QTimer.singleShot(TURN_MS, stage, go_on)

    go_on()


def _turn(steps: Iterator[None], last: float) -> bool:
    """Takes some of the steps; whether it was the last turn."""
    until = perf_counter() + TURN_SECONDS
    for _ in steps:
        now = perf_counter()
        if now >= last:
            return True
        if now >= until:
            return False
    return True


class LookBeforePainting(QObject):
    """Has what comes with large steps made ready; until then the view stays as it was. Goes with the stage."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        stage.drawing.much_came.connect(self._hold)

    def _hold(self) -> None:
        self._stage.viewport().setUpdatesEnabled(False)
        QTimer.singleShot(TURN_MS, self._stage, lambda: first_look(self._stage, self._show))

    def _show(self) -> None:
        self._stage.viewport().setUpdatesEnabled(True)
