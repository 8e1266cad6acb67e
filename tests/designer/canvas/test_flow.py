"""Cards, ports and wires of a drawing that flows to the right, and of one that flows downwards."""

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication

from designer.canvas import clipboard, commands
from designer.canvas.hits import Hit, hit, nodes_within, wire_under_card
from designer.canvas.ports import ports_of, size_for, size_in, size_of
from designer.canvas.sheet import Sheet
from designer.canvas.view import Canvas
from designer.canvas.walking import Trail, first_input, last_output, wires_at
from designer.canvas.wire_item import curve
from designer.document import Document
from designer.layout import placed
from engine.check.checker import check
from engine.graph import Flow, Graph, Inlet, Node, Outlet, Place, Wire, edits
from engine.layers import Layer, make_layer
from engine.project.project import Project
from engine.text import text
from tests.designer.canvas.conftest import Hand
from tests.designer.canvas.test_drops import Window, drag, window

__all__ = ["window"]

FLOWS = get_args(Flow)
POINTS = st.builds(QPointF, st.integers(-900, 900), st.integers(-900, 900))
TITLE = text("edit")
RELU_LINEAR = Wire(Outlet("relu1", "output"), Inlet("linear1", "value"))


@pytest.fixture
def column(column: Graph[Layer]) -> Graph[Layer]:
    """image → conv1 → relu1 from left to right, and linear1 below relu1 without a wire."""
    places = {"image": Place(0, 0), "conv1": Place(264, 0), "relu1": Place(528, 0), "linear1": Place(528, 96)}
    return replace(column, places=places, flow="right")


@given(st.integers(0, 30), st.sampled_from(FLOWS))
def test_ports_lie_on_the_cards_edges_in_their_order_each_with_a_target_of_its_own(count: int, flow: Flow) -> None:
    sources = tuple(Outlet(f"n{number}", "output") for number in range(count))
    ports = ports_of("sum", Node(make_layer("add", {}), {"parts": sources} if sources else {}), flow=flow)
    assert ports.size == size_for(count + 1, flow) == size_of(Node(make_layer("add", {}), {"parts": sources}), flow)
    spots = [ports.place(end) for end in ports.inlets]
    edge, along = [(p.x(), p.y()) if flow == "right" else (p.y(), p.x()) for p in spots], ports.size
    length = along.height if flow == "right" else along.width
    assert all(side == 0 and 0 < at < length for side, at in edge)
    assert all(after - before >= 20 for (_, before), (_, after) in pairwise(edge))
    (out,) = ports.outlets
    assert (ports.place(out).x() == along.width) if flow == "right" else (ports.place(out).y() == along.height)


def test_the_first_ports_of_cards_in_a_row_lie_in_one_line_to_the_right() -> None:
    kinds = ("relu", "add", "concat", "multi_head_attention", "conv2d")
    found = [ports_of("n", Node(make_layer(kind, {})), flow="right") for kind in kinds]
    heights = {ports.place(row[0]).y() for ports in found for row in (ports.inlets, ports.outlets)}
    assert heights == {26}
    assert {size_of(Node(make_layer(kind, {})), "right").width for kind in kinds} == {184}


@given(POINTS, POINTS)
def test_a_curve_to_the_right_is_one_downwards_turned(start: QPointF, end: QPointF) -> None:
    down, right = curve(start, end), curve(start.transposed(), end.transposed(), flow="right")
    for step in range(11):
        one, other = down.pointAtPercent(step / 10), right.pointAtPercent(step / 10)
        assert (one - other.transposed()).manhattanLength() < 1e-6


@given(POINTS, POINTS)
def test_a_wire_that_goes_forward_goes_right(start: QPointF, end: QPointF) -> None:
    path = curve(start, end, flow="right")
    assert (path.pointAtPercent(0), path.pointAtPercent(1)) == (start, end)
    if end.x() - start.x() >= 60:  # the room between two cards is 80
        across = [path.pointAtPercent(step / 40).x() for step in range(41)]
        assert across == sorted(across)


@given(POINTS, st.sampled_from(FLOWS))
def test_a_wire_is_looked_for_wherever_it_may_be_painted(at: QPointF, flow: Flow) -> None:
    graph: Graph[Layer] = edits.add(Graph(flow=flow), "image", make_layer("input", {}), Place(0, 0))
    graph = edits.add(graph, "relu1", make_layer("relu", {}), Place(at.x(), at.y()))
    graph = edits.connect(graph, Outlet("image", "output"), Inlet("relu1", "value"))
    (item,) = Sheet(graph, check(graph)).wires.values()
    item.forget_way()
    left, top, right, bottom = item.box()
    before = QRectF(QPointF(left, top), QPointF(right, bottom))
    assert before.contains(item.path().boundingRect().adjusted(-1, -1, 1, 1))  # an empty one lies in nothing


