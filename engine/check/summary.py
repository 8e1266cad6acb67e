"""The report told: as JSON for machines, in a few words for status bars."""

from typing import Any

import msgspec

from engine.check.report import Cost, Problem, Report
from engine.graph import Graph, Spec
from engine.layers import Layer
from engine.text import Text, say, text

STEP = 1000
COUNTS = ("", "k", "M", "G", "T", "P", "E")
SIZES = ("B", "kB", "MB", "GB", "TB", "PB", "EB")


def to_json(report: Report, graph: Graph[Layer]) -> dict[str, Any]:
    """The object that `tensorloom check --json` prints.

    Numbers may be larger than 64 bits: the standard library's json writes them, msgspec does not.
    """
    return {
        "ok": report.ok,
        "problems": [_problem(problem) for problem in report.problems],
        "specs": {name: _specs(graph, name, report.specs[name]) for name in report.order if name in report.specs},
        "parameters": report.total.parameters,
        "flops": report.total.flops,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "node": problem.node,
        "port": problem.port,
        "severity": problem.severity,
        "message": say(problem.text),
        "fixes": [{"title": say(fix.title), "fix": msgspec.to_builtins(fix.fix)} for fix in problem.fixes],
    }


def _specs(graph: Graph[Layer], name: str, specs: tuple[Spec, ...]) -> list[dict[str, Any]]:
    ports = type(graph.nodes[name].layer).about.outputs
    return [
        {
            "port": port,
            "shape": [size if isinstance(size, int) else str(size) for size in spec.shape],
            "dtype": spec.dtype,
        }
        for port, spec in zip(ports, specs, strict=True)
    ]


def cost_text(cost: Cost) -> Text:
    """What a network costs, for a status bar: "55.7k parameters · 8.3 MFLOPs · 230 kB"."""
    return text(
        "{parameters} parameters · {flops}FLOPs · {bytes}",
        parameters=count_text(cost.parameters),
        flops=_scaled(cost.flops, tuple(f" {unit}" for unit in COUNTS)),
        bytes=bytes_text(cost.activation_bytes),
    )


def problems_text(report: Report) -> Text:
    """How many errors and warnings there are, for a status bar."""
    errors = sum(problem.severity == "error" for problem in report.problems)
    warnings = len(report.problems) - errors
    if not report.problems:
        return text("No problems")
    if not errors:
        return text("Warnings: {warnings}", warnings=warnings)
    return text("Errors: {errors}, warnings: {warnings}", errors=errors, warnings=warnings)


def count_text(number: int) -> str:
    """A number in three digits: 320, 55.7k, 1.2M, 9G."""
    return _scaled(number, COUNTS)


def bytes_text(number: int) -> str:
    """A number of bytes in three digits: 320 B, 55.7 kB (1 kB is 1000 B)."""
    return _scaled(number, tuple(f" {unit}" for unit in SIZES))


def _scaled(number: int, units: tuple[str, ...]) -> str:
    """The number by the largest unit that leaves at least 1; by powers of ten where there is none so large."""
    if number < STEP:
        return f"{number}{units[0]}"
    for power, unit in enumerate(units):
        if number * 10 < (STEP * 10 - 5) * STEP**power:  # 999.5 and more rounds to 1000 of this unit
            return f"{_three_digits(number, STEP**power)}{unit}"
    return f"{number // 10 ** (len(str(number)) - 3) / 100:g}e{len(str(number)) - 1}{units[0]}"


def _three_digits(number: int, unit: int) -> str:
    """In integers: a float would be too small for some."""
    whole, tenths = _rounded(number, unit), _rounded(number * 10, unit)
    return str(whole) if whole >= 100 else f"{tenths / 10:g}"


def _rounded(number: int, unit: int) -> int:
    return (number * 2 + unit) // (unit * 2)
