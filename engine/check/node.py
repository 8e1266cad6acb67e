"""What there is to say of one node, given the specs of what is wired into it."""

from typing import NamedTuple

from msgspec.structs import replace

from engine.check.judge import Fault, judge
from engine.check.order import Nodes
from engine.check.report import Cost, Problem
from engine.check.titles import suggest
from engine.check.wiring import Specs, Wires, arguments_from
from engine.graph import Fix, InsertLayer, RemoveNode, Replace, SetParameter, Spec
from engine.layers import Unknown
from engine.text import Text, text


class Finding(NamedTuple):
    """`outputs` is None where they are not known: a fault here, or before."""

    outputs: tuple[Spec, ...] | None
    problems: tuple[Problem, ...]
    cost: Cost


FREE = Cost()


def examine(nodes: Nodes, name: str, wires: Wires, specs: Specs, fixes: bool = True) -> Finding:
    """The finding for a node of the drawing. `wires` are what `wires_of` gives for it.

    `fixes`: a misfit comes with what would mend it, which costs trials.
    """
    layer = nodes[name].layer
    problems = wires.problems
    if isinstance(layer, Unknown):
        return Finding(None, (_unknown(name, layer),), FREE)
    arguments = arguments_from(wires, specs)
    if arguments is None:
        return Finding(None, problems, FREE)
    verdict = judge(layer, arguments)
    if verdict.fault:
        problems += (_misfit(nodes, name, verdict.fault, fixes),)
    if verdict.limit:
        problems += (_limit(name, verdict.limit),)
    if verdict.doubt:
        doubt = text("{node}: {fault}", node=name, fault=verdict.doubt)
        problems += (Problem("doubt", name, "", "warning", doubt),)
    return Finding(verdict.outputs, problems, verdict.cost)


def at_node(fix: Fix, name: str) -> Fix:
    """A layer's fix, which speaks of "this node", for the node with this name."""
    if isinstance(fix, SetParameter | InsertLayer | RemoveNode | Replace) and not fix.node:
        return replace(fix, node=name)
    return fix


def fault_text(name: str, fault: Fault) -> Text:
    """The layer's sentence, said of the node: "linear1 takes …" instead of "Linear takes …"."""
    sentence = fault.text
    if any(key == "layer" for key, _ in sentence.values):
        named = tuple((key, name if key == "layer" else value) for key, value in sentence.values)
        return Text(sentence.message, named)
    return text("{node}: {fault}", node=name, fault=sentence)


def _misfit(nodes: Nodes, name: str, fault: Fault, fixes: bool) -> Problem:
    found = tuple(suggest(at_node(fix, name), nodes, name) for fix in fault.fixes) if fixes else ()
    return Problem("misfit", name, fault.port, "error", fault_text(name, fault), found)


def _limit(name: str, limit: Text) -> Problem:
    return Problem("onnx", name, "", "warning", text("{node} cannot go into ONNX: {why}", node=name, why=limit))


def _unknown(name: str, layer: Unknown) -> Problem:
    sentence = text(
        "{node} is a “{type}”, a layer that this version of Tensorloom does not know.", node=name, type=layer.type
    )
    return Problem("unknown_layer", name, "", "error", sentence)
