"""Blocks of the library in a drawing that flows to the right, and blocks that fit what comes in."""

from typing import get_args

import pytest

from engine.blocks import Block, BlockLayer, block_layer
from engine.blocks.flowing import flowing
from engine.blocks.library import NAMES, library_block
from engine.check.checker import check
from engine.check.fitting import fitted
from engine.check.judge import judge
from engine.graph import Flow, Spec, spec
from engine.graph.flow import CLOSE, GRID, ROW, along, beside
from engine.layers import make_layer, plain, with_parameters
from engine.project.file import dumps, loads
from engine.project.project import Project

IMAGE = spec("N", 48, 32, 32)
WORDS = spec("N", 20, 64)


def instance(name: str, **values: object) -> BlockLayer:
    made = with_parameters(block_layer(name, library_block(name))(), **values)
    assert isinstance(made, BlockLayer)
    return made


def inner(block: Block, node: str) -> Block:
    layer = block.graph.nodes[node].layer
    assert isinstance(layer, BlockLayer)
    return layer.block


@pytest.mark.parametrize("name", NAMES)
def test_a_row_of_the_library_is_a_column_to_the_right(name: str) -> None:
    down, right = library_block(name).graph, flowing(name, "right", {}).graph
    assert (down.flow, right.flow) == ("down", "right")
    for node, place in down.places.items():
        there = right.places[node]
        assert along("right", there) / ROW["right"] == along("down", place) / ROW["down"]
        assert beside("right", there) / CLOSE["right"] == beside("down", place) / CLOSE["down"]
        assert there.x % GRID == there.y % GRID == 0


@pytest.mark.parametrize("name", NAMES)
def test_only_the_places_are_others(name: str) -> None:
    down, right = library_block(name), flowing(name, "right", {})
    assert flowing(name, "down", {}) is down
    assert (right.parameters, right.summary) == (down.parameters, down.summary)
    assert {n: (plain(o.layer), o.inputs) for n, o in right.graph.nodes.items()} == {
        n: (plain(o.layer), o.inputs) for n, o in down.graph.nodes.items()
    }
    assert check(right.graph, inner=True).specs == check(down.graph, inner=True).specs


def test_what_is_in_a_block_flows_as_it_does() -> None:
    assert inner(flowing("dense_block", "right", {}), "layers") == flowing("dense_layer", "right", {})
    assert inner(flowing("dense_block", "down", {}), "layers") is library_block("dense_layer")


@pytest.mark.parametrize("there", get_args(Flow))
@pytest.mark.parametrize("flow", get_args(Flow))
def test_what_a_project_has_from_the_library_is_not_taken_twice(flow: Flow, there: Flow) -> None:
    own = flowing("dense_layer", there, {})
    assert inner(flowing("dense_block", flow, {"dense_layer": own}), "layers") == own


def test_what_a_project_calls_the_same_stays_out() -> None:
    own = {"dense_layer": library_block("squeeze_excite")}
    assert inner(flowing("dense_block", "right", own), "layers") == flowing("dense_layer", "right", {})


def test_a_block_that_flows_to_the_right_is_saved() -> None:
    blocks = {"dense_layer": flowing("dense_layer", "right", {})}
    project = Project(blocks={**blocks, "dense_block": flowing("dense_block", "right", blocks)})
    assert loads(dumps(project)) == project


@pytest.mark.parametrize(
    ("name", "value", "set"),
    [
        ("squeeze_excite", IMAGE, {"channels": 48}),
        ("inverted_residual", IMAGE, {"out_channels": 48}),
        ("basic_block", IMAGE, {"out_channels": 48}),
        ("bottleneck", IMAGE, {"width": 12}),
        ("transformer_encoder", WORDS, {"d_model": 64}),
        ("inception", IMAGE, {}),
        ("squeeze_excite", spec("N", 64, 8, 8), {}),
        ("squeeze_excite", WORDS, {}),  # another fix comes first
    ],
)
def test_a_block_is_made_to_take_what_comes_in(name: str, value: Spec, set: dict[str, object]) -> None:
    layer = instance(name)
    fit = fitted(layer, (value,))
    assert plain(fit) == set
    assert (fit is layer) == (not set)
    assert not set or judge(fit, (value,)).outputs


def test_what_is_to_be_kept_is_kept() -> None:
    assert plain(fitted(instance("squeeze_excite"), (IMAGE,), {"channels"})) == {}
    narrow = instance("squeeze_excite", squeeze_channels=8)
    assert plain(fitted(narrow, (IMAGE,), {"squeeze_channels"})) == {"channels": 48, "squeeze_channels": 8}


@pytest.mark.parametrize("values", [(), (None,), (IMAGE, IMAGE)])
def test_where_not_all_is_known_a_block_stays_as_it_is(values: tuple[Spec | None, ...]) -> None:
    layer = instance("squeeze_excite")
    assert fitted(layer, values) is layer


def test_layers_of_the_catalogue_stay_as_they_are() -> None:
    layer = make_layer("group_norm", {})
    value = spec("N", 3, 32, 32)
    assert judge(layer, (value,)).fault
    assert fitted(layer, (value,)) is layer
