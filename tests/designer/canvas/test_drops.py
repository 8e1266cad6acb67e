"""Real drags from the palette onto the canvas: press, move and release on a virtual display."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from designer.canvas.gestures.drop import DropLayer
from designer.canvas.view import Canvas
from designer.document import Document
from designer.palette.palette import Palette
from designer.palette.rows import KIND
from engine.graph import Inlet, Outlet, Place, Wire

STEPS = 6
STEP_MS = 30
LATE_MS = 5_000  # where a drag is refused, nothing is told of it
CONV_RELU = Wire(Outlet("conv1", "output"), Inlet("relu1", "value"))


class Window(QWidget):
    """Palette and canvas side by side, as in the main window."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.palette_panel, self.canvas = Palette(document), Canvas(document)
        row = QHBoxLayout(self)
        row.addWidget(self.palette_panel)
        row.addWidget(self.canvas, 1)
        self.resize(1000, 700)


@pytest.fixture
def window(qtbot: QtBot, document: Document) -> Window:
    window = Window(document)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    window.canvas.stage.centerOn(200, 150)
    qtbot.waitUntil(lambda: window.palette_panel.blocks.whole)  # the library is read
    QTest.qWait(100)
    return window


class Arrival(QObject):
    """Whether what is dragged has come to a point of a widget: the screen tells of it in its own time."""

    def __init__(self, widget: QWidget, target: QPoint) -> None:
        super().__init__(widget)
        self._target, self.here = target, False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragMoveEvent):  # a drag that enters is one, too
            self.here = event.position().toPoint() == self._target
        return False


def drag(
    window: Window, kind: str, target: QPoint, at_target: Callable[[], None] | None = None, drop: bool = True
) -> None:
    """Presses on a layer in the palette, carries it to a point of the canvas, and lets go (or presses Esc).

    Qt's drag runs a loop of its own: what the hand does in it comes from timers. It lets go when it has arrived.
    """
    tree, viewport = window.palette_panel.tree, window.canvas.stage.viewport()
    window.palette_panel.search.setText(kind)
    item = next(i for n in range(tree.topLevelItemCount()) if (i := tree.topLevelItem(n)) and i.data(0, KIND) == kind)
    start = tree.viewport().mapTo(window, tree.visualItemRect(item).center())
    end = viewport.mapTo(window, target)
    handle, arrival, late = window.windowHandle(), Arrival(viewport, target), QDeadlineTimer(LATE_MS)
    moves = [start + (end - start) * (step / STEPS) for step in range(STEPS + 1)] + [end]
    over: list[bool] = []

    def go_on() -> None:
        there = not moves and (arrival.here or late.hasExpired())
        QTimer.singleShot(STEP_MS, let_go if there else go_on)
        if moves:
            QTest.mouseMove(handle, moves.pop(0))  # one of them begins the drag, and returns at its end

    def let_go() -> None:
        if at_target:
            at_target()
        if not drop:
            QTest.keyClick(handle, Qt.Key.Key_Escape)
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
        over.append(True)

    QTimer.singleShot(STEP_MS, go_on)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    while not over:
        QTest.qWait(STEP_MS)
    QTest.qWait(5 * STEP_MS)
    viewport.removeEventFilter(arrival)


@pytest.mark.screen
def test_a_layer_dropped_on_the_canvas_lies_under_the_cursor(window: Window, document: Document) -> None:
    stage = window.canvas.stage
    drag(window, "dropout", stage.mapFromScene(QPointF(332, 26)))
    assert document.graph.places["dropout1"] == Place(240, 0)
    assert document.selection == {"dropout1"}
    assert stage.gesture is None


@pytest.mark.screen
def test_a_layer_dropped_on_a_wire_is_inserted_and_the_wire_lights_up(window: Window, document: Document) -> None:
    stage = window.canvas.stage
    lit: list[bool] = []
    middle = stage.mapFromScene(stage.drawing.wires[CONV_RELU].middle())
    drag(window, "dropout", middle, lambda: lit.append(stage.drawing.wires[CONV_RELU].hovered))
    assert lit == [True]
    assert Wire(Outlet("conv1", "output"), Inlet("dropout1", "value")) in set(document.graph.wires())
    assert Wire(Outlet("dropout1", "output"), Inlet("relu1", "value")) in set(document.graph.wires())
    assert document.graph.places["dropout1"].y + 96 <= document.graph.places["relu1"].y
    assert document.undo_stack.count() == 1


@pytest.mark.screen
def test_escape_gives_the_drag_up(window: Window, document: Document) -> None:
    before, items = document.project, len(window.canvas.stage.drawing.items())
    drag(window, "dropout", window.canvas.stage.mapFromScene(QPointF(332, 26)), drop=False)
    assert document.project is before
    assert len(window.canvas.stage.drawing.items()) == items


def send(canvas: Canvas, data: QMimeData, drop: bool) -> QDropEvent:
    """A drag that comes in from another program: what Qt makes of it."""
    port, at = canvas.stage.viewport(), QPoint(300, 300)
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(port, enter)
    if not drop or not enter.isAccepted():
        return enter
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(port, event)
    return event


def test_a_project_file_is_asked_to_be_opened(canvas: Canvas, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "net.loom"))])
    with qtbot.waitSignal(canvas.open_requested) as asked:
        send(canvas, data, drop=True)
    assert asked.args == [tmp_path / "net.loom"]


@pytest.mark.parametrize("names", [["picture.png"], ["a.loom", "b.loom"], []])
def test_other_files_are_refused(canvas: Canvas, tmp_path: Path, names: list[str]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
    assert not send(canvas, data, drop=True).isAccepted()


def test_a_layer_that_does_not_exist_is_refused(canvas: Canvas, document: Document) -> None:
    data = QMimeData()
    data.setData("application/x-tensorloom-layer", b"no_such_layer")
    before = document.project
    assert not send(canvas, data, drop=True).isAccepted()
    assert document.project is before


def test_a_drag_that_leaves_takes_its_ghost_along(canvas: Canvas) -> None:
    data = QMimeData()
    data.setData("application/x-tensorloom-layer", b"relu")
    send(canvas, data, drop=False)
    assert isinstance(canvas.stage.gesture, DropLayer)
    items = len(canvas.stage.drawing.items())
    QApplication.sendEvent(canvas.stage.viewport(), QDragLeaveEvent())
    assert canvas.stage.gesture is None
    assert len(canvas.stage.drawing.items()) == items - 1
