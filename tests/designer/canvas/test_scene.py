"""What the canvas shows of a drawing."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.canvas import commands
from designer.canvas.hits import Hit
from designer.canvas.tips import tip
from designer.canvas.view import Canvas
from designer.canvas.words import count_words, shape_words, type_words
from designer.document import Document
from designer.theme import theme
from designer.theme.glyphs import glyph
from designer.theme.tokens import DARK, LIGHT
from engine.graph import Graph, Inlet, Node, Outlet, Place, Wire, edits, spec
from engine.layers import Layer, Unknown, make_layer
from engine.project.project import Project
from engine.text import text

CONV_RELU = Wire(Outlet("conv1", "output"), Inlet("relu1", "value"))


@pytest.mark.parametrize(
    ("kind", "parameters", "words"),
    [
        ("conv2d", {}, "Conv2d · 32 · 3×3"),
        ("conv2d", {"out_channels": 64, "stride": [2, 2]}, "Conv2d · 64 · 3×3 · stride 2×2"),
        ("conv2d", {"bias": False}, "Conv2d · 32 · 3×3 · no bias"),
        ("linear", {"out_features": 10}, "Linear · 10"),
        ("dropout", {}, "Dropout · 0.5"),
        ("concat", {"dim": 2}, "Concat · dim 2"),
        ("relu", {}, "ReLU"),
        ("input", {"shape": [3, 32, 32]}, "Input"),
    ],
)
def test_a_card_says_the_parameters_that_matter(kind: str, parameters: dict[str, object], words: str) -> None:
    assert type_words(make_layer(kind, parameters)) == words


def test_a_shape_is_that_of_one_sample() -> None:
    assert shape_words(spec("N", 1, 28, 28)) == "1×28×28"
    assert shape_words(spec("N")) == "1"
    assert shape_words(spec("T", 8)) == "T×8"


@pytest.mark.parametrize(("number", "words"), [(320, "320"), (93_322, "93,322"), (25_600_000, "25.6M")])
def test_counts_fit_on_a_card(number: int, words: str) -> None:
    assert count_words(number) == words


def test_a_card_shows_shape_and_parameters_and_they_follow_an_edit(canvas: Canvas, document: Document) -> None:
    face = canvas.stage.drawing.nodes["conv1"].face
    assert (face.shape, face.parameters) == ("32×26×26", "320")
    document.edit(text("set"), edits.set_layer(document.graph, "conv1", make_layer("conv2d", {"out_channels": 8})))
    assert canvas.stage.drawing.nodes["conv1"].face.shape == "8×26×26"
    assert canvas.stage.drawing.nodes["relu1"].face.shape == "8×26×26"


def test_a_problem_marks_node_port_and_wire(canvas: Canvas, document: Document) -> None:
    wire = Wire(Outlet("relu1", "output"), Inlet("linear1", "value"))
    commands.connect(document, *wire)
    item = canvas.stage.drawing.nodes["linear1"]
    assert item.face.errors == ("value",)
    assert item.port_token(wire.target) == "problem"
    assert canvas.stage.drawing.wires[wire].faulty
    assert "features" in tip(document, Hit(end=wire.target))
    commands.disconnect(document, [wire])
    commands.connect(document, Outlet("image", "output"), Inlet("relu1", "value"))
    assert not canvas.stage.drawing.nodes["relu1"].face.errors


def test_a_tip_shows_text_from_a_file_as_text(canvas: Canvas, document: Document) -> None:
    document.edit(text("label"), edits.set_label(document.graph, "conv1", "<b>bold</b>"))
    assert "&lt;b&gt;bold" in tip(document, Hit(node="conv1"))
    assert "32, 26, 26" in tip(document, Hit(wire=CONV_RELU))
    assert "conv1" in tip(document, Hit(end=CONV_RELU.source))
    assert tip(document, Hit()) == ""


def test_an_unknown_layer_keeps_its_wires(qtbot: QtBot, canvas: Canvas, document: Document) -> None:
    node: Node[Layer] = Node(Unknown("capsule", "{}"), {"left": (Outlet("conv1", "output"),)})
    graph = Graph({**document.graph.nodes, "odd": node}, {**document.graph.places, "odd": Place(264, 300)})
    document.edit(text("add"), graph)
    wire = Wire(Outlet("conv1", "output"), Inlet("odd", "left"))
    assert canvas.stage.drawing.wires[wire].path().pointAtPercent(1) == QPointF(264 + 92, 300)
    assert "capsule" in canvas.stage.drawing.nodes["odd"].face.type


def test_a_wire_from_a_node_that_is_not_there_is_shown(canvas: Canvas, document: Document) -> None:
    nodes = {**document.graph.nodes, "lost": Node(make_layer("relu", {}), {"value": (Outlet("ghost", "output"),)})}
    document.start(Project().with_graph(Graph(nodes, document.graph.places)))
    wire = Wire(Outlet("ghost", "output"), Inlet("lost", "value"))
    assert canvas.stage.drawing.wires[wire].faulty
    commands.disconnect(document, [wire])
    assert wire not in canvas.stage.drawing.wires


def test_a_wire_goes_around_cards_that_lie_between(canvas: Canvas, document: Document) -> None:
    around = Wire(Outlet("image", "output"), Inlet("add1", "parts"))
    graph = edits.add(document.graph, "add1", make_layer("add", {}), Place(0, 288))
    document.edit(text("connect"), edits.connect(graph, *around))
    shown = canvas.stage.drawing.wires[around]
    assert shown.path().boundingRect().left() < 0
    commands.move(document, {"conv1": Place(400, 96), "relu1": Place(400, 192)})
    assert shown.path().boundingRect().left() > 0


def test_the_empty_canvas_says_what_to_do(qtbot: QtBot, canvas: Canvas, document: Document) -> None:
    assert not canvas._empty.isVisible()
    document.start(Project())
    assert canvas._empty.isVisible() and canvas._empty.text()
    commands.add(document, "relu", Place(0, 0))
    assert not canvas._empty.isVisible()


def test_a_node_that_is_added_out_of_sight_is_brought_into_sight(canvas: Canvas, document: Document) -> None:
    canvas.stage.centerOn(9000, 9000)
    name = commands.add_below(document, "relu")
    assert canvas.stage.seen().contains(canvas.stage.drawing.nodes[name].card())


def test_what_is_told_to_screen_readers(canvas: Canvas, document: Document) -> None:
    document.select({"conv1"})
    assert canvas.stage.accessibleDescription() == "4 layers; selected: conv1"


def test_the_minimap_is_there_when_something_is_out_of_sight_and_goes_there(canvas: Canvas) -> None:
    assert not canvas.minimap.isVisible()
    canvas.stage.centerOn(3000, 3000)
    assert canvas.minimap.isVisible()
    QTest.mouseClick(canvas.minimap, Qt.MouseButton.LeftButton, pos=canvas.minimap.rect().center())
    assert canvas.stage.seen().intersects(canvas.stage.drawing.content())


def test_both_themes_are_painted(canvas: Canvas) -> None:
    for tokens in (LIGHT, DARK):
        theme.choose(tokens.name)
        for zoom in (1.0, 0.3):
            canvas.stage.zoom_to(zoom)
            canvas.stage.centerOn(92, 400)
            picture = canvas.grab().toImage()
            corner = canvas.stage.mapFromScene(QPointF(60, 140))
            card = picture.pixelColor(corner * picture.devicePixelRatio())
            seen = {picture.pixelColor(x, 3).name() for x in range(90)}
            assert QColor(tokens.canvas).name() in seen
            assert card == QColor(tokens.card)


def test_panning_paints_what_painting_anew_would(canvas: Canvas) -> None:
    for zoom in (1.0, 0.3):
        canvas.stage.zoom_to(zoom)
        canvas.stage.centerOn(150, 150)
        canvas.stage.viewport().repaint()
        for step in (QPoint(2000, 3), QPoint(-2000, 0), QPoint(13, 7), QPoint(-29, 0), QPoint(0, 31), QPoint(-5, -40)):
            canvas.stage.scroll_by(step)
            canvas.stage.viewport().repaint()
        shifted = canvas.grab().toImage()
        canvas.stage._renew_ground()
        assert canvas.grab().toImage() == shifted


def test_every_family_has_a_glyph_and_a_colour() -> None:
    assert DARK.families.keys() == LIGHT.families.keys()
    paths = [glyph(family) for family in DARK.families]
    assert all(not path.isEmpty() and path.boundingRect().width() <= 16 for path in paths)
    assert len({path.elementCount() for path in paths}) > 6
