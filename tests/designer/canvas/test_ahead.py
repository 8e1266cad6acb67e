"""What may come into sight next is made ready between frames."""

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QGuiApplication, QPainterPath
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.canvas import scene
from designer.canvas.ahead import SLACK, WAYS, WORDS, Ahead, _without
from designer.canvas.far import _names
from designer.canvas.sheet import Sheet
from designer.canvas.stage import Stage
from designer.canvas.view import Canvas
from designer.canvas.wire_item import WireItem
from designer.document import Document
from designer.theme.tokens import CARD_WIDTH
from engine.graph import Graph, Node, Outlet, Place
from engine.layers import Layer, make_layer
from engine.project.project import Project
from tests.designer.shown import in_front

ROWS = 60


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    """A long column of cards, seen from its top."""
    nodes: dict[str, Node[Layer]] = {"n0": Node(make_layer("relu", {}))}
    for row in range(1, ROWS):
        nodes[f"n{row}"] = Node(make_layer("relu", {}), {"value": (Outlet(f"n{row - 1}", "output"),)})
    document = Document()
    document.start(Project().with_graph(Graph(nodes, {name: Place(0, 96 * row) for row, name in enumerate(nodes)})))
    canvas = in_front(qtbot, Canvas(document), 700, 500)
    canvas.stage.zoom_to(1)
    canvas.stage.centerOn(90, 200)
    drawing = canvas.stage.drawing
    drawing._ahead = Ahead(drawing.sheet)
    for wire in drawing.wires.values():
        wire.forget_way()
    for card in drawing.nodes.values():
        card.look = None
    drawing.spoilt.emit(None)
    settle(canvas.stage)
    return canvas.stage


def settle(stage: Stage) -> None:
    """Everything is done that is done between frames."""
    stage.viewport().repaint()
    while stage.drawing._later.isActive():
        QApplication.processEvents()


def ready(stage: Stage) -> tuple[int, int]:
    """How many cards, from the first on, are ready to be painted, and how many wires have their way."""
    drawing = stage.drawing
    cards = [item.look is not None for item in drawing.nodes.values()]
    wires = [item.found for item in sorted(drawing.wires.values(), key=lambda item: item.line.y1())]
    return sum(cards), sum(wires)


def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[WireItem]:
    """The wires whose ways are looked for from now on."""
    asked: list[WireItem] = []
    way = Sheet.way

    def noted(sheet: Sheet, item: WireItem) -> QPainterPath:
        asked.append(item)
        return way(sheet, item)

    monkeypatch.setattr(Sheet, "way", noted)
    return asked


def test_what_lies_around_is_ready_and_no_more(stage: Stage) -> None:
    foot = stage.seen().bottom()
    cards, wires = ready(stage)
    assert (foot + WORDS[-1] - SLACK) / 96 - 2 <= cards <= (foot + WORDS[-1]) / 96 + 2
    assert (foot + WAYS / 2) / 96 - 2 <= wires <= (foot + WAYS) / 96 + 3


def test_what_comes_into_sight_was_ready(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_for(monkeypatch)
    for _ in range(3):
        stage.scroll_by(QPoint(0, 100))
        stage.viewport().repaint()
        assert not asked
        settle(stage)
        asked.clear()
    assert ready(stage)[0] > 10


def test_the_names_of_blocks_are_ready_too(stage: Stage) -> None:
    stage.zoom_to(0.3)
    settle(stage)
    foot = stage.seen().bottom()
    named = _names(QGuiApplication.font().key())
    wires = ready(stage)[1]
    assert (foot + WAYS / 0.6) / 96 - 2 <= wires <= (foot + WAYS / 0.3) / 96 + 3
    assert all((f"n{row}", CARD_WIDTH) in named for row in range(int((foot + WORDS[-1] / 0.3) / 96) - 2))


def test_what_is_in_sight_finds_its_way_first(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene, "PAINT_SECONDS", 0)
    drawing = stage.drawing
    for wire in drawing.wires.values():
        wire.forget_way()
    seen = drawing.wires_in(stage.seen())
    drawing.sheet.waiting.update(dict.fromkeys(drawing.wires.values()))
    stage._renew_ground()
    stage.viewport().repaint()
    asked = asked_for(monkeypatch)
    settle(stage)
    assert set(asked[: len(seen)]) == set(seen) and len(asked) == len(drawing.wires)


def test_from_very_far_nothing_has_to_be_ready(stage: Stage) -> None:
    before = ready(stage)
    stage.zoom_to(0.1)
    settle(stage)
    assert ready(stage) == before


def test_cards_that_are_gone_are_left_alone(stage: Stage) -> None:
    document = stage.document
    stage.scroll_by(QPoint(0, 1500))
    stage.viewport().repaint()
    document.start(Project())
    settle(stage)
    assert not stage.drawing.nodes


@pytest.mark.parametrize(
    "ready", [QRectF(), QRectF(20, 20, 10, 10), QRectF(-5, 20, 30, 100), QRectF(0, 0, 100, 40), QRectF(200, 0, 9, 9)]
)
def test_what_is_looked_through_is_what_is_not_ready(ready: QRectF) -> None:
    wanted = QRectF(0, 0, 100, 100)
    boxes = [QRectF(left, top, right - left, bottom - top) for left, top, right, bottom in _without(wanted, ready)]
    common = wanted & ready
    assert sum(box.width() * box.height() for box in boxes) == 10_000 - common.width() * common.height()
    assert all(wanted.contains(box) and not box.intersects(ready) for box in boxes)
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
