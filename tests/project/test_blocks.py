"""Blocks, frames, notes and bookmarks in a file: what is wrong with them is told in sentences, all at once."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from engine.blocks import block_layer
from engine.blocks.edits import with_block
from engine.check.checker import check
from engine.graph import Annotations, Bookmark, Box, Frame, Note
from engine.layers import Unknown
from engine.project.faults import WrongContent
from engine.project.file import dumps, loads
from engine.project.project import Project
from tests.blocks.builders import graph, node, project, residual

INNER = {"x": {"type": "block_input"}, "y": {"type": "block_output", "in": {"value": "x"}}}


def content(blocks: dict[str, Any], main: dict[str, Any] | None = None, **more: Any) -> str:
    return json.dumps({"loom": 2, "blocks": blocks, "networks": {"main": {"nodes": main or {}, **more}}})


def sentences(text: str) -> list[str]:
    with pytest.raises(WrongContent) as caught:
        loads(text, "net.loom")
    return [str(sentence) for sentence in caught.value.faults]


def test_a_project_with_blocks_comes_back_with_its_instances():
    before = project(residual(), channels=8)
    after = loads(dumps(before))
    assert after == before
    assert type(after.graph.nodes["block1"].layer) is block_layer("residual", before.blocks["residual"])
    assert check(after.graph).total == check(before.graph).total


def test_an_instance_is_one_line():
    text = dumps(project(residual(), repeat=3))
    assert '"block1": {"type": "block:residual", "repeat": 3, "in": {"x": "image"}}' in text
    assert '"channels": {"targets": {"conv1.out_channels": 1}, "default": 8, "help": "Channels of the result."}' in text


def test_a_file_is_of_the_first_version_that_can_hold_it():
    plain = graph(image=node("input"))
    assert dumps(Project({"main": plain})).startswith('{\n  "loom": 1,\n  "networks"')
    assert dumps(Project({"main": plain}, {"residual": residual()})).startswith('{\n  "loom": 2,\n  "blocks"')
    noted = Annotations(notes={"note1": Note("hello", Box(0, 0, 10, 10))})
    assert dumps(Project({"main": type(plain)(plain.nodes, {}, noted)})).startswith('{\n  "loom": 2,\n  "networks"')


def test_blocks_are_read_in_the_order_of_their_use():
    outer = {**INNER, "one": {"type": "block:inner", "in": {"x": "x"}}}
    found = loads(content({"outer": {"nodes": outer}, "inner": {"nodes": INNER}}))
    assert list(found.blocks) == ["inner", "outer"]
    assert loads(dumps(found)) == found


@pytest.mark.parametrize(
    ("uses", "way"), [({"a": "a"}, "a → a"), ({"a": "b", "b": "c", "c": "a"}, "→"), ({"a": "b", "b": "a"}, "→")]
)
def test_a_block_that_contains_itself_is_refused_by_name(uses, way):
    blocks = {name: {"nodes": {**INNER, "one": {"type": f"block:{used}"}}} for name, used in uses.items()}
    (sentence,) = sentences(content(blocks))
    assert sentence.startswith("A block cannot contain itself: ") and way in sentence and "a" in sentence


def test_long_chains_of_blocks_open():
    blocks = {f"b{n}": {"nodes": {**INNER, "one": {"type": f"block:b{n - 1}", "in": {"x": "x"}}}} for n in range(1000)}
    found = loads(content(dict(reversed(blocks.items())), {"one": {"type": "block:b999"}}))
    assert len(found.blocks) == 1000 and next(iter(found.blocks)) == "b0"


def test_an_instance_without_its_definition_is_kept():
    text = content({}, {"one": {"type": "block:gone", "width": 3, "in": {"x": "two.left"}}})
    found = loads(text)
    assert found.graph.nodes["one"].layer == Unknown("block:gone", '{"width": 3}')
    assert loads(dumps(found)) == found and '"type": "block:gone", "width": 3' in dumps(found)


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        (3, "The block “b” must be an object {…}; it is 3."),
        ({"size": 3}, "The block “b” has an unknown field “size”"),
        ({"summary": 3}, "The block “b”: “summary” must be text; it is 3."),
        ({"parameters": []}, "“parameters” of The block “b” must be an object {…}; it is []."),
        ({"parameters": {"w": 3}}, "“w” of The block “b” must be an object {…}; it is 3."),
        ({"parameters": {"w": {"size": 1}}}, "has an unknown field “size”; known are targets, default, help."),
        ({"parameters": {"w": {"targets": {"x": 1}}}}, 'a target must be “node.parameter”; it is "x".'),
        ({"parameters": {"w": {"targets": {"x.shape": 0}}}}, "“x.shape” must be a whole number ≥ 1; it is 0."),
        ({"parameters": {"w": {"default": {}}}}, "“default” must be a parameter's value; it is {}."),
        ({"parameters": {"w": {"help": 3}}}, "“help” must be text; it is 3."),
        ({"parameters": {"repeat": {}}}, "“repeat” has a meaning of its own"),
        ({"parameters": {"__init__": {}}}, "“__init__” has a meaning of its own"),
        ({"parameters": {"a b": {}}}, "“a b” cannot be a name"),
        ({"nodes": {"a": {"type": "relu", "speed": 3}}}, "Node a: ReLU has no parameter “speed”"),
        (
            {"nodes": INNER, "parameters": {"w": {"targets": {"x.dtype": 1}, "default": "float8"}}},
            '“default” must be one of: float32, int64, bool; it is "float8".',
        ),
    ],
)
def test_what_is_wrong_with_a_block_is_told(block, sentence):
    assert any(sentence in told for told in sentences(content({"b": block})))


def test_a_block_needs_a_name_that_a_node_could_have():
    assert "has a meaning of its own in Python" in sentences(content({"class": {}}))[0]


def test_a_value_on_the_face_is_checked_as_any_parameter():
    blocks = {
        "b": {
            "nodes": {**INNER, "one": {"type": "dropout"}},
            "parameters": {"p": {"targets": {"one.p": 1}, "default": 0.5}},
        }
    }
    assert sentences(content(blocks, {"n": {"type": "block:b", "p": 3.5}})) == [
        "Node n: p must be ≥ 0, ≤ 1; it is 3.5."
    ]
    assert "no parameter “size”" in sentences(content(blocks, {"n": {"type": "block:b", "size": 1}}))[0]


def test_annotations_come_back():
    some = Annotations(
        {"frame1": Frame("Encoder", Box(0, 0.5, 100, 50), "teal")},
        {"note1": Note("a\nb", Box(1, 2, 3, 4))},
        {"bookmark1": Bookmark("", Box(-1, -2, 0, 0))},
    )
    before = Project({"main": type(graph())({}, {}, some)})
    text = dumps(before)
    assert loads(text) == before
    assert '"frame1": {"title": "Encoder", "box": [0, 0.5, 100, 50], "colour": "teal"}' in text
    assert '"note1": {"text": "a\\nb", "box": [1, 2, 3, 4]}' in text


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"frames": []}, "“frames” of The network “main” must be an object {…}; it is []."),
        ({"frames": {"f": 3}}, "“f” in “frames” of The network “main” must be an object {…}; it is 3."),
        ({"frames": {"f": {"title": 3, "box": [0, 0, 1, 1]}}}, "“title” must be text; it is 3."),
        ({"frames": {"f": {}}}, "“box” must be [x, y, width, height]; it is missing."),
        ({"notes": {"f": {"box": [0, 0, 1]}}}, "“box” must be [x, y, width, height]; it is [0, 0, 1]."),
        ({"notes": {"f": {"box": [0, 0, -1, 1]}}}, "“box” must be [x, y, width, height]; it is [0, 0, -1, 1]."),
        ({"notes": {"f": {"box": [0, 0, 1, True]}}}, "“box” must be [x, y, width, height]"),
        ({"notes": {"f": {"box": [0, 0, 1, 1], "colour": "red"}}}, "“colour” must be one of: grey, blue"),
        (
            {"bookmarks": {"f": {"box": [0, 0, 1, 1], "colour": "blue"}}},
            "unknown field “colour”; known are title, box.",
        ),
    ],
)
def test_what_is_wrong_with_an_annotation_is_told(more, sentence):
    assert any(sentence in told for told in sentences(content({}, **more)))


def test_all_faults_are_told_at_once():
    more = {"frames": {"f": {"title": 3}}, "notes": {"n": 1}}
    assert len(sentences(content({"b": {"summary": 3}}, {"a": {"type": "relu", "speed": 1}}, **more))) == 5


@pytest.mark.parametrize("flow", ["up", None, ["right"], True])
def test_a_flow_is_down_or_right(flow: Any) -> None:
    assert loads(content({}, flow="right")).graph.flow == "right"
    assert loads(content({}, flow="down")).graph.flow == "down"
    (sentence,) = sentences(content({}, flow=flow))
    assert "“flow” must be “down” or “right”" in sentence


def test_blocks_that_differ_in_their_flow_have_classes_of_their_own() -> None:
    before = project(residual())
    block = before.blocks["residual"]
    turned = replace(block, graph=replace(block.graph, flow="right"))
    assert block_layer("residual", block) is not block_layer("residual", turned)
    assert block_layer("residual", replace(block)) is block_layer("residual", block)
    after = with_block(before, "residual", turned)
    assert loads(dumps(after)) == after != before
