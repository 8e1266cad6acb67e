"""What was opened, or came with a large step, is made ready a few cards at a time before it is painted first."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QTimer

from designer.canvas.stage import Stage

TURN_SECONDS = 0.004
TURN_MS = 1  # a time of 0 is no turn: Qt calls at once, before it looks at input and timers


def first_look(stage: Stage, then: Callable[[], object]) -> None:
    """Makes ready what is in sight, in several turns of the event loop, and then does something."""
    steps = stage.drawing.make_ready(stage.seen(), stage.zoom)

    def go_on() -> None:
        until = perf_counter() + TURN_SECONDS
        for _ in steps:
            if perf_counter() >= until:
                QTimer.singleShot(TURN_MS, stage, go_on)
                return
        then()

    go_on()


def look_before_painting(stage: Stage) -> None:
    """Has what comes with large steps made ready; until then the view stays as it was."""

    def hold() -> None:
        stage.viewport().setUpdatesEnabled(False)
        QTimer.singleShot(TURN_MS, stage, lambda: first_look(stage, show))

    def show() -> None:
        stage.viewport().setUpdatesEnabled(True)

    stage.drawing.much_came.connect(hold)
