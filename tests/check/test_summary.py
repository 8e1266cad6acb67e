"""The report as JSON and in a few words."""

import json

import pytest

from engine.check.checker import check
from engine.check.report import Cost
from engine.check.summary import bytes_text, cost_text, count_text, problems_text, to_json
from engine.graph import Graph
from engine.text import say


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


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1k"),
        (55_700, "55.7k"),
        (999_499, "999k"),
        (999_500, "1M"),
        (123_456_789, "123M"),
        (7_300_000_000, "7.3G"),
        (123 * 10**30, "1.23e32"),
    ],
)
def test_counts_have_three_digits(number, shown):
    assert count_text(number) == shown


def test_bytes_have_a_unit():
    assert [bytes_text(n) for n in (12, 230_000)] == ["12 B", "230 kB"]


def test_cost_in_a_line():
    assert say(cost_text(Cost(93_322, 8_300_000, 230_400))) == "93.3k parameters · 8.3 MFLOPs · 230 kB"
    assert say(cost_text(Cost())) == "0 parameters · 0 FLOPs · 0 B"


def test_problems_in_a_line(draw):
    sound = draw({"x": ("input", {}), "a": ("flatten", {}, "x"), "y": ("output", {}, "a")})
    doubtful = draw({"x": ("input", {}), "a": ("flatten", {}, "x"), "y": ("output", {}, "a"), "z": ("input", {})})
    assert say(problems_text(check(sound))) == "No problems"
    assert say(problems_text(check(doubtful))) == "Warnings: 1"
    assert say(problems_text(check(Graph()))) == "Errors: 2, warnings: 0"
