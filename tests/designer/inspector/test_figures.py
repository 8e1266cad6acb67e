"""Numbers as people read them, however large."""

import json

import pytest

from designer.inspector.figures import bytes_text, flops_text, parameters_text
from engine.check.checker import check
from engine.project.file import loads


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 FLOPs"),
        (812, "812 FLOPs"),
        (5_600_000, "5.6 MFLOPs"),
        (56_000_000, "56 MFLOPs"),
        (7_300_000_000_000_000, "7.3 PFLOPs"),
        (10**18, "1e18 FLOPs"),
        (123 * 10**30, "1.2e32 FLOPs"),
        pytest.param(10**400 - 1, "9.9e399 FLOPs", id="too large for a float"),
        pytest.param(10**5000, "1e5000 FLOPs", id="too large to be written out"),
    ],
)
def test_operations(number: int, words: str) -> None:
    assert flops_text(number) == words


def test_bytes_and_parameters() -> None:
    assert [bytes_text(count) for count in (312, 23_000, 400_000, 10**400)] == [
        "312 bytes",
        "23 kB",
        "0.4 MB",
        "1e400 B",
    ]
    assert [parameters_text(count) for count in (1, 93_322, 10**5000)] == [
        "1 parameter",
        "93,322 parameters",
        "1e5000 parameters",
    ]


def test_a_drawing_may_multiply_sizes_beyond_what_a_float_holds() -> None:
    nodes: dict[str, object] = {"up0": {"type": "input", "shape": [1, 8, 8]}}
    for number in range(1, 21):
        nodes[f"up{number}"] = {"type": "upsample", "scale_factor": 1e15, "in": {"image": f"up{number - 1}"}}
    nodes["conv1"] = {"type": "conv2d", "in": {"image": "up20"}}
    project = loads(json.dumps({"loom": 1, "networks": {"main": {"nodes": nodes}}}))
    total = check(project.graph).total
    assert "e" in flops_text(total.flops) and "e" in bytes_text(total.activation_bytes)
