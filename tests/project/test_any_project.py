"""Whatever can be drawn survives its file; whatever is in a file gives a project or a sentence."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.assets import assets_folder
from engine.blocks import Block, Lifted, Target, block_layer
from engine.check.report import Column
from engine.graph import (
    Annotations,
    Bookmark,
    Box,
    Flow,
    Frame,
    Graph,
    Node,
    Note,
    Outlet,
    Place,
    name_fault,
)
from engine.graph.annotations import Colour
from engine.layers import Layer, Parameter, Unknown, Wrong, catalogue, read_as
from engine.project.file import dumps, load, loads
from engine.project.project import Data, Project
from engine.project.recipe import Recipe
from engine.project.settings import OPTIMIZERS, known_keys, with_optimizer, with_values
from engine.project.starters import make_starter
from engine.text import Failure, say

NAMES = st.text("abкコñ_09", min_size=1, max_size=6).filter(lambda name: name_fault(name) is None)
WORDS = st.text(max_size=12)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
FLOATS = st.floats(-1e6, 1e6)


def value_of(parameter: Parameter) -> st.SearchStrategy[Any]:
    low, high = max(parameter.range.low, -5), min(parameter.range.high, 9)
    ints = st.integers(int(low), max(int(high), int(low)))
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "int": ints,
        "float": st.floats(low, high),
        "bool": st.booleans(),
        "text": WORDS,
        "choice": st.sampled_from(parameter.choices or ("",)),
        "choices": st.lists(st.sampled_from(parameter.choices or ("",)), max_size=2),
        "ints": st.lists(ints, min_size=parameter.length or 1, max_size=parameter.length or 3),
        "texts": st.lists(WORDS, max_size=3),
    }
    drawn = st.one_of(*(kinds.get(kind, st.just(parameter.default)) for kind in parameter.kinds))
    return st.none() | drawn if parameter.optional else drawn


@st.composite
def layers(draw: st.DrawFn, blocks: Sequence[type[Layer]] = ()) -> Layer:
    if blocks and draw(st.booleans()):
        return made(draw, draw(st.sampled_from(blocks)))
    if draw(st.integers(0, 9)) == 0:
        extra = draw(st.dictionaries(WORDS.filter(lambda key: key not in ("type", "in", "label")), JSON, max_size=3))
        return Unknown("of_tomorrow", json.dumps(extra, ensure_ascii=False))
    return made(draw, catalogue()[draw(st.sampled_from(sorted(catalogue())))])


def made(draw: st.DrawFn, cls: type[Layer]) -> Layer:
    """A layer with other values for some of its parameters."""
    values: dict[str, Any] = {}
    for parameter in cls.about.parameters:
        if draw(st.booleans()):
            values[parameter.name] = draw(value_of(parameter))
            faults: list[Wrong] = []
            read_as(cls, values, faults)
            if faults:
                del values[parameter.name]
    return read_as(cls, values, [])


BOXES = st.builds(Box, FLOATS, FLOATS, st.floats(0, 1e6), st.floats(0, 1e6))
COLOURS = st.sampled_from(get_args(Colour))
ANNOTATIONS = st.builds(
    Annotations,
    st.dictionaries(WORDS, st.builds(Frame, WORDS, BOXES, COLOURS), max_size=2),
    st.dictionaries(WORDS, st.builds(Note, WORDS, BOXES, COLOURS), max_size=2),
    st.dictionaries(WORDS, st.builds(Bookmark, WORDS, BOXES), max_size=2),
)


@st.composite
def graphs(draw: st.DrawFn, blocks: Sequence[type[Layer]] = ()) -> Graph[Layer]:
    names = draw(st.lists(NAMES, unique=True, max_size=4))
    outlets = st.builds(Outlet, st.sampled_from([*names, "gone"]), st.sampled_from(["output", "other"]))
    inputs = st.dictionaries(NAMES, st.lists(outlets, min_size=1, max_size=3).map(tuple), max_size=3)
    nodes = {name: Node(draw(layers(blocks)), draw(inputs), draw(WORDS)) for name in names}
    placed = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    places = {name: Place(draw(FLOATS), draw(FLOATS)) for name in placed}
    return Graph(nodes, places, draw(ANNOTATIONS), draw(st.sampled_from(get_args(Flow))))


@st.composite
def lifted(draw: st.DrawFn, graph: Graph[Layer]) -> tuple[Lifted, ...]:
    """Parameters of the nodes on the face of their block, and of nodes that are not there."""
    targets = [
        (Target(name, parameter.name), getattr(node.layer, parameter.name))
        for name, node in graph.nodes.items()
        if not isinstance(node.layer, Unknown)
        for parameter in type(node.layer).about.parameters
    ]
    chosen = draw(st.lists(st.sampled_from(targets), unique_by=lambda one: one[0][:2], max_size=3)) if targets else []
    chosen += draw(
        st.lists(st.tuples(st.just(Target("gone", "size", 3)), st.integers(-(2**63), 2**63 - 1) | WORDS), max_size=1)
    )
    return tuple(Lifted(f"face{at}", (target,), value, draw(WORDS)) for at, (target, value) in enumerate(chosen))


@st.composite
def projects(draw: st.DrawFn) -> Project:
    blocks: dict[str, Block] = {}
    for name in draw(st.lists(NAMES, unique=True, max_size=2)):
        graph = draw(graphs([block_layer(name, block) for name, block in blocks.items()]))
        blocks[name] = Block(graph, draw(lifted(graph)), draw(WORDS))
    classes = [block_layer(name, block) for name, block in blocks.items()]
    return Project(
        networks=draw(st.dictionaries(NAMES, graphs(classes), min_size=1, max_size=2)),
        blocks=blocks,
        data=draw(
            st.builds(Data, WORDS, st.lists(COLUMNS, unique_by=lambda column: column.name, max_size=3).map(tuple))
        ),
        recipe=draw(recipes()),
    )


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    recipe = with_optimizer(Recipe(), draw(st.sampled_from(sorted(OPTIMIZERS))))
    values: dict[str, Any] = {
        "optimizer.lr": draw(st.floats(1e-9, 1e3)),
        "epochs": draw(st.integers(1, 100_000)),
        "seed": draw(st.integers(0, 2**63 - 1)),
    }
    return with_values(recipe, {key: value for key, value in values.items() if key in known_keys(recipe)})


COLUMNS = st.builds(
    Column,
    WORDS,
    st.lists(st.integers(0, 2**40), max_size=3).map(tuple),
    st.sampled_from(["float32", "int64"]),
    st.lists(WORDS, max_size=3).map(tuple),
)


@settings(deadline=None)
@given(projects())
def test_a_project_survives_its_file(project: Project) -> None:
    text = dumps(project)
    found = loads(text)
    assert found == project
    for kind in ("networks", "blocks"):
        assert list(getattr(found, kind)) == list(getattr(project, kind))
    assert [list(graph.nodes) for graph in drawings(found)] == [list(graph.nodes) for graph in drawings(project)]
    assert dumps(found) == text


def drawings(project: Project) -> list[Graph[Layer]]:
    return [*project.networks.values(), *(block.graph for block in project.blocks.values())]


def opens_or_says_why(content: str) -> None:
    try:
        loads(content, "net.loom")
    except Failure as fault:
        assert "net.loom" in say(fault.text)


SOUND = dumps(make_starter("digits"))
WITH_BLOCKS = (assets_folder() / "samples" / "version-2.loom").read_text("utf-8")


@settings(deadline=None)
@given(
    st.sampled_from([SOUND, WITH_BLOCKS]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.characters()), min_size=1, max_size=4),
)
def test_changed_characters_raise_nothing_but_failures(sound: str, changes: list[tuple[float, str]]) -> None:
    letters = list(sound)
    for share, letter in changes:
        letters[int(share * len(sound))] = letter
    opens_or_says_why("".join(letters))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 7)), min_size=1, max_size=4))
def test_flipped_bits_raise_nothing_but_failures(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    content = bytearray(SOUND.encode())
    for place, bit in flips:
        content[place] ^= 1 << bit
    path = tmp_path / "net.loom"
    path.write_bytes(content)
    try:
        load(path)
    except Failure as fault:
        assert "net.loom" in say(fault.text)


@settings(deadline=None)
@given(st.integers(0, len(SOUND)), st.integers(0, len(SOUND)))
def test_missing_pieces_raise_nothing_but_failures(start: int, end: int) -> None:
    opens_or_says_why(SOUND[:start] + SOUND[end:])


@settings(deadline=None)
@given(st.data(), st.sampled_from([SOUND, WITH_BLOCKS]), JSON)
def test_other_values_anywhere_raise_nothing_but_failures(data: st.DataObject, sound: str, value: Any) -> None:
    content = json.loads(sound)
    holder, key = content, data.draw(st.sampled_from(sorted(content)))
    while isinstance(holder[key], dict) and holder[key] and data.draw(st.booleans()):
        holder, key = holder[key], data.draw(st.sampled_from(sorted(holder[key])))
    holder[key] = value
    opens_or_says_why(json.dumps(content))


@pytest.mark.parametrize("id", sorted(catalogue()))
def test_a_bare_name_in_a_file_means_a_layers_first_output(id: str) -> None:
    assert catalogue()[id].about.outputs[:1] in ((), ("output",))


@pytest.mark.parametrize("id", sorted(catalogue()))
@pytest.mark.parametrize(
    "value", ["1e308", "-1", "9223372036854775807", '""', "[]", "[[]]", "{}", "null", "[1e308, 2]", '"same"', "true"]
)
def test_any_value_of_any_parameter_raises_nothing_but_failures(id: str, value: str) -> None:
    for parameter in catalogue()[id].about.parameters:
        node = f'{{"type": "{id}", "{parameter.name}": {value}}}'
        opens_or_says_why(f'{{"loom": 1, "networks": {{"main": {{"nodes": {{"a": {node}}}}}}}}}')
