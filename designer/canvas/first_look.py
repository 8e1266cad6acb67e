"""What was opened is made ready a few cards at a time, so that to paint it for the first time takes no longer."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QTimer

from designer.canvas.stage import Stage

TURN_SECONDS = 0.004


def first_look(stage: Stage, then: Callable[[], object]) -> None:
    """Makes ready what is in sight, in several turns of the event loop, and then does something."""
    steps = stage.drawing.make_ready(stage.seen(), stage.zoom)

    def go_on() -> None:
        until = perf_counter() + TURN_SECONDS
        for _ in steps:
            if perf_counter() >= until:
                QTimer.singleShot(0, stage, go_on)
                return
        then()

    go_on()
