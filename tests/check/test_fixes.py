"""A fix carried out: which edit it is, where inserted nodes lie, what is kept."""

import re
from pathlib import Path

import pytest

from engine.check.fixes import apply_fix
from engine.check.report import Suggestion
from engine.check.titles import step
from engine.graph import (
    AddNode,
    Connect,
    Disconnect,
    Inlet,
    InsertLayer,
    Outlet,
    Place,
    RemoveNode,
    Replace,
    SetParameter,
    edits,
)
from engine.layers import plain
from engine.text import Failure, Text

ROOT = Path(__file__).parents[2]

X = Outlet("x", "output")


@pytest.fixture
def graph(draw):
    """x → conv1 → y, with places."""
    drawn = draw(
        {
            "x": ("input", {}),
            "conv1": ("conv2d", {"out_channels": 7, "bias": False}, "x"),
            "y": ("output", {}, "conv1"),
        }
    )
    return edits.move(drawn, {"x": Place(0, 0), "conv1": Place(200, 40), "y": Place(400, 0)})


def test_set_parameter_converts_the_value(graph):
    after = apply_fix(graph, SetParameter("kernel_size", [5, 5], "conv1"))
    assert after.nodes["conv1"].layer.kernel_size == (5, 5)
    assert after.nodes["conv1"].inputs == graph.nodes["conv1"].inputs


def test_a_wrong_value_is_refused_in_a_sentence(graph):
    with pytest.raises(Failure, match="out_channels"):
        apply_fix(graph, SetParameter("out_channels", 0, "conv1"))


def test_an_inserted_layer_lies_on_the_wire(graph):
    after = apply_fix(graph, InsertLayer("flatten", "value", parameters=(("start_dim", 2),), node="y"))
    assert after.source(Inlet("y", "value")) == Outlet("flatten1", "output")
    assert after.source(Inlet("flatten1", "value")) == Outlet("conv1", "output")
    assert plain(after.nodes["flatten1"].layer) == {"start_dim": 2}
    assert after.places["flatten1"] == Place(300, 20)


def test_an_inserted_layer_gets_the_next_free_name(graph):
    once = apply_fix(graph, InsertLayer("conv2d", "value", node="y"))
    assert once.source(Inlet("y", "value")) == Outlet("conv2", "output")


def test_a_removed_nodes_wire_heals(graph):
    assert apply_fix(graph, RemoveNode("conv1")).source(Inlet("y", "value")) == X


def test_replace_keeps_wires_and_what_both_have(graph):
    after = apply_fix(graph, Replace("linear", (("out_features", 3),), "conv1"))
    assert plain(after.nodes["conv1"].layer) == {"out_features": 3, "bias": False}
    assert after.source(Inlet("conv1", "value")) == X
    assert after.source(Inlet("y", "value")) == Outlet("conv1", "output")


def test_replace_leaves_out_parameters_of_another_form(graph):
    narrow = apply_fix(graph, SetParameter("kernel_size", [5, 5], "conv1"))
    after = apply_fix(narrow, Replace("conv1d", (), "conv1"))
    assert plain(after.nodes["conv1"].layer) == {"out_channels": 7, "bias": False}


def test_replace_by_the_same_kind_sets_several_parameters(graph):
    after = apply_fix(graph, Replace("output", (("loss", "mse"), ("metrics", ("mae",))), "y"))
    assert plain(after.nodes["y"].layer) == {"loss": "mse", "metrics": ("mae",)}


def test_connect_and_disconnect(graph):
    around = apply_fix(graph, Connect(X, Inlet("y", "value")))
    assert around.source(Inlet("y", "value")) == X
    assert apply_fix(around, Disconnect(Inlet("y", "value"))).source(Inlet("y", "value")) is None


def test_an_added_node_lies_right_of_its_source_and_takes_its_value(graph):
    after = apply_fix(graph, AddNode("relu", (), Outlet("conv1", "output")))
    assert after.source(Inlet("relu1", "value")) == Outlet("conv1", "output")
    assert after.places["relu1"].x > graph.places["conv1"].x
    assert after.places["relu1"].y == graph.places["conv1"].y


def test_an_added_input_lies_left_of_everything(graph):
    after = apply_fix(graph, AddNode("input", (("shape", (4,)), ("column", "row"))))
    assert after.nodes["input1"].layer.shape == (4,)
    assert after.places["input1"].x < 0


def test_every_fix_is_named_as_other_steps_are():
    """The titles of buttons begin with a capital letter, those of steps do not."""
    files = [*(ROOT / "engine" / "check").glob("*.py"), ROOT / "designer" / "data" / "offers.py"]
    titles = re.findall(r'return text\("([A-Z][^".]*)"', (ROOT / "engine" / "check" / "titles.py").read_text())
    for path in files:
        titles += re.findall(r'(?:title = |Suggestion\()text\("([A-Z][^".]*)"', path.read_text())
    assert len(titles) >= 12
    for title in titles:
        named = step(Suggestion(Text(title), RemoveNode("x"))).message
        assert named == title[0].lower() + title[1:]
