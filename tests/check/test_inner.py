"""The drawing inside of a block: it has ports where a network has inputs and outputs."""

import pytest

from engine.check.checker import Checker, check
from engine.check.fixes import apply_fix
from engine.check.report import Column
from engine.graph import Graph, Node, Outlet, edits, spec
from engine.layers import Layer, make_layer
from engine.text import say


def inner() -> Graph[Layer]:
    return Graph(
        {
            "x": Node(make_layer("block_input", {"shape": [3, 8, 8]})),
            "relu1": Node(make_layer("relu", {}), {"value": (Outlet("x", "output"),)}),
            "y": Node(make_layer("block_output", {}), {"value": (Outlet("relu1", "output"),)}),
        }
    )


def codes(drawn: Graph[Layer]) -> list[tuple[str, str]]:
    return [(problem.code, problem.node) for problem in check(drawn, inner=True).problems]


def test_a_block_by_itself_is_sound():
    report = check(inner(), inner=True)
    assert report.problems == () and report.specs["relu1"] == (spec("N", 3, 8, 8),)


def test_a_mask_and_indices_may_come_in():
    for dtype in ("bool", "int64"):
        drawn = edits.set_layer(inner(), "x", make_layer("block_input", {"shape": [5], "dtype": dtype}))
        assert check(drawn, inner=True).specs["x"] == (spec("N", 5, dtype=dtype),)


def test_a_block_may_do_without_inputs_but_not_without_outputs():
    assert codes(edits.remove(inner(), ["x"], heal=False)) == [("missing_wire", "relu1")]
    drawn = edits.remove(inner(), ["y"])
    assert codes(drawn) == [("no_output", "")]
    problem = check(drawn, inner=True).problems[0]
    assert [say(fix.title) for fix in problem.fixes] == ["Add block output after relu1"]
    assert check(apply_fix(drawn, problem.fixes[0].fix), inner=True).ok


@pytest.mark.parametrize("block", [True, False])
def test_what_belongs_elsewhere_is_replaced_by_what_belongs_here(block):
    drawn = inner()
    if block:
        drawn = edits.set_layer(drawn, "x", make_layer("input", {"shape": [3, 8, 8]}))
        drawn = edits.set_layer(drawn, "y", make_layer("output", {"loss": "mse", "metrics": []}))
    found = check(drawn, inner=block).problems
    misplaced = [problem for problem in found if problem.code == "misplaced"]
    assert [problem.node for problem in misplaced] == ["x", "y"]
    for problem in misplaced:
        drawn = apply_fix(drawn, problem.fixes[0].fix)
    assert [type(one.layer).about.id for one in drawn.nodes.values()] == (
        ["block_input", "relu", "block_output"] if block else ["input", "relu", "output"]
    )
    assert drawn.nodes["x"].layer.shape == (3, 8, 8) and check(drawn, inner=block).ok


def test_columns_of_the_data_are_no_matter_of_a_block():
    columns = (Column("picture", (1, 5, 5), "int64"),)
    assert check(inner(), columns, inner=True).ok


def test_a_checker_of_blocks_answers_by_its_arguments_alone():
    checker = Checker(inner=True)
    first = checker.update(inner())
    checker.update(edits.remove(inner(), ["y"]))
    assert checker.update(inner()) == first
