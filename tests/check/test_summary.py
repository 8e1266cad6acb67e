"""The report as JSON and in a few words."""

import json

import pytest

from engine.check.checker import check
from engine.check.summary import to_json


@pytest.fixture
def graph(draw):
    return draw(
        {
            "x": ("input", {"shape": [1, 4, 4]}),
            "linear1": ("linear", {}, "x"),
            "y": ("output", {}, "linear1"),
        }
    )


def test_json_has_what_the_command_line_promises(graph):
    told = to_json(check(graph), graph)
    assert json.loads(json.dumps(told)) == {
        "ok": False,
        "problems": [
            {
                "node": "linear1",
                "port": "value",
                "severity": "error",
                "message": "linear1 takes (N, features); here comes (N, 1, 4, 4).",
                "fixes": [
                    {
                        "title": "Insert flatten",
                        "fix": {
                            "type": "insert",
                            "layer": "flatten",
                            "port": "value",
                            "slot": 0,
                            "parameters": [],
                            "node": "linear1",
                        },
                    }
                ],
            }
        ],
        "specs": {"x": [{"port": "output", "shape": ["N", 1, 4, 4], "dtype": "float32"}]},
        "parameters": 0,
        "flops": 0,
    }


def test_json_carries_numbers_of_any_size(draw):
    huge = {"out_channels": 10**12}
    graph = draw({"x": ("input", {}), "a": ("conv2d", huge, "x"), "b": ("conv2d", huge, "a"), "y": ("output", {}, "b")})
    assert json.loads(json.dumps(to_json(check(graph), graph)))["parameters"] > 2**64