def test_the_canvas_has_inputs_at_the_left_and_outputs_at_the_right(canvas: Canvas) -> None:
    drawing = canvas.stage.drawing
    assert drawing.nodes["conv1"].spot(Inlet("conv1", "image")) == QPointF(264, 26)
    assert drawing.nodes["conv1"].spot(Outlet("conv1", "output")) == QPointF(448, 26)
    assert hit(drawing, QPointF(455, 30)) == Hit(end=Outlet("conv1", "output"))
    assert hit(drawing, QPointF(350, 52)) == Hit(node="conv1")
    assert hit(drawing, QPointF(488, 26)).wire == Wire(Outlet("conv1", "output"), Inlet("relu1", "value"))


def test_a_wire_is_drawn_with_the_mouse(hand: Hand, document: Document) -> None:
    hand.drag(hand.at(RELU_LINEAR.source), hand.at(RELU_LINEAR.target))
    assert RELU_LINEAR in set(document.graph.wires())


def test_a_card_with_many_ports_is_high_and_is_hit_all_over(canvas: Canvas, document: Document) -> None:
    sources = tuple(Outlet("image", "output") for _ in range(4))
    graph = edits.add(document.graph, "joined", make_layer("concat", {}), Place(792, 0))
    for slot, source in enumerate(sources):
        graph = edits.connect(graph, source, Inlet("joined", "parts", slot))
    document.edit(TITLE, graph)
    item = canvas.stage.drawing.nodes["joined"]
    assert (item.width, item.height) == (184, 52 + 4 * 24)
    assert hit(canvas.stage.drawing, QPointF(880, 140)) == Hit(node="joined")
    assert nodes_within(canvas.stage.drawing, item.card().adjusted(9, 100, -9, -9)) == {"joined"}
    assert [item.spot(end).y() for end in item.ports.inlets] == [26, 50, 74, 98, 122]
    assert item.end_at(QPointF(794, 99)) == Inlet("joined", "parts", 3)


def test_what_is_dropped_on_a_wire_makes_room_to_the_right(canvas: Canvas, document: Document) -> None:
    wire = wire_under_card(canvas.stage.drawing, QPointF(396, 10))
    assert wire == wire_under_card(canvas.stage.drawing, QPointF(500, 0))  # its side is on the wire
    assert wire == Wire(Outlet("conv1", "output"), Inlet("relu1", "value"))
    assert wire_under_card(canvas.stage.drawing, QPointF(396, -20)) is None  # only its lower edge is
    name = commands.insert(document, "dropout", Place(396, 0), wire)
    places = document.graph.places
    assert (places["conv1"], places[name], places["relu1"]) == (Place(264, 0), Place(528, 0), Place(792, 0))
    assert places["linear1"] == Place(528, 96)


@pytest.mark.screen
def test_a_layer_dragged_from_the_palette_onto_a_wire_lies_there_and_makes_room(
    window: Window, document: Document
) -> None:
    stage = window.canvas.stage
    wire = Wire(Outlet("conv1", "output"), Inlet("relu1", "value"))
    stage.centerOn(400, 0)
    drag(window, "dropout", stage.mapFromScene(stage.drawing.wires[wire].middle()))
    assert Wire(Outlet("dropout1", "output"), Inlet("relu1", "value")) in set(document.graph.wires())
    assert [document.graph.places[name] for name in ("dropout1", "relu1")] == [Place(528, 0), Place(792, 0)]
    drag(window, "multi_head_attention", stage.mapFromScene(QPointF(480, -160)))
    item = stage.drawing.nodes["attend1"]
    assert item.height == 148 and (item.card().center() - QPointF(480, -160)).manhattanLength() <= 24


def test_a_skip_goes_past_the_card_between_until_that_is_gone(canvas: Canvas, document: Document) -> None:
    skip = Wire(Outlet("image", "output"), Inlet("relu1", "value"))
    document.edit(TITLE, edits.connect(document.graph, skip.source, skip.target))
    scene = canvas.stage.drawing

    def crosses(name: str) -> bool:
        path, card = scene.wires[skip].path(), scene.nodes[name].card()
        return any(card.contains(path.pointAtPercent(step / 200)) for step in range(201))

    assert not crosses("conv1") and not scene.wires[skip].straight()
    document.edit(TITLE, edits.move(document.graph, {"conv1": Place(264, 400)}))
    assert scene.wires[skip].straight()
    document.edit(TITLE, edits.move(document.graph, {"conv1": Place(264, 0)}))
    assert not crosses("conv1")


def test_a_wire_that_goes_back_goes_around_both_cards(canvas: Canvas, document: Document) -> None:
    places = {"conv1": Place(528, 0), "relu1": Place(0, 0), "image": Place(0, 400)}
    document.edit(TITLE, edits.move(document.graph, places))
    scene = canvas.stage.drawing
    path = scene.wires[Wire(Outlet("conv1", "output"), Inlet("relu1", "value"))].path()
    points = [path.pointAtPercent(step / 200) for step in range(201)]
    assert max(p.x() for p in points) > 712 and min(p.x() for p in points) < 0
    cards = [scene.nodes[name].card().adjusted(1, 1, -1, -1) for name in ("conv1", "relu1")]
    assert not any(card.contains(point) for card in cards for point in points)


