"""What the button of a fix says: what it does, in a few words."""

from collections.abc import Mapping
from typing import Any

from engine.check.order import Nodes
from engine.check.report import Suggestion
from engine.graph import AddNode, Connect, Disconnect, Fix, Inlet, InsertLayer, RemoveNode, Replace, SetParameter
from engine.text import Text, Value, text


def suggest(fix: Fix, nodes: Nodes, here: str = "") -> Suggestion:
    """The fix with its title; a node is named where it is another than `here`, at which the problem is shown."""
    return Suggestion(_title(fix, nodes, here), fix)


def step(fix: Suggestion) -> Text:
    """The fix as a step of the history, which is named as those that a person takes: "add conv2d after input1"."""
    title = fix.title
    return Text(_STEPS.get(title.message, title.message), title.values)


def _title(fix: Fix, nodes: Nodes, here: str) -> Text:
    match fix:
        case SetParameter(parameter, value, node) if node in ("", here):
            return text("Set {parameter} to {value}", parameter=parameter, value=value_text(value))
        case SetParameter(parameter, value, node):
            return text("Set {parameter} of {node} to {value}", parameter=parameter, value=value_text(value), node=node)
        case InsertLayer(layer, parameters=parameters):
            return text("Insert {layer}", layer=_layer_text(layer, parameters))
        case RemoveNode(node):
            return text("Remove {node}", node=node)
        case Replace(layer, parameters):
            return text("Replace by {layer}", layer=_layer_text(layer, parameters))
        case AddNode(layer, _, source) if source:
            return text("Add {layer} after {node}", layer=_words(layer), node=source.node)
        case AddNode(layer):
            return text("Add {layer}", layer=_words(layer))
        case Connect(source, _):
            return text("Connect {source}", source=source.node)
        case Disconnect(target):
            return text("Remove the wire from {source}", source=_source_name(nodes, target))


def value_text(value: Any) -> str:
    """A parameter's value as a person writes it: 10, same, 3 × 3."""
    if isinstance(value, list | tuple):
        joint = " × " if all(isinstance(part, int) for part in value) else ", "
        return joint.join(str(part) for part in value) or "–"
    return str(value)


def _layer_text(layer: str, parameters: tuple[tuple[str, Any], ...]) -> str:
    given = ", ".join(f"{name}={value_text(value)}" for name, value in parameters)
    return f"{_words(layer)} ({given})" if given else _words(layer)


def _words(layer: str) -> str:
    return layer.replace("_", " ")


def _source_name(nodes: Nodes, target: Inlet) -> str:
    sources = nodes[target.node].inputs.get(target.port, ())
    return sources[target.slot].node if target.slot < len(sources) else ""


_AS_IN_TITLE: Mapping[str, Value] = {}
_STEPS = {
    done.message[0].upper() + done.message[1:]: done.message
    for done in (
        text("set {parameter} to {value}", **_AS_IN_TITLE),
        text("set {parameter} of {node} to {value}", **_AS_IN_TITLE),
        text("set {node} to {shape}", **_AS_IN_TITLE),
        text("insert {layer}", **_AS_IN_TITLE),
        text("remove {node}", **_AS_IN_TITLE),
        text("remove the wire from {source}", **_AS_IN_TITLE),
        text("replace by {layer}", **_AS_IN_TITLE),
        text("add {layer} after {node}", **_AS_IN_TITLE),
        text("add {layer}", **_AS_IN_TITLE),
        text("connect {source}", **_AS_IN_TITLE),
        text("compare with {column}", **_AS_IN_TITLE),
        text("take {column} as it is: {shape}", **_AS_IN_TITLE),
    )
}
