"""A canvas on the screen, and a hand that works it with real mouse and key events."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.canvas.ports import End
from designer.canvas.view import Canvas
from designer.document import Document
from designer.theme import theme
from engine.graph import Graph, Inlet, Outlet, Place, edits
from engine.layers import Layer, make_layer
from engine.project.project import Project
from tests.designer.shown import in_front

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class Hand:
    """The user's hand on a canvas: points are places in the scene, ports or nodes by name."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas, self.stage = canvas, canvas.stage
        self.port = canvas.stage.viewport()

    def at(self, what: "str | End | QPointF | Place") -> QPoint:
        """Where a thing is in the view."""
        scene = self.stage.drawing
        if isinstance(what, str):
            point = scene.nodes[what].card().center() + QPointF(40, 0)
        elif isinstance(what, Inlet | Outlet):
            point = scene.nodes[what.node].spot(what)
        else:
            point = QPointF(what.x, what.y) if isinstance(what, Place) else what
        return self.stage.mapFromScene(point)

    def click(self, what: "str | End | QPointF | Place", keys: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.mouseClick(self.port, LEFT, keys, self.at(what))

    def press(self, at: QPoint, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.mousePress(self.port, button, keys, at)

    def move(self, at: QPoint) -> None:
        QTest.mouseMove(self.port, at)

    def release(self, at: QPoint, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.mouseRelease(self.port, button, keys, at)

    def hold(
        self, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEY
    ) -> None:
        """Presses at one point and moves to another, and stays there."""
        self.press(start, button, keys)
        for share in (0.3, 0.7, 1.0):
            self.move(start + (end - start) * share)

    def drag(
        self, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEY
    ) -> None:
        self.hold(start, end, button, keys)
        self.release(end, button, keys)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.stage, key, keys)


@pytest.fixture(autouse=True)
def dark() -> Iterator[None]:
    """Every test begins with the dark theme."""
    yield
    if theme.tokens.name != "dark":
        theme.choose("dark")


@pytest.fixture
def column() -> Graph[Layer]:
    """image → conv1 → relu1, one below the other, and linear1 beside them without a wire."""
    graph: Graph[Layer] = Graph()
    kinds = {"image": "input", "conv1": "conv2d", "relu1": "relu", "linear1": "linear"}
    for row, (name, kind) in enumerate(kinds.items()):
        place = Place(0, 96 * row) if name != "linear1" else Place(264, 192)
        graph = edits.add(graph, name, make_layer(kind, {}), place)
    for source, target in (("image", "conv1"), ("conv1", "relu1")):
        port = type(graph.nodes[target].layer).about.inputs[0].name
        graph = edits.connect(graph, Outlet(source, "output"), Inlet(target, port))
    return graph


@pytest.fixture
def document(qtbot: QtBot, column: Graph[Layer]) -> Document:
    document = Document()
    document.start(Project().with_graph(column))
    return document


@pytest.fixture
def canvas(qtbot: QtBot, document: Document) -> Canvas:
    canvas = in_front(qtbot, Canvas(document), 900, 700)
    canvas.stage.centerOn(200, 150)
    canvas.stage.setFocus()
    return canvas


@pytest.fixture
def hand(canvas: Canvas) -> Hand:
    return Hand(canvas)
