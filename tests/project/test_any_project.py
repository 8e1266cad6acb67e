"""Whatever can be drawn survives its file; whatever is in a file gives a project or a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.check.report import Column
from engine.graph import Graph, Node, Outlet, Place, name_fault
from engine.layers import Layer, Parameter, Unknown, Wrong, catalogue, make_layer
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
def layers(draw: st.DrawFn) -> Layer:
    if draw(st.integers(0, 9)) == 0:
        extra = draw(st.dictionaries(WORDS.filter(lambda key: key not in ("type", "in", "label")), JSON, max_size=3))
        return Unknown("of_tomorrow", json.dumps(extra, ensure_ascii=False))
    id = draw(st.sampled_from(sorted(catalogue())))
    made = {}
    for parameter in catalogue()[id].about.parameters:
        if draw(st.booleans()):
            made[parameter.name] = draw(value_of(parameter))
            try:
                make_layer(id, made)
            except Wrong:
                del made[parameter.name]
    return make_layer(id, made)


@st.composite
def graphs(draw: st.DrawFn) -> Graph[Layer]:
    names = draw(st.lists(NAMES, unique=True, max_size=6))
    outlets = st.builds(Outlet, st.sampled_from([*names, "gone"]), st.sampled_from(["output", "other"]))
    inputs = st.dictionaries(NAMES, st.lists(outlets, min_size=1, max_size=3).map(tuple), max_size=3)
    nodes = {name: Node(draw(layers()), draw(inputs), draw(WORDS)) for name in names}
    placed = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    return Graph(nodes, {name: Place(draw(FLOATS), draw(FLOATS)) for name in placed})


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
PROJECTS = st.builds(
    Project,
    networks=st.dictionaries(NAMES, graphs(), min_size=1, max_size=2),
    data=st.builds(Data, WORDS, st.lists(COLUMNS, unique_by=lambda column: column.name, max_size=3).map(tuple)),
    recipe=recipes(),
)


@settings(deadline=None)
@given(PROJECTS)
def test_a_project_survives_its_file(project: Project) -> None:
    text = dumps(project)
    found = loads(text)
    assert found == project
    assert list(found.networks) == list(project.networks)
    assert [list(graph.nodes) for graph in found.networks.values()] == [
        list(graph.nodes) for graph in project.networks.values()
    ]
    assert dumps(found) == text


def opens_or_says_why(content: str) -> None:
    try:
        loads(content, "net.loom")
    except Failure as fault:
        assert "net.loom" in say(fault.text)


SOUND = dumps(make_starter("digits"))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.characters()), min_size=1, max_size=4))
def test_changed_characters_raise_nothing_but_failures(changes: list[tuple[int, str]]) -> None:
    letters = list(SOUND)
    for index, letter in changes:
        letters[index] = letter
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
@given(st.data(), JSON)
def test_other_values_anywhere_raise_nothing_but_failures(data: st.DataObject, value: Any) -> None:
    content = json.loads(SOUND)
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
