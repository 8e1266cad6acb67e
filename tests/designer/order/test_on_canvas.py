"""Order on the canvas, worked with real mouse and key events."""

import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from designer.blocks import commands as blocks
from designer.canvas.view import Canvas
from designer.document import Document
from designer.order import arranger, motion
from designer.order.arranger import Arranger, Working
from designer.order.guides import GuideLines
from engine.graph import Graph, Inlet, Outlet, Place, Wire, edits
from engine.layers import Layer, make_layer
from engine.project.project import Project
from engine.text import Text, text
from tests.benchmarks.soundness import stale
from tests.designer.canvas.conftest import Hand

ALT = Qt.KeyboardModifier.AltModifier


def long_chain(count: int) -> Graph[Layer]:
    """So many layers one after another, all in one place."""
    graph: Graph[Layer] = edits.add(Graph(), "n0", make_layer("input", {}), Place(0, 0))
    for number in range(1, count):
        graph = edits.add(graph, f"n{number}", make_layer("relu", {}), Place(24 * (number % 7), 12 * number))
        graph = edits.connect(graph, Outlet(f"n{number - 1}", "output"), Inlet(f"n{number}", "value"))
    return graph


def crosses(canvas: Canvas, wire: Wire, name: str) -> bool:
    path, card = canvas.stage.drawing.wires[wire].path(), canvas.stage.drawing.nodes[name].card()
    return any(card.contains(path.pointAtPercent(step / 200)) for step in range(201))


def guides_of(canvas: Canvas) -> list[GuideLines]:
    return [item for item in canvas.stage.drawing.items() if isinstance(item, GuideLines)]


@pytest.fixture
def large(canvas: Canvas, document: Document) -> Iterator[Arranger]:
    """A drawing that is laid out in a process of its own."""
    document.start(Project().with_graph(long_chain(150)))
    yield canvas.arranger
    canvas.arranger.cancel()


def test_a_dragged_card_snaps_to_the_card_above_and_shows_it(canvas: Canvas, hand: Hand, document: Document) -> None:
    document.edit(_title(), edits.move(document.graph, {"relu1": Place(5, 192)}))
    document.undo_stack.clear()
    start = hand.at("linear1")
    hand.hold(start, start + QPoint(-256, 100))
    (guides,) = guides_of(canvas)
    assert canvas.stage.drawing.nodes["linear1"].x == 5
    assert any(guide.x1 == guide.x2 == 5 + 92 and guide.room for guide in guides.guides)
    hand.release(start + QPoint(-256, 100))
    assert document.graph.places["linear1"].x == 5
    assert guides_of(canvas) == []
    assert document.undo_stack.count() == 1


def test_alt_keeps_a_dragged_card_off_guides_and_grid(canvas: Canvas, hand: Hand, document: Document) -> None:
    start = hand.at("linear1")
    hand.press(start, keys=ALT)
    gesture = canvas.stage.gesture
    assert gesture
    at = canvas.stage.pointer_at(QPointF(start + QPoint(-260, 101)), ALT)
    gesture.move(at)
    assert canvas.stage.drawing.nodes["linear1"].pos() == QPointF(4, 293)
    assert guides_of(canvas)[0].guides == ()
    canvas.stage.cancel()
    assert guides_of(canvas) == []


