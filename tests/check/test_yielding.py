"""The side that a wire comes from gives way: another width of the layer that decides it."""

import pytest

from engine.check.checker import check
from engine.check.fixes import apply_fix
from engine.check.report import Problem
from engine.graph import SetParameter
from tests.conftest import Draw


def misfit(problems: tuple[Problem, ...], node: str) -> Problem:
    return next(problem for problem in problems if problem.code == "misfit" and problem.node == node)


def test_either_branch_of_a_sum_may_give_way(draw: Draw) -> None:
    graph = draw(
        {
            "image": ("input", {"shape": [3, 8, 8]}),
            "left": ("conv2d", {"out_channels": 16, "padding": 1}, "image"),
            "norm": ("batch_norm2d", {}, "left"),
            "relu": ("relu", {}, "norm"),
            "right": ("conv2d", {"out_channels": 24, "padding": 1}, "image"),
            "both": ("add", {}, "relu", "right"),
        }
    )
    problem = misfit(check(graph).problems, "both")
    titles = [str(fix.title) for fix in problem.fixes]
    assert "Set out_channels of left to 24" in titles and "Set out_channels of right to 16" in titles
    for fix in problem.fixes:
        if isinstance(fix.fix, SetParameter) and fix.fix.node in ("left", "right"):
            after = check(apply_fix(graph, fix.fix))
            assert not [p for p in after.problems if p.code == "misfit"]


@pytest.mark.parametrize(
    ("kind", "parameters", "width"), [("conv2d", {"groups": 5}, 20), ("group_norm", {"num_groups": 6}, 18)]
)
def test_a_width_becomes_a_multiple_of_what_divides_it(
    draw: Draw, kind: str, parameters: dict[str, int], width: int
) -> None:
    more = {"out_channels": 20} if kind == "conv2d" else {}
    graph = draw(
        {
            "image": ("input", {"shape": [3, 8, 8]}),
            "conv": ("conv2d", {"out_channels": 16}, "image"),
            "relu": ("relu", {}, "conv"),
            "next": (kind, {**parameters, **more}, "relu"),
        }
    )
    titles = [str(fix.title) for fix in misfit(check(graph).problems, "next").fixes]
    assert f"Set out_channels of conv to {width}" in titles


def test_what_would_break_something_else_is_not_offered(draw: Draw) -> None:
    graph = draw(
        {
            "image": ("input", {"shape": [3, 8, 8]}),
            "left": ("conv2d", {"out_channels": 16, "padding": 1}, "image"),
            "also": ("group_norm", {"num_groups": 16}, "left"),
            "right": ("conv2d", {"out_channels": 24, "padding": 1}, "image"),
            "both": ("add", {}, "left", "right"),
        }
    )
    titles = [str(fix.title) for fix in misfit(check(graph).problems, "both").fixes]
    assert "Set out_channels of left to 24" not in titles and "Set out_channels of right to 16" in titles


def test_an_input_cannot_give_way_and_a_layer_that_changes_the_width_hides_what_is_before(draw: Draw) -> None:
    graph = draw(
        {
            "image": ("input", {"shape": [3, 8, 8]}),
            "conv": ("conv2d", {"out_channels": 8}, "image"),
            "flat": ("flatten", {}, "conv"),
            "linear": ("linear", {"out_features": 10}, "image"),
            "both": ("add", {}, "flat", "image"),
        }
    )
    for problem in check(graph).problems:
        assert not [
            fix for fix in problem.fixes if isinstance(fix.fix, SetParameter) and fix.fix.node in ("image", "conv")
        ]
