"""The report as JSON for machines."""

from typing import Any

import msgspec

from engine.check.report import Problem, Report
from engine.graph import Graph, Spec
from engine.layers import Layer
from engine.text import say


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
