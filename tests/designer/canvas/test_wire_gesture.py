"""Drawing wires with the mouse."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.canvas.layer_list import LayerList
from designer.canvas.node_item import Mood
from designer.canvas.view import Canvas
from designer.document import Document
from engine.graph import Inlet, Outlet, Wire, edits
from engine.layers import make_layer
from engine.text import text

IMAGE_OUT, CONV_IN, CONV_OUT = Outlet("image", "output"), Inlet("conv1", "image"), Outlet("conv1", "output")
RELU_IN, RELU_OUT, LINEAR_IN = Inlet("relu1", "value"), Outlet("relu1", "output"), Inlet("linear1", "value")
EMPTY = QPointF(330, 20)


def wires(document: Document) -> set[Wire]:
    return set(document.graph.wires())


def opened_list() -> LayerList:
    found = QApplication.activePopupWidget()
    assert isinstance(found, LayerList)
    return found


def test_from_an_output_to_an_input(hand, document) -> None:
    hand.drag(hand.at(RELU_OUT), hand.at(LINEAR_IN))
    assert Wire(RELU_OUT, LINEAR_IN) in wires(document)
    assert document.undo_stack.undoText() == "connect relu1 → linear1"


def test_the_card_that_a_wire_began_at_is_left_when_it_is_dropped(hand, canvas: Canvas) -> None:
    drawing = canvas.stage.drawing
    hand.move(hand.at(RELU_OUT))
    assert drawing.sheet.hovered == "relu1"
    hand.drag(hand.at(RELU_OUT), hand.at("linear1"))
    assert drawing.sheet.hovered == "linear1"
    hand.drag(hand.at(CONV_OUT), hand.at(RELU_IN))
    hand.drag(hand.at(RELU_IN), hand.at(EMPTY))
    assert drawing.sheet.hovered is None


def test_from_an_input_back_to_an_output(hand, document) -> None:
    hand.drag(hand.at(LINEAR_IN), hand.at(RELU_OUT))
    assert Wire(RELU_OUT, LINEAR_IN) in wires(document)


def test_a_drop_on_a_card_takes_its_best_input(hand, document) -> None:
    hand.drag(hand.at(RELU_OUT), hand.at("linear1"))
    assert Wire(RELU_OUT, LINEAR_IN) in wires(document)


def test_a_wire_that_does_not_fit_is_drawn_and_becomes_a_problem_with_a_fix(hand, document) -> None:
    hand.drag(hand.at(RELU_OUT), hand.at(LINEAR_IN))
    problems = [problem for problem in document.report.problems if problem.node == "linear1"]
    assert [problem.severity for problem in problems] == ["error"]
    assert problems[0].fixes


def test_a_circle_is_refused_and_the_reason_stays_beside_the_mouse(hand, document, canvas) -> None:
    before = document.project
    hand.drag(hand.at(RELU_OUT), hand.at(CONV_IN))
    assert document.project is before
    assert "circle" in canvas._notice.text()


def test_ports_that_fit_glow_and_others_dim_and_say_why(hand, document, canvas: Canvas) -> None:
    hand.hold(hand.at(CONV_OUT), hand.at(EMPTY))
    nodes = canvas.stage.drawing.nodes
    assert nodes["relu1"].moods[RELU_IN] is Mood.FITS
    assert nodes["linear1"].moods[LINEAR_IN] is Mood.DIM
    assert nodes["image"].moods[IMAGE_OUT] is Mood.DIM
    assert nodes["conv1"].moods[CONV_IN] is Mood.DIM
    assert not canvas._notice.isVisible()
    hand.key(Qt.Key.Key_Escape)
    assert not nodes["linear1"].moods and not nodes["relu1"].moods


def test_a_port_that_does_not_fit_says_why_on_hover(hand, document, canvas: Canvas) -> None:
    hand.hold(hand.at(RELU_OUT), hand.at(CONV_IN))
    assert canvas._notice.isVisible()
    assert "conv1" in canvas._notice.text()
    hand.key(Qt.Key.Key_Escape)
    assert not canvas._notice.isVisible()


def test_escape_leaves_the_drawing_as_it_was(hand, document, canvas: Canvas) -> None:
    before = document.project
    hand.hold(hand.at(RELU_OUT), hand.at(LINEAR_IN))
    hand.key(Qt.Key.Key_Escape)
    hand.release(hand.at(LINEAR_IN))
    assert document.project is before
    assert not document.undo_stack.canUndo()
    assert canvas.stage.gesture is None


def test_a_wire_is_taken_off_an_input_and_put_on_another(hand, document) -> None:
    hand.drag(hand.at(RELU_IN), hand.at(LINEAR_IN))
    assert Wire(CONV_OUT, LINEAR_IN) in wires(document)
    assert Wire(CONV_OUT, RELU_IN) not in wires(document)
    document.undo_stack.undo()
    assert Wire(CONV_OUT, RELU_IN) in wires(document)


def test_a_wire_taken_off_and_dropped_on_nothing_is_gone(hand, document) -> None:
    hand.drag(hand.at(RELU_IN), hand.at(EMPTY))
    assert wires(document) == {Wire(IMAGE_OUT, CONV_IN)}
    assert document.undo_stack.undoText() == "disconnect conv1 → relu1"


def test_a_wire_put_back_where_it_was_is_no_step(hand, document) -> None:
    start = hand.at(RELU_IN)
    hand.hold(start, hand.at(EMPTY))
    hand.move(start)
    hand.release(start)
    assert not document.undo_stack.canUndo()
    assert Wire(CONV_OUT, RELU_IN) in wires(document)


def test_a_click_on_a_port_does_nothing(hand, document) -> None:
    before = document.project
    hand.click(RELU_IN)
    assert document.project is before


def test_a_wire_dropped_on_nothing_offers_layers_that_fit_and_adds_the_chosen_one(hand, document) -> None:
    hand.drag(hand.at(CONV_OUT), hand.at(EMPTY))
    offered = opened_list()
    offered.search.setText("max pool")
    QTest.keyClick(offered.search, Qt.Key.Key_Return)
    assert Wire(CONV_OUT, Inlet("pool1", "image")) in wires(document)
    assert document.selection == {"pool1"}
    assert abs(document.graph.places["pool1"].y - EMPTY.y()) <= 24


def test_what_a_dropped_wire_adds_covers_no_card(hand, document, canvas: Canvas) -> None:
    conv = canvas.stage.drawing.nodes["conv1"].card()
    hand.drag(hand.at(CONV_OUT), hand.at(QPointF(conv.left() - 24, conv.bottom() - 8)))
    QTest.keyClick(opened_list().search, Qt.Key.Key_Return)
    (added,) = document.selection
    cards = [item.card() for name, item in canvas.stage.drawing.nodes.items() if name != added]
    assert not any(canvas.stage.drawing.nodes[added].card().intersects(card) for card in cards)


def test_the_list_puts_what_fits_first(hand, document) -> None:
    hand.drag(hand.at(CONV_OUT), hand.at(EMPTY))
    offered = opened_list()
    titles = [offered.list.item(row).text() for row in range(offered.list.count())]
    offered.close()
    assert "ReLU" in titles
    assert "Conv1d" not in titles


def test_a_wire_dropped_backwards_adds_what_feeds_it(hand, document) -> None:
    hand.drag(hand.at(LINEAR_IN), hand.at(LINEAR_IN) + QPoint(60, -90))
    offered = opened_list()
    offered.search.setText("flatten")
    QTest.keyClick(offered.search, Qt.Key.Key_Return)
    assert Wire(Outlet("flatten1", "output"), LINEAR_IN) in wires(document)


def test_a_list_that_is_closed_adds_nothing(hand, document) -> None:
    before = document.project
    hand.drag(hand.at(CONV_OUT), hand.at(EMPTY))
    QTest.keyClick(opened_list().search, Qt.Key.Key_Escape)
    assert document.project is before


def test_a_port_that_takes_several_keeps_a_free_slot(hand, document, canvas: Canvas) -> None:
    graph = edits.set_layer(document.graph, "linear1", make_layer("concat", {}))
    document.edit(text("set"), graph)
    for source in (RELU_OUT, CONV_OUT):
        hand.drag(hand.at(source), hand.at(canvas.stage.drawing.nodes["linear1"].ports.inlets[-1]))
    assert document.graph.nodes["linear1"].inputs["parts"] == (RELU_OUT, CONV_OUT)
    assert len(canvas.stage.drawing.nodes["linear1"].ports.inlets) == 3
    first = canvas.stage.drawing.nodes["linear1"].ports.inlets[0]
    hand.drag(hand.at(first), hand.at(EMPTY))
    assert document.graph.nodes["linear1"].inputs["parts"] == (CONV_OUT,)


def test_a_wire_put_on_another_slot_of_its_port_takes_that_ones_place(hand, document, canvas: Canvas) -> None:
    graph = edits.set_layer(document.graph, "linear1", make_layer("concat", {}))
    for slot, source in enumerate((IMAGE_OUT, CONV_OUT, RELU_OUT)):
        graph = edits.connect(graph, source, Inlet("linear1", "parts", slot))
    document.edit(text("set"), graph)
    first, second = canvas.stage.drawing.nodes["linear1"].ports.inlets[:2]
    hand.drag(hand.at(first), hand.at(second))
    assert document.graph.nodes["linear1"].inputs["parts"] == (IMAGE_OUT, RELU_OUT)


def test_a_change_from_elsewhere_ends_the_gesture(hand, document, canvas: Canvas) -> None:
    hand.hold(hand.at(RELU_OUT), hand.at(EMPTY))
    document.edit(text("delete"), edits.remove(document.graph, ["relu1"]))
    assert canvas.stage.gesture is None
    hand.release(hand.at(LINEAR_IN))
    assert "relu1" not in document.graph.nodes
