"""Blocks in a file: read, in an order in which each comes after those that it uses, and written."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import msgspec

from engine.blocks import PREFIX, Block, Lifted, Target, block_layer
from engine.blocks.declaring import face_default, face_type
from engine.blocks.instances import in_order
from engine.blocks.lifting import parameter_fault
from engine.blocks.values import declared
from engine.graph import Graph, name_fault
from engine.layers import Layer, expected_text
from engine.project.annotations import KINDS
from engine.project.fields import expected, object_of, only
from engine.text import Failure, Text, text

Classes: TypeAlias = Mapping[str, type[Layer]]
ReadDrawing: TypeAlias = Callable[[Text, Mapping[str, Any], Classes, list[Text]], Graph[Layer]]

DRAWING = ("nodes", "layout", "flow", *KINDS)
MOST_TIMES = 2**31


def read_blocks(content: Mapping[str, Any], read_drawing: ReadDrawing, faults: list[Text]) -> dict[str, Block]:
    """The blocks, each after those that it uses; what is wrong goes into faults."""
    found: dict[str, Block] = {}
    classes: dict[str, type[Layer]] = {}
    try:
        order = in_order({name: [used for used in _used(block) if used in content] for name, block in content.items()})
    except Failure as circle:
        faults.append(circle.text)
        return found
    for name in order:
        where = text("The block “{name}”", name=name[:80])
        if fault := name_fault(name):
            faults.append(text("{where}: {fault}", where=where, fault=fault))
            continue
        found[name] = _block(where, content[name], classes, read_drawing, faults)
        classes[PREFIX + name] = block_layer(name, found[name])
    return found


def plain_lifted(lifted: Lifted) -> dict[str, Any]:
    """A lifted parameter as JSON has it."""
    targets = {f"{target.node}.{target.parameter}": target.times for target in lifted.targets}
    found: dict[str, Any] = {"targets": targets, "default": msgspec.to_builtins(lifted.default)}
    return {**found, "help": lifted.help} if lifted.help else found


def _used(block: Any) -> Iterator[str]:
    """The blocks whose instances are in a block's JSON, whatever else is wrong with it."""
    nodes = block.get("nodes") if type(block) is dict else None
    for node in nodes.values() if type(nodes) is dict else ():
        kind = node.get("type") if type(node) is dict else None
        if type(kind) is str and kind.startswith(PREFIX):
            yield kind.removeprefix(PREFIX)


def _block(where: Text, content: Any, classes: Classes, read_drawing: ReadDrawing, faults: list[Text]) -> Block:
    content = object_of(content, where, faults)
    only(content, ("summary", "parameters", *DRAWING), where, faults)
    summary = content.get("summary", "")
    if type(summary) is not str:
        faults.append(expected(where, text("“summary”"), text("text"), summary))
        summary = ""
    graph = read_drawing(where, content, classes, faults)
    written = object_of(content.get("parameters", {}), text("“parameters” of {where}", where=where), faults)
    return Block(graph, tuple(_parameters(where, written, graph, faults)), summary)


def _parameters(where: Text, content: Mapping[str, Any], graph: Graph[Layer], faults: list[Text]) -> Iterator[Lifted]:
    for name, one in content.items():
        here = text("“{name}” of {where}", name=name[:80], where=where)
        if fault := parameter_fault(name):
            faults.append(text("{where}: {fault}", where=where, fault=fault))
        elif type(one) is not dict:
            object_of(one, here, faults)
        else:
            only(one, ("targets", "default", "help"), here, faults)
            yield _with_default(here, _lifted(here, name, one, faults), graph, faults)


def _lifted(where: Text, name: str, content: Mapping[str, Any], faults: list[Text]) -> Lifted:
    written = object_of(content.get("targets", {}), text("“targets” of {where}", where=where), faults)
    words, default = content.get("help", ""), content.get("default")
    if type(words) is not str:
        faults.append(expected(where, text("“help”"), text("text"), words))
        words = ""
    parts = default if type(default) is list else [default]
    if not all(one is None or type(one) in (bool, int, float, str) for one in parts):
        faults.append(expected(where, text("“default”"), text("a parameter's value"), default))
        default = None
    targets = tuple(_targets(where, written, faults))
    return Lifted(name, targets, tuple(default) if type(default) is list else default, words)


def _targets(where: Text, content: Mapping[str, Any], faults: list[Text]) -> Iterator[Target]:
    """“node.parameter” to how many times as large it is set."""
    for written, times in content.items():
        node, _, parameter = written.partition(".")
        if not (node.isidentifier() and parameter.isidentifier()):
            faults.append(expected(where, text("a target"), text("“node.parameter”"), written))
        elif type(times) is not int or not 1 <= times <= MOST_TIMES:
            faults.append(expected(where, text("“{field}”", field=written[:80]), text("a whole number ≥ 1"), times))
        else:
            yield Target(node, parameter, times)


def _with_default(where: Text, lifted: Lifted, graph: Graph[Layer], faults: list[Text]) -> Lifted:
    """With the default in its type's own form, where the type is known."""
    target = next((target for target in lifted.targets if declared(graph, target)), None)
    if target is None:
        return lifted
    default = face_default(graph, lifted, face_type(graph, lifted))
    if default != lifted.default:
        parameter = type(graph.nodes[target.node].layer).about.parameter(target.parameter)
        faults.append(expected(where, text("“default”"), expected_text(parameter), msgspec.to_builtins(lifted.default)))
    return msgspec.structs.replace(lifted, default=default)