def test_what_a_wire_carries_is_written_above_it_where_there_is_room(canvas: Canvas, document: Document) -> None:
    wire = Wire(Outlet("conv1", "output"), Inlet("relu1", "value"))
    item = canvas.stage.drawing.wires[wire]
    assert item.words and not item.label  # 80 pixels from card to card
    document.edit(TITLE, edits.move(document.graph, {"relu1": Place(640, 0)}))
    assert item.label == item.words and item.flat
    document.edit(TITLE, edits.move(document.graph, {"relu1": Place(640, 200)}))
    assert not item.label and not item.flat
    document.select((), {wire})
    assert item.label == item.words


def test_what_is_added_comes_to_the_right_and_never_onto_another(document: Document) -> None:
    document.select({"conv1"})
    first = commands.add_below(document, "relu")
    document.select({"conv1"})
    second = commands.add_below(document, "add")
    places = document.graph.places
    assert (places[first], places[second]) == (Place(528, -96), Place(528, 192))


def test_a_layer_for_a_wire_dropped_on_the_canvas_has_its_port_there(canvas: Canvas, hand: Hand) -> None:
    offered: list[Place] = []
    canvas.stage.offered.connect(lambda end, at: offered.append(Place(at.scene.x(), at.scene.y())))
    hand.drag(hand.at(Outlet("relu1", "output")), hand.at(QPointF(792, -94)))
    chooser = QApplication.activePopupWidget()
    assert chooser and offered
    chooser.choose()  # type: ignore[attr-defined]
    (name,) = canvas.document.selection
    item = canvas.stage.drawing.nodes[name]
    assert (item.x, item.y) == (792, -120)
    assert item.spot(item.ports.inlets[0]) == QPointF(792, -94)


def test_nodes_without_places_lie_after_what_feeds_them(column: Graph[Layer]) -> None:
    graph = placed(replace(column, places={"image": Place(0, 0)}))
    assert graph.places == {
        "image": Place(0, 0),
        "conv1": Place(264, 0),
        "relu1": Place(528, 0),
        "linear1": Place(0, 96),
    }


def test_a_high_card_is_not_covered_by_one_without_a_place(column: Graph[Layer]) -> None:
    graph: Graph[Layer] = Graph(flow="right")
    graph = edits.add(graph, "attention", make_layer("multi_head_attention", {}), Place(0, 0))
    for number in range(4):
        graph = edits.add(graph, f"relu{number}", make_layer("relu", {}))
    graph = placed(graph)
    bottom = size_in(graph, "attention").height
    assert all(graph.places[f"relu{number}"].y >= bottom for number in range(4))


def test_keys_walk_along_the_wires_to_the_sides(column: Graph[Layer]) -> None:
    trail = Trail()
    assert trail.step(column, "conv1", "right") == "relu1" and trail.step(column, "conv1", "left") == "image"
    assert trail.step(column, "relu1", "down") == "linear1"
    alone = edits.remove(column, ["image"], heal=False)
    assert (first_input(alone), last_output(alone)) == ("conv1", "relu1")
    turned = replace(edits.move(alone, {"conv1": Place(0, 900)}), flow="right")
    assert first_input(turned) == "conv1"
    both = edits.connect(column, Outlet("conv1", "output"), Inlet("linear1", "value"))
    assert [wire.target.node for wire in wires_at(both, "conv1")][1:] == ["relu1", "linear1"]


def test_a_piece_that_flows_downwards_is_turned_when_pasted(
    qapp: object, document: Document, column: Graph[Layer]
) -> None:
    other = Document()
    places = {"conv1": Place(480, 96), "relu1": Place(480, 192)}
    other.start(Project().with_graph(replace(column, flow="down", places={**column.places, **places})))
    other.select({"conv1", "relu1"})
    clipboard.copy(other)
    clipboard.paste(document, Place(0, 480))
    pasted = {name: document.graph.places[name] for name in document.selection}
    assert sorted(pasted.values()) == [Place(0, 480), Place(264, 480)]
    clipboard.copy(document)
    clipboard.paste(document, Place(0, 600))
    assert sorted(document.graph.places[name] for name in document.selection) == [Place(0, 600), Place(264, 600)]


def test_another_flow_is_shown_at_once_and_undone(canvas: Canvas, document: Document) -> None:
    sheet = canvas.stage.drawing.sheet
    before = {wire: item.path() for wire, item in sheet.wires.items()}
    document.edit(TITLE, replace(document.graph, flow="down"))
    assert sheet.nodes["conv1"].spot(Inlet("conv1", "image")) == QPointF(356, 0)
    assert all(item.path() != before[wire] for wire, item in sheet.wires.items())
    document.undo_stack.undo()
    assert document.graph.flow == "right"
    assert {wire: item.path() for wire, item in sheet.wires.items()} == before
