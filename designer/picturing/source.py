"""The network as PyTorch source: all of it, or the selected layers as a module of their own."""

from collections.abc import Collection

from engine.blocks.grouping import cut_out
from engine.check.checker import Checker
from engine.check.report import Report
from engine.graph import Graph
from engine.layers import Layer
from engine.lower.printer import print_program
from engine.lower.program import lower

SELECTION = "Selection"


def source_of(graph: Graph[Layer], report: Report, names: Collection[str] = (), class_name: str = "Network") -> str:
    """The source of a drawing, or of these nodes of it alone, what comes into them being the arguments of forward.

    Raises Failure where it cannot be printed.
    """
    if not names:
        return print_program(lower(graph, report), class_name).text
    block, _ = cut_out(graph, names, report)
    inner = Checker(inner=True).update(block.graph)
    return print_program(lower(block.graph, inner), SELECTION).text
