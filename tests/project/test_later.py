"""A file of a later version is shown as far as it is understood, with what was left out; `load` refuses it."""

import json
from typing import Any

import pytest

from engine.check.checker import check
from engine.graph import Inlet, Outlet
from engine.layers import Unknown
from engine.project.faults import BadFile, LaterVersion
from engine.project.file import Opened, dumps, loads, read
from engine.project.project import Project
from engine.project.reading import read_project
from engine.project.starters import make_starter
from engine.project.upgrades import VERSION
from engine.text import Text, say

LATER = VERSION + 1


def later(change: Any = None, **sections: Any) -> Opened:
    content = json.loads(dumps(make_starter("digits")))
    content |= {"loom": LATER, **sections}
    if change:
        change(content["networks"]["main"])
    return read(json.dumps(content), "net.loom")


def told(opened: Opened) -> str:
    return "\n".join(map(say, opened.left_out))


def test_a_file_of_this_version_is_read_as_ever() -> None:
    opened = read(dumps(make_starter("digits")), "net.loom")
    assert not opened.later and opened.left_out == () and opened.project == make_starter("digits")
    with pytest.raises(BadFile):
        read('{"loom": 1, "networks": {"main": {"colour": 1}}}')


def test_one_that_holds_nothing_new_is_read_whole() -> None:
    opened = later()
    assert opened.later and opened.version == LATER and opened.left_out == ()
    assert opened.project == make_starter("digits")


def test_load_refuses_it_still() -> None:
    with pytest.raises(LaterVersion):
        loads(json.dumps({"loom": LATER, "networks": {"main": {}}}))


def test_sections_fields_parameters_and_layers_of_tomorrow_are_left_out_and_told() -> None:
    def change(main: dict[str, Any]) -> None:
        main["zones"] = {"a": 1}
        conv = next(node for node in main["nodes"].values() if node["type"] == "conv2d")
        conv |= {"sparsity": 0.5, "out_channels": 24}
        main["nodes"]["mixer"] = {"type": "mamba9", "state": 4, "in": {"value": next(iter(main["nodes"]))}}
        main["nodes"]["odd"] = {"type": "relu", "in": {"value": {"from": "mixer"}}, "colour": "red"}

    opened = later(change, plugins=["x"])
    graph = opened.project.graph
    assert isinstance(graph.nodes["mixer"].layer, Unknown)
    assert graph.nodes["odd"].inputs == {}
    assert any(getattr(node.layer, "out_channels", 0) == 24 for node in graph.nodes.values())
    for word in ("plugins", "zones", "sparsity", "odd", "colour"):
        assert word in told(opened)
    check(graph)


@pytest.mark.parametrize(
    "nodes",
    [
        {"class": {"type": "relu"}},
        {"import os": {"type": "relu"}},
        {"a": 5},
        {"a": {"type": 7}},
        {"a": {}},
        {"a": {"type": ""}},
    ],
)
def test_a_node_that_cannot_be_named_or_shown_is_left_out(nodes: dict[str, Any]) -> None:
    opened = later(lambda main: main["nodes"].update(nodes))
    assert not opened.project.graph.nodes.keys() & nodes.keys()
    assert len(opened.left_out) == 1


def test_wires_that_are_understood_stay() -> None:
    def change(main: dict[str, Any]) -> None:
        first = next(iter(main["nodes"]))
        main["nodes"]["join"] = {"type": "concat", "in": {"parts": [first, 5, "a b", f"{first}.output"], "a b": first}}

    opened = later(change)
    first = next(iter(opened.project.graph.nodes))
    assert opened.project.graph.nodes["join"].inputs == {"parts": (Outlet(first, "output"), Outlet(first, "output"))}
    assert opened.project.graph.source(Inlet("join", "parts")) == Outlet(first, "output")


def test_places_columns_and_settings_of_another_form_give_way_to_the_usual() -> None:
    opened = later(
        lambda main: main["layout"].update({name: {"x": 1} for name in main["nodes"]}),
        data={"source": "sample:digits", "columns": {"image": {"shape": ["T"], "dtype": "float8"}}, "cache": True},
        recipe={"epochs": 3, "seed": "random", "compile": True},
    )
    assert opened.project.graph.places == {}
    assert opened.project.data.source == "sample:digits" and opened.project.data.columns == ()
    assert opened.project.recipe.epochs == 3 and opened.project.recipe.seed == 0
    for word in ("image", "cache", "seed", "compile"):
        assert word in told(opened)


@pytest.mark.parametrize("networks", [{}, [], None, {"class": {}}, {"main": 5}])
def test_without_a_network_it_is_refused(networks: Any) -> None:
    with pytest.raises(BadFile, match=r"net\.loom"):
        later(networks=networks)


def test_much_that_is_new_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each frame is tried by itself, and not with all nodes: 1,000 of both took minutes."""
    looked_at: list[int] = []

    def counted(content: dict[str, Any], faults: list[Text]) -> Project:
        drawings = [drawing for part in ("networks", "blocks") for drawing in content.get(part, {}).values()]
        looked_at.extend(len(part) for drawing in drawings for part in drawing.values())
        return read_project(content, faults)

    monkeypatch.setattr("engine.project.later.read_project", counted)
    many = range(100)
    block = {
        "nodes": {f"relu{n}": {"type": "linear"} for n in many},
        "parameters": {f"width{n}": {"targets": {f"relu{n}.out_features": 1}, "default": 8, "unit": n} for n in many},
    }
    frames = {f"frame{n}": {"title": str(n), "box": [0, 0, 9, 9], "shape": "round"} for n in many}
    opened = later(lambda main: main.update(frames=frames), blocks={"wide": block})
    assert [frame.title for frame in opened.project.graph.annotations.frames.values()] == [str(n) for n in many]
    assert len(opened.project.blocks["wide"].parameters) == len(many)
    assert sum(looked_at) < 50 * len(many)


def test_a_flow_of_tomorrow_is_left_out_and_one_of_today_kept() -> None:
    assert later(lambda main: main.update(flow="right")).project.graph.flow == "right"
    opened = later(lambda main: main.update(flow="spiral"))
    assert opened.project.graph.flow == "down"
    assert "“flow”" in told(opened)
