"""Where the arrows lead."""

import pytest
from PySide6.QtCore import QPointF

from designer.canvas.walking import Paths, Trail, first_input, last_output, nearest_to, wires_at
from engine.graph import Graph, Place, edits
from engine.layers import Layer


@pytest.fixture
def diamond(draw) -> Graph[Layer]:  # type: ignore[no-untyped-def]
    """image above; left and right side by side; both into sum, below it output; alone far to the right."""
    graph = draw(
        {
            "image": ("input", {}),
            "left": ("relu", {}, "image"),
            "right": ("tanh", {}, "image"),
            "sum": ("add", {}, "left", "right"),
            "out": ("output", {}, "sum"),
            "alone": ("linear", {}),
        }
    )
    places = {
        "image": Place(0, 0),
        "left": Place(-120, 96),
        "right": Place(120, 96),
        "sum": Place(0, 192),
        "out": Place(0, 288),
        "alone": Place(900, 96),
    }
    return edits.move(graph, places)


@pytest.mark.parametrize(
    ("here", "way", "there"),
    [
        ("sum", "down", "out"),
        ("out", "up", "sum"),
        ("left", "right", "right"),
        ("right", "left", "left"),
        ("right", "right", "alone"),
        ("alone", "left", "right"),
        ("out", "down", None),
        ("image", "up", None),
        ("left", "left", None),
    ],
)
def test_an_arrow_goes_along_the_wires_and_among_branches(
    diamond: Graph[Layer], here: str, way: str, there: str | None
) -> None:
    assert Trail().step(diamond, here, way) == there  # type: ignore[arg-type]


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_way_back_is_the_way_one_came(diamond: Graph[Layer], side: str) -> None:
    trail = Trail()
    assert trail.step(diamond, side, "down") == "sum"
    assert trail.step(diamond, "sum", "up") == side
    assert trail.step(diamond, side, "up") == "image"
    assert trail.step(diamond, "image", "down") == side


def test_a_way_back_that_is_gone_is_forgotten(diamond: Graph[Layer]) -> None:
    trail = Trail()
    trail.step(diamond, "left", "down")
    cut = edits.remove(diamond, ["left"], heal=False)
    assert trail.step(cut, "sum", "up") == "right"


def test_a_drawing_that_flows_to_the_right_is_walked_to_the_right(draw) -> None:  # type: ignore[no-untyped-def]
    graph = draw({"a": ("input", {}), "b": ("relu", {}, "a"), "c": ("relu", {}, "b"), "d": ("relu", {}, "a")})
    graph = edits.move(graph, {"a": Place(0, 0), "b": Place(240, 0), "c": Place(480, 0), "d": Place(240, 80)})
    trail = Trail()
    assert trail.step(graph, "a", "right") == "b"
    assert trail.step(graph, "b", "right") == "c"
    assert trail.step(graph, "c", "left") == "b"
    assert trail.step(graph, "b", "down") == "d"


def test_from_a_node_without_wires_one_goes_to_what_lies_there(diamond: Graph[Layer]) -> None:
    assert Paths(diamond).ahead("alone", "left") == {"image", "left", "right", "sum", "out"}


def test_the_ends_of_the_drawing(diamond: Graph[Layer]) -> None:
    assert first_input(diamond) == "image"
    assert last_output(diamond) == "out"
    assert first_input(Graph()) is None and last_output(Graph()) is None


def test_the_nearest_to_a_point(diamond: Graph[Layer]) -> None:
    assert nearest_to(diamond, QPointF(92, 230)) == "sum"
    assert nearest_to(Graph(), QPointF(0, 0)) is None


def test_the_wires_of_a_node_come_in_before_they_leave(diamond: Graph[Layer]) -> None:
    assert [(w.source.node, w.target.node) for w in wires_at(diamond, "sum")] == [
        ("left", "sum"),
        ("right", "sum"),
        ("sum", "out"),
    ]
    assert [w.target.node for w in wires_at(diamond, "image")] == ["left", "right"]
