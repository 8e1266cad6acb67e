"""What was opened is painted once, from its beginning, after a turn in which the window can do something else."""

from PySide6.QtCore import QEvent, QObject, QTimer
from pytestqt.qtbot import QtBot

from designer.window.main_window import MainWindow
from engine.project.starters import make_starter


class Paints(QObject):
    """Notes where the drawing was looked at whenever it is painted, and what else happens in between."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.stage = window.design.canvas.stage
        self.seen: list[object] = []
        self.stage.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append(self.stage.seen().topLeft().toTuple())
        return False


def test_an_opened_drawing_is_painted_at_its_beginning_alone(design: MainWindow, qtbot: QtBot) -> None:
    stage = design.design.canvas.stage
    qtbot.waitUntil(stage.viewport().updatesEnabled)
    stage.zoom_to(1)
    stage.centerOn(5_000, 5_000)
    qtbot.wait(1)
    paints = Paints(design)
    QTimer.singleShot(0, lambda: paints.seen.append("turn"))
    assert design.files.begin(make_starter("mlp"))
    qtbot.waitUntil(stage.viewport().updatesEnabled)
    qtbot.waitUntil(lambda: len(paints.seen) > 1)
    beginning = stage.seen().topLeft().toTuple()
    assert paints.seen[0] == "turn" and set(paints.seen[1:]) == {beginning}


def test_from_the_welcome_too(window: MainWindow, qtbot: QtBot) -> None:
    paints = Paints(window)
    window.spaces.get("welcome").cards["mnist-cnn"].click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(paints.seen))
    assert set(paints.seen) == {paints.stage.seen().topLeft().toTuple()}
