"""What the network could take over from the data: the input's size, the number of classes."""

from engine.check.report import Column, Report, Suggestion
from engine.graph import Graph
from engine.graph.fixes import SetParameter
from engine.layers.base import Layer
from engine.layers.input import Input
from engine.layers.output import Output
from engine.text import text


def offers(graph: Graph[Layer], report: Report, columns: tuple[Column, ...]) -> tuple[Suggestion, ...]:
    """Fixes that bring the network and the data together, best first; none where they fit already."""
    return (*_inputs(graph, columns), *_outputs(graph, report))


def _inputs(graph: Graph[Layer], columns: tuple[Column, ...]) -> tuple[Suggestion, ...]:
    by_name = {column.name: column for column in columns}
    found = []
    for name, node in graph.nodes.items():
        if not isinstance(node.layer, Input) or (column := by_name.get(node.layer.column)) is None:
            continue
        if column.shape and column.shape != node.layer.shape:
            title = text("Set {node} to {shape}", node=name, shape="×".join(map(str, column.shape)))
            found.append(Suggestion(title, SetParameter("shape", column.shape, node=name)))
    return tuple(found)


def _outputs(graph: Graph[Layer], report: Report) -> tuple[Suggestion, ...]:
    """What the checker proposes where an output and its target do not go together."""
    found: dict[Suggestion, None] = {}
    for problem in report.problems:
        node = graph.nodes.get(problem.node)
        if node is not None and isinstance(node.layer, Output):
            found |= dict.fromkeys(fix for fix in problem.fixes if isinstance(fix.fix, SetParameter))
    return tuple(found)
