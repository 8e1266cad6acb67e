"""From the JSON object of a file to a project, with everything that is wrong collected, node by node."""

import json
from collections.abc import Mapping
from typing import Any, get_args

from engine.blocks import PREFIX, block_layer
from engine.check.report import Column
from engine.graph import Flow, Graph, Node, Outlet, Place, name_fault
from engine.layers import Layer, Unknown, UnknownType, Wrong, read_as, read_layer
from engine.project.annotations import read_annotations
from engine.project.blocks import DRAWING, Classes, read_blocks
from engine.project.fields import expected, is_number, object_of, only
from engine.project.project import Data, Project
from engine.project.recipe import Recipe
from engine.project.settings import read_recipe
from engine.text import Text, text

DTYPES = get_args(Column.__annotations__["dtype"])


def read_project(content: Mapping[str, Any], faults: list[Text]) -> Project:
    """The project; what is wrong goes into faults, and then the project is not to be used."""
    only(content, ("loom", "blocks", "networks", "data", "recipe"), text("The file"), faults)
    blocks = read_blocks(object_of(content.get("blocks", {}), text("“blocks”"), faults), read_drawing, faults)
    classes = {PREFIX + name: block_layer(name, block) for name, block in blocks.items()}
    networks = object_of(content.get("networks"), text("“networks”"), faults)
    if not networks and not faults:
        faults.append(text("It holds no network; “networks” must name one at least."))
    return Project(
        networks={name: _network(name, network, classes, faults) for name, network in networks.items()},
        blocks=blocks,
        data=_data(content.get("data", {}), faults),
        recipe=_recipe(content.get("recipe", {}), faults),
    )


def read_drawing(where: Text, content: Mapping[str, Any], classes: Classes, faults: list[Text]) -> Graph[Layer]:
    """A network's, or a block's, drawing; `classes` are those of the blocks that it may use, by type."""
    nodes = object_of(content.get("nodes", {}), text("“nodes” of {where}", where=where), faults)
    layout = object_of(content.get("layout", {}), text("“layout” of {where}", where=where), faults)
    places = {node: _place(node, place, faults) for node, place in layout.items() if node in nodes}
    read = {node: _node(node, value, classes, faults) for node, value in nodes.items()}
    return Graph(read, places, read_annotations(where, content, faults), _flow(where, content, faults))


def _flow(where: Text, content: Mapping[str, Any], faults: list[Text]) -> Flow:
    """Where values go on the canvas; downwards where nothing is said."""
    found = content.get("flow", "down")
    if found != "down" and found != "right":
        faults.append(expected(where, text("“flow”"), text("“down” or “right”"), found))
    return "right" if found == "right" else "down"


def _network(name: str, content: Any, classes: Classes, faults: list[Text]) -> Graph[Layer]:
    where = text("The network “{name}”", name=name[:80])
    if fault := name_fault(name):
        faults.append(text("{where}: {fault}", where=where, fault=fault))
    content = object_of(content, where, faults)
    only(content, DRAWING, where, faults)
    return read_drawing(where, content, classes, faults)


def _node(name: str, content: Any, classes: Classes, faults: list[Text]) -> Node[Layer]:
    if fault := name_fault(name):
        faults.append(fault)
    where = text("Node {node}", node=name[:80])
    parameters = dict(object_of(content, where, faults))
    if type(content) is not dict:
        return Node(Unknown("", "{}"))
    label = parameters.pop("label", "")
    if type(label) is not str:
        faults.append(expected(where, text("“label”"), text("text"), label))
        label = ""
    inputs = _inputs(where, parameters.pop("in", {}), faults)
    return Node(_layer(where, parameters, classes, faults), inputs, label)


def _layer(where: Text, parameters: dict[str, Any], classes: Classes, faults: list[Text]) -> Layer:
    kind = parameters.pop("type", None)
    if type(kind) is not str or not kind:
        faults.append(expected(where, text("“type”"), text("the name of a layer"), kind))
        return Unknown("", "{}")
    wrong: list[Wrong] = []
    try:
        found = classes.get(kind)
        layer = read_as(found, parameters, wrong) if found else read_layer(kind, parameters, wrong)
    except UnknownType:
        return Unknown(kind, json.dumps(parameters, ensure_ascii=False))
    faults.extend(text("{where}: {fault}", where=where, fault=fault.text) for fault in wrong)
    return layer


def _inputs(where: Text, content: Any, faults: list[Text]) -> dict[str, tuple[Outlet, ...]]:
    inputs = {}
    for port, written in object_of(content, text("“in” of {where}", where=where), faults).items():
        if not port.isidentifier():
            faults.append(text("{where}: “{port}” cannot be the name of an input.", where=where, port=port[:80]))
        sources = [_outlet(where, one, faults) for one in (written if type(written) is list else [written])]
        if sources:
            inputs[port] = tuple(sources)
    return inputs


def _outlet(where: Text, written: Any, faults: list[Text]) -> Outlet:
    """“node” is its output called “output”, which every layer's first one is; “node.port” any other."""
    if type(written) is str:
        node, dot, port = written.partition(".")
        if node.isidentifier() and (port.isidentifier() if dot else True):
            return Outlet(node, port or "output")
    faults.append(expected(where, text("a wire"), text("“node” or “node.output”"), written))
    return Outlet("", "")


def _place(node: str, written: Any, faults: list[Text]) -> Place:
    if type(written) is list and len(written) == 2 and all(is_number(number) for number in written):
        return Place(float(written[0]), float(written[1]))
    faults.append(expected(text("Node {node}", node=node[:80]), text("its layout"), text("[x, y]"), written))
    return Place(0, 0)


def _data(content: Any, faults: list[Text]) -> Data:
    where = text("“data”")
    content = object_of(content, where, faults)
    only(content, ("source", "columns"), where, faults)
    source = content.get("source", "")
    if type(source) is not str:
        faults.append(expected(where, text("“source”"), text("text such as “sample:digits”"), source))
        source = ""
    columns = object_of(content.get("columns", {}), text("“columns” of “data”"), faults)
    return Data(source, tuple(_column(name, column, faults) for name, column in columns.items()))


def _column(name: str, content: Any, faults: list[Text]) -> Column:
    where = text("The column “{name}”", name=name[:80])
    if not object_of(content, where, faults) and type(content) is not dict:
        return Column(name, (), "float32")
    only(content, ("shape", "dtype", "classes"), where, faults)
    shape, dtype, classes = content.get("shape"), content.get("dtype"), content.get("classes", [])
    if type(shape) is not list or not all(type(size) is int and size >= 0 for size in shape):
        faults.append(expected(where, text("“shape”"), text("a list of whole numbers"), shape))
        shape = []
    if dtype not in DTYPES:
        faults.append(expected(where, text("“dtype”"), text("float32 or int64"), dtype))
    if type(classes) is not list or not all(type(one) is str for one in classes):
        faults.append(expected(where, text("“classes”"), text("a list of names"), classes))
        classes = []
    return Column(name, tuple(shape), "int64" if dtype == "int64" else "float32", tuple(classes))


def _recipe(content: Any, faults: list[Text]) -> Recipe:
    where = text("“recipe”")
    wrong: list[Wrong] = []
    recipe = read_recipe(object_of(content, where, faults), wrong)
    faults.extend(text("{where}: {fault}", where=where, fault=fault.text) for fault in wrong)
    return recipe