def test_escape_takes_the_guides_away(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.hold(hand.at("linear1"), hand.at("linear1") + QPoint(-256, 100))
    assert guides_of(canvas)
    hand.key(Qt.Key.Key_Escape)
    assert guides_of(canvas) == []
    assert document.graph.places["linear1"] == Place(264, 192)


@pytest.mark.parametrize("what", ["node", "band", "wire"])
def test_the_view_scrolls_while_something_is_held_at_its_edge(
    canvas: Canvas, hand: Hand, qtbot: QtBot, document: Document, what: str
) -> None:
    starts = {"node": hand.at("linear1"), "band": hand.at(Place(500, 20)), "wire": hand.at(Outlet("relu1", "output"))}
    edge = QPoint(starts[what].x(), canvas.stage.viewport().height() - 4)
    top = canvas.stage.seen().top()
    hand.hold(starts[what], edge)
    qtbot.waitUntil(lambda: canvas.stage.seen().top() > top + 100)
    if what == "node":
        lower = canvas.stage.drawing.nodes["linear1"].y
        assert lower > 192 + edge.y() - starts[what].y()
    canvas.stage.cancel()
    assert not canvas.stage._edge._timer.isActive()
    stayed = canvas.stage.seen().top()
    hand.move(hand.at("conv1"))
    assert canvas.stage.seen().top() == stayed


def test_what_is_pressed_near_the_edge_does_not_scroll_until_it_goes_there(canvas: Canvas, hand: Hand) -> None:
    start = QPoint(450, canvas.stage.viewport().height() - 12)
    hand.hold(start, start - QPoint(40, 0))
    assert not canvas.stage._edge._timer.isActive()
    hand.move(start + QPoint(0, 10))
    assert canvas.stage._edge._timer.isActive()
    hand.release(start + QPoint(0, 10))
    assert not canvas.stage._edge._timer.isActive()


def test_arranging_is_one_step(canvas: Canvas, hand: Hand, document: Document) -> None:
    before = document.graph.places
    hand.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "arrange"
    assert len({document.graph.places[name].x for name in ("image", "conv1", "relu1")}) == 1
    document.undo_stack.undo()
    assert document.graph.places == before


def test_arranging_the_selection_moves_nothing_else(canvas: Canvas, document: Document) -> None:
    document.edit(_title(), edits.move(document.graph, {"conv1": Place(700, 5), "relu1": Place(-300, 0)}))
    before = document.graph.places
    document.select({"conv1", "relu1"})
    canvas.actions_by_id["arrange_selection"].trigger()
    after = document.graph.places
    assert {name: after[name] for name in ("image", "linear1")} == {n: before[n] for n in ("image", "linear1")}
    assert after["conv1"].x == after["relu1"].x
    assert after["conv1"].y + 96 == after["relu1"].y


@pytest.mark.parametrize("id", ["align_left", "align_middle", "distribute_across"])
def test_aligning_is_one_step_that_can_be_undone(canvas: Canvas, document: Document, id: str) -> None:
    document.edit(_title(), edits.move(document.graph, {"conv1": Place(210, 70), "relu1": Place(500, 31)}))
    document.undo_stack.clear()
    before = document.graph.places
    document.select({"image", "conv1", "relu1"})
    canvas.actions_by_id[id].trigger()
    assert document.undo_stack.count() == 1
    assert document.graph.places["linear1"] == before["linear1"]
    assert document.graph.places != before
    document.undo_stack.undo()
    assert document.graph.places == before


def test_a_large_drawing_is_laid_out_beside_the_window(large: Arranger, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(large.ended, timeout=30_000) as ended:
        large.start(None)
        assert large.running
        assert document.undo_stack.count() == 0
    assert ended.args == [True]
    places = document.graph.places
    assert [places[f"n{n}"].y - places["n0"].y for n in range(150)] == [96 * n for n in range(150)]
    assert document.undo_stack.count() == 1


def test_escape_gives_a_layout_up(large: Arranger, hand: Hand, document: Document, qtbot: QtBot) -> None:
    before = document.graph.places
    large.start(None)
    with qtbot.waitSignal(large.ended) as ended:
        hand.key(Qt.Key.Key_Escape)
    assert ended.args == [False]
    assert not large.running
    assert document.graph.places == before


def test_a_layout_that_takes_its_time_can_be_given_up_by_a_button(
    large: Arranger, canvas: Canvas, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arranger, "command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(arranger, "TICK_MS", 10)
    large.start(None)
    qtbot.waitUntil(lambda: canvas.findChild(Working) is not None)
    qtbot.waitUntil(lambda: canvas.findChild(Working).seconds.text() in ("0 s", "1 s"))
    button = canvas.findChild(Working).findChild(QPushButton)
    with qtbot.waitSignal(large.ended):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: canvas.findChild(Working) is None)
    assert document.undo_stack.count() == 0


def test_what_was_deleted_meanwhile_stays_away(large: Arranger, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(large.ended, timeout=30_000):
        large.start(None)
        document.edit(_title(), edits.remove(document.graph, ["n75"]))
    assert "n75" not in document.graph.nodes
    assert document.graph.places["n76"].y - document.graph.places["n74"].y == 192


def test_a_project_shown_while_the_last_of_a_layout_is_done_stays_as_it_is(
    large: Arranger, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, lay_out = threading.Event(), arranger.laid_out

    def slow(*arguments: Any) -> Graph[Layer]:
        QTimer.singleShot(0, document, other)
        assert goes_on.wait(60)
        return lay_out(*arguments)

    def other() -> None:
        document.start(Project().with_graph(long_chain(20)))
        goes_on.set()

    monkeypatch.setattr(arranger, "MANY", 1)
    monkeypatch.setattr(arranger, "laid_out", slow)
    with qtbot.waitSignal(large.ended, timeout=30_000) as ended:
        large.start(None)
    assert ended.args == [False] and document.graph == long_chain(20)


def test_a_layout_that_cannot_start_says_so(
    large: Arranger, canvas: Canvas, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arranger, "command", lambda: ["/nowhere/at/all"])
    said: list[str] = []
    canvas.stage.hinted.connect(lambda words, at, fades: said.append(words))
    with qtbot.waitSignal(large.ended) as ended:
        large.start(None)
    assert ended.args == [False]
    assert said and "Nothing has changed" in said[0]
    assert document.undo_stack.count() == 0


def test_cards_glide_to_their_places(
    canvas: Canvas, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(motion, "motion_ms", lambda: 150)
    document.edit(_title(), edits.move(document.graph, {"conv1": Place(340, 0)}))
    canvas.arranger.start(None)
    place, item = document.graph.places["conv1"], canvas.stage.drawing.nodes["conv1"]
    assert item.pos() != QPointF(*place)
    qtbot.waitUntil(lambda: item.pos() == QPointF(*place))


def test_the_minimap_shows_cards_where_they_have_glided_to(
    canvas: Canvas, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(motion, "motion_ms", lambda: 150)
    document.edit(_title(), edits.move(document.graph, {"conv1": Place(340, 0), "linear1": Place(0, 2000)}))
    canvas.arranger.start(None)
    canvas.minimap.grab()  # painted on the way
    place, item = document.graph.places["conv1"], canvas.stage.drawing.nodes["conv1"]
    qtbot.waitUntil(lambda: item.pos() == QPointF(*place))
    shown = canvas.minimap.grab().toImage()
    canvas.minimap.renew()
    assert canvas.minimap.grab().toImage() == shown


def test_another_edit_ends_the_gliding(
    canvas: Canvas, document: Document, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(motion, "motion_ms", lambda: 60_000)
    document.edit(_title(), edits.move(document.graph, {"conv1": Place(340, 0)}))
    canvas.arranger.start(None)
    document.edit(_title(), edits.set_label(document.graph, "relu1", "here"))
    assert canvas.stage.drawing.nodes["conv1"].pos() == QPointF(*document.graph.places["conv1"])


def test_who_goes_into_a_block_meanwhile_finds_all_where_it_belongs(
    canvas: Canvas, document: Document, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    document.select(["relu1"])
    blocks.group(document, "part")
    (block,) = document.selection
    monkeypatch.setattr(motion, "motion_ms", lambda: 60_000)
    document.edit(_title(), edits.move(document.graph, {"conv1": Place(340, 0)}))
    canvas.arranger.start(None)
    assert canvas.stage.drawing.nodes["conv1"].pos() != QPointF(*document.graph.places["conv1"])
    blocks.enter(document, block)
    blocks.leave(document)
    assert canvas.stage.drawing.nodes["conv1"].pos() == QPointF(*document.graph.places["conv1"])
    assert not stale(canvas)


def test_a_skip_bends_around_the_card_between_until_that_is_gone(canvas: Canvas, document: Document) -> None:
    skip = Wire(Outlet("image", "output"), Inlet("relu1", "value"))
    document.edit(_title(), edits.connect(document.graph, skip.source, skip.target))
    scene = canvas.stage.drawing
    assert not crosses(canvas, skip, "conv1")
    assert not scene.wires[skip].straight()
    document.edit(_title(), edits.move(document.graph, {"conv1": Place(600, 96)}))
    assert scene.wires[skip].straight()
    document.edit(_title(), edits.move(document.graph, {"conv1": Place(0, 96)}))
    assert not crosses(canvas, skip, "conv1")


def _title() -> Text:
    return text("change")
