"""Selecting, moving, panning and zooming with the mouse."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.canvas.view import Canvas
from designer.document import Document
from engine.graph import Inlet, Outlet, Place, Wire

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_a_click_selects_a_node_and_one_beside_it_nothing(hand, document: Document) -> None:
    hand.click("conv1")
    assert document.selection == {"conv1"}
    hand.click(QPointF(-100, -60))
    assert document.selection == frozenset()


def test_shift_adds_to_the_selection_and_takes_away(hand, document: Document) -> None:
    hand.click("conv1")
    hand.click("relu1", SHIFT)
    assert document.selection == {"conv1", "relu1"}
    hand.click("conv1", SHIFT)
    assert document.selection == {"relu1"}


def test_a_click_on_one_of_several_selects_it_alone(hand, document: Document) -> None:
    document.select({"conv1", "relu1"})
    hand.click("relu1")
    assert document.selection == {"relu1"}


def test_a_drag_moves_a_node_onto_the_grid_as_one_step(hand, document: Document) -> None:
    start = hand.at("linear1")
    hand.drag(start, start + QPoint(50, 70))
    assert document.graph.places["linear1"] == Place(312, 264)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "move linear1"
    document.undo_stack.undo()
    assert document.graph.places["linear1"] == Place(264, 192)


def test_alt_keeps_a_node_off_the_grid(hand, document: Document) -> None:
    start = hand.at("linear1")
    hand.drag(start, start + QPoint(50, 70), keys=ALT)
    assert document.graph.places["linear1"] == Place(314, 262)


def test_several_selected_nodes_move_together(hand, document: Document) -> None:
    document.select({"conv1", "relu1"})
    start = hand.at("conv1")
    hand.drag(start, start + QPoint(-48, 0))
    assert document.graph.places["conv1"] == Place(-48, 96)
    assert document.graph.places["relu1"] == Place(-48, 192)
    assert document.graph.places["image"] == Place(0, 0)
    assert document.undo_stack.undoText() == "move 2 layers"


def test_wires_follow_while_a_node_is_dragged(hand, document: Document, canvas: Canvas) -> None:
    wire = Wire(Outlet("conv1", "output"), Inlet("relu1", "value"))
    start = hand.at("relu1")
    hand.hold(start, start + QPoint(96, 0))
    end = canvas.stage.drawing.wires[wire].path().pointAtPercent(1)
    assert end == canvas.stage.drawing.nodes["relu1"].spot(wire.target) == QPointF(188, 192)
    assert document.graph.places["relu1"] == Place(0, 192)
    hand.release(start + QPoint(96, 0))


def test_escape_puts_a_dragged_node_back(hand, document: Document, canvas: Canvas) -> None:
    start = hand.at("relu1")
    hand.hold(start, start + QPoint(96, 0))
    hand.key(Qt.Key.Key_Escape)
    hand.release(start + QPoint(96, 0))
    assert canvas.stage.drawing.nodes["relu1"].pos() == QPointF(0, 192)
    assert not document.undo_stack.canUndo()


def test_a_rubber_band_selects_what_it_touches(hand, document: Document) -> None:
    hand.drag(hand.at(QPointF(-60, 80)), hand.at(QPointF(40, 210)))
    assert document.selection == {"conv1", "relu1"}


def test_a_rubber_band_with_shift_adds(hand, document: Document) -> None:
    document.select({"linear1"})
    hand.hold(hand.at(QPointF(-60, 80)), hand.at(QPointF(40, 120)), keys=SHIFT)
    hand.release(hand.at(QPointF(40, 120)), keys=SHIFT)
    assert "conv1" in document.selection


def test_escape_in_a_rubber_band_selects_what_was_selected(hand, document: Document, canvas: Canvas) -> None:
    document.select({"linear1"})
    hand.hold(hand.at(QPointF(-60, 80)), hand.at(QPointF(40, 210)))
    assert document.selection == {"conv1", "relu1"}
    items = len(canvas.stage.drawing.items())
    hand.key(Qt.Key.Key_Escape)
    assert document.selection == {"linear1"}
    assert len(canvas.stage.drawing.items()) == items - 1


def test_a_click_on_a_wire_selects_it_and_delete_takes_it_away(hand, document: Document) -> None:
    wire = Wire(Outlet("conv1", "output"), Inlet("relu1", "value"))
    hand.click(QPointF(92, 170))
    assert document.selected_wires == {wire}
    hand.key(Qt.Key.Key_Delete)
    assert wire not in set(document.graph.wires())
    document.undo_stack.undo()
    assert document.selected_wires == {wire}


def test_the_middle_button_pulls_the_canvas(hand, canvas: Canvas) -> None:
    before = canvas.stage.mapToScene(0, 0)
    hand.drag(QPoint(300, 300), QPoint(340, 270), Qt.MouseButton.MiddleButton)
    assert canvas.stage.mapToScene(0, 0) == before + QPointF(-40, 30)


def test_space_and_drag_pulls_the_canvas(hand, canvas: Canvas, document: Document) -> None:
    before = canvas.stage.mapToScene(0, 0)
    QTest.keyPress(canvas.stage, Qt.Key.Key_Space)
    hand.drag(hand.at("conv1"), hand.at("conv1") + QPoint(40, -30))
    QTest.keyRelease(canvas.stage, Qt.Key.Key_Space)
    assert canvas.stage.mapToScene(0, 0) == before + QPointF(-40, 30)
    assert document.graph.places["conv1"] == Place(0, 96)


def wheel(canvas: Canvas, at: QPoint, turn: QPoint, keys: Qt.KeyboardModifier, pixels: QPoint | None = None) -> None:
    port = canvas.stage.viewport()
    event = QWheelEvent(
        QPointF(at),
        QPointF(port.mapToGlobal(at)),
        pixels or QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(port, event)


def test_the_wheel_with_control_zooms_to_the_cursor(canvas: Canvas) -> None:
    at = QPoint(200, 500)
    before = canvas.stage.mapToScene(at)
    wheel(canvas, at, QPoint(0, 120), CONTROL)
    assert canvas.stage.zoom > 1
    away = canvas.stage.mapToScene(at) - before
    assert away.manhattanLength() < 2


def test_zoom_has_limits(canvas: Canvas) -> None:
    for _ in range(40):
        wheel(canvas, QPoint(200, 200), QPoint(0, -120), CONTROL)
    assert 0.04 < canvas.stage.zoom < 0.06
    for _ in range(80):
        wheel(canvas, QPoint(200, 200), QPoint(0, 120), CONTROL)
    assert canvas.stage.zoom == 4.0


def test_the_wheel_alone_scrolls_and_a_trackpad_by_its_pixels(canvas: Canvas) -> None:
    before = canvas.stage.mapToScene(0, 0)
    wheel(canvas, QPoint(200, 200), QPoint(0, -120), Qt.KeyboardModifier.NoModifier)
    assert canvas.stage.mapToScene(0, 0) == before + QPointF(0, 60)
    wheel(canvas, QPoint(200, 200), QPoint(0, 0), Qt.KeyboardModifier.NoModifier, QPoint(15, 7))
    assert canvas.stage.mapToScene(0, 0) == before + QPointF(-15, 53)


def test_from_afar_cards_are_still_selected_and_moved(hand, canvas: Canvas, document: Document) -> None:
    canvas.stage.zoom_to(0.25)
    assert canvas.stage.drawing.far
    hand.click("conv1")
    assert document.selection == {"conv1"}
    start = hand.at("conv1")
    hand.drag(start, start + QPoint(-48, 0))
    assert document.graph.places["conv1"] == Place(-192, 96)
    canvas.stage.zoom_to(1)
    assert not canvas.stage.drawing.far
