"""Starters are whole: they open, check, and lie well on the canvas."""

from itertools import pairwise

import pytest

from engine.assets import assets_folder
from engine.check.checker import check
from engine.layers import layer_type, plain
from engine.project.file import dumps
from engine.project.starters import make_starter, starter_file, starters
from engine.text import Failure, say

GRID = 24
CARD_HEIGHT = 52
DRAWN = [starter.id for starter in starters() if starter.id != "empty"]


@pytest.mark.parametrize("id", DRAWN)
def test_a_starter_has_no_problems(id: str) -> None:
    project = make_starter(id)
    assert check(project.graph, project.data.columns).problems == ()


def test_the_empty_starter_has_no_nodes() -> None:
    assert make_starter("empty").graph.nodes == {}


@pytest.mark.parametrize("id", DRAWN)
def test_cards_lie_on_the_grid_under_each_other(id: str) -> None:
    graph = make_starter(id).graph
    places = [graph.places[name] for name in graph.nodes]
    assert all(place.x % GRID == 0 and place.y % GRID == 0 for place in places)
    assert all(below.y - above.y > CARD_HEIGHT for above, below in pairwise(places))


@pytest.mark.parametrize("starter", starters(), ids=lambda starter: starter.id)
def test_a_starter_says_what_it_is(starter: object) -> None:
    assert say(starter.title) and say(starter.description).endswith(".")  # type: ignore[attr-defined]


@pytest.mark.parametrize("starter", starters(), ids=lambda starter: starter.id)
def test_a_starter_is_saved_as_it_lies_in_the_assets(starter: object) -> None:
    id: str = starter.id  # type: ignore[attr-defined]
    assert dumps(make_starter(id)) == starter_file(id).read_text(encoding="utf-8")


def test_every_file_is_offered() -> None:
    files = {path.stem for path in (assets_folder() / "starters").glob("*.loom")}
    assert files == {starter.id for starter in starters()}


def test_the_mnist_cnn_is_the_textbook_one() -> None:
    nodes = make_starter("mnist-cnn").graph.nodes.values()
    assert [layer_type(node.layer) for node in nodes] == (
        "input conv2d relu max_pool2d conv2d relu max_pool2d conv2d relu flatten linear relu linear output".split()
    )
    assert [plain(node.layer).get("out_channels", 32) for node in nodes if layer_type(node.layer) == "conv2d"] == [
        32,
        64,
        64,
    ]


@pytest.mark.parametrize("id", ["nothing", "../samples/version-1", ""])
def test_an_unknown_starter_is_refused_with_those_there_are(id: str) -> None:
    with pytest.raises(Failure, match="mnist-cnn, mlp, digits, empty"):
        make_starter(id)
