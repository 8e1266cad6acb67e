"""What the exporter made, tidied: constants folded, drawn names given to nodes and values, everything else removed."""

import ast
from collections.abc import Mapping, Sequence

import onnx_ir as ir
import onnx_ir.passes.common as passes
from onnxscript import optimizer, rewriter
from onnxscript.rewriter.rules.common import materialize_reshape_shape_rule

from engine.exchange.blame import printed_lines
from engine.lower.paths import Ways, numbered

STACK = "pkg.torch.onnx.stack_trace"
SCOPES = "pkg.torch.onnx.name_scopes"


def clean(model: ir.Model) -> None:
    """Folds constants and takes out what does nothing.

    Nodes are not fused into each other, so that every drawn node and its weights are found in the file as they are
    in PyTorch; ONNX Runtime fuses them when it loads the file.
    """
    optimizer.inline(model)
    optimizer.fold_constants(model)
    rewriter.rewrite(model, [materialize_reshape_shape_rule])
    optimizer.remove_unused_nodes(model)
    optimizer.remove_unused_functions(model)
    for tidy in (
        passes.IdentityEliminationPass(),
        passes.OutputFixPass(),
        passes.LiftConstantsToInitializersPass(lift_all_constants=True, size_limit=0),
        passes.RemoveUnusedNodesPass(),
        passes.RemoveUnusedOpsetsPass(),
        passes.TopologicalSortPass(),
    ):
        tidy(model)


def name_as_drawn(model: ir.Model, arguments: Sequence[str], results: Sequence[str], ways: Ways) -> None:
    """Names ONNX nodes by the drawn node whose printed line they come from, and removes all other metadata.

    `arguments` and `results` are the names for inputs and outputs, in order. Of several ONNX nodes that a drawn node
    became, the last, which gives its value, has its name; the others are called `conv1/Pad`. Nodes in blocks are
    called by the way to them, `res1/conv1`. Values are called as the nodes that make them.
    """
    graph = model.graph
    for port, name in zip((*graph.inputs, *graph.outputs), (*arguments, *results), strict=True):
        port.name = name
    owners = _owners(graph, ways)
    last = {owner: node for node, owner in owners.items()}
    values = _Names({value.name or "" for value in (*graph.inputs, *graph.outputs, *graph.initializers.values())})
    nodes = _Names(set(last))
    for node, owner in owners.items():
        node.name = owner if last[owner] is node else nodes.free(f"{owner}/{node.op_type}")
        for output in node.outputs:
            if not output.is_graph_output():
                output.name = values.free(node.name)
    for value, owner in _constants(graph, owners):
        value.name = values.free(f"{owner}/constant")
    _strip(model)


def _owners(graph: ir.Graph, ways: Ways) -> dict[ir.Node, str]:
    """The drawn node of each ONNX node, in the graph's order.

    An ONNX node without a line (the batch size, read for several nodes) belongs to the first that uses it.
    """
    owners: dict[ir.Node, str] = {}
    for node in reversed(graph):
        path = ways.at(printed_lines(node.metadata_props.get(STACK, "")))
        owner = path and numbered(path, _module(node))
        users = [owners[user] for output in node.outputs for user, _ in output.uses() if user in owners]
        owners[node] = owner or (users[-1] if users else _result(node))
    return dict(reversed(owners.items()))


def _module(node: ir.Node) -> str:
    """The key of the module in whose forward it was made: "res1.0.conv1"."""
    scopes = ast.literal_eval(node.metadata_props.get(SCOPES, "[]"))
    return scopes[-2] if len(scopes) > 1 else ""


def _result(node: ir.Node) -> str:
    """The name for a node that only hands an input on to an output."""
    return next((output.name for output in node.outputs if output.name), node.op_type)


def _constants(graph: ir.Graph, owners: Mapping[ir.Node, str]) -> list[tuple[ir.Value, str]]:
    """The constants that the exporter added, and the drawn node that takes each; weights keep PyTorch's keys."""
    found = []
    for key, value in graph.initializers.items():
        users = [owners[user] for user, _ in value.uses() if user in owners]
        if "." not in key and users:
            found.append((value, users[0]))
    return found


class _Names:
    """Names given so far; a second claim on one gets a number."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken

    def free(self, name: str) -> str:
        free, number = name, 2
        while free in self._taken:
            free, number = f"{name}_{number}", number + 1
        self._taken.add(free)
        return free


def _strip(model: ir.Model) -> None:
    """Removes what the exporter noted, local paths among it."""
    passes.ClearMetadataAndDocStringPass()(model)
    graph = model.graph
    for holder in (model, graph, *graph, *graph.inputs, *graph.outputs, *graph.initializers.values()):
        holder.metadata_props.clear()
    for node in graph:
        for value in node.outputs:
            value.metadata_props.clear()
    graph.name, graph.doc_string, model.doc_string = "network", None, None
    model.producer_name, model.producer_version = "tensorloom", None
