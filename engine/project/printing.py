"""From a project to the text of its file: stable order, a node a line, so that a difference of two files is legible."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.blocks import Block
from engine.check.report import Column
from engine.graph import Graph, Node, Outlet
from engine.layers import Layer, Unknown, layer_type, plain
from engine.project.annotations import plain_annotations, short
from engine.project.blocks import plain_lifted
from engine.project.project import Data, Project
from engine.project.settings import plain_recipe
from engine.project.upgrades import VERSION
from engine.turns import turns

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def print_project(project: Project) -> str:
    """The text. Raises ValueError where a number is not finite."""
    return "".join(turns(_lines(plain_project(project)))) + "\n"


def plain_project(project: Project) -> dict[str, Any]:
    """The file's JSON object as Python's values. The journal writes down the same, piece by piece."""
    content: dict[str, Any] = {"loom": _version(project)}
    if project.blocks:
        content["blocks"] = {name: plain_block(block) for name, block in project.blocks.items()}
    content["networks"] = {name: _network(graph) for name, graph in project.networks.items()}
    if data := _data(project.data):
        content["data"] = data
    if recipe := plain_recipe(project.recipe):
        content["recipe"] = {key: _Line(value) if isinstance(value, dict) else value for key, value in recipe.items()}
    return content


def plain_node(node: Node[Layer]) -> dict[str, Any]:
    """A node's JSON object without a look at others: every wire names the output that it comes from."""
    return _node(node, {source.node for sources in node.inputs.values() for source in sources})


def plain_network(graph: Graph[Layer]) -> dict[str, Any]:
    """A drawing's JSON object."""
    return _network(graph)


def plain_block(block: Block) -> dict[str, Any]:
    """A block's JSON object."""
    content: dict[str, Any] = {"summary": block.summary} if block.summary else {}
    if block.parameters:
        content["parameters"] = {lifted.name: _Line(plain_lifted(lifted)) for lifted in block.parameters}
    return content | _network(block.graph)


def _version(project: Project) -> int:
    """The first version that can hold the project, so that earlier programs open what they can."""
    later = any(graph.annotations or graph.flow != "down" for graph in project.networks.values())
    return VERSION if project.blocks or later else 1


class _Line(dict[str, Any]):
    """An object that is printed on one line."""


def _lines(value: Any, indent: str = "") -> Iterator[str]:
    """JSON with a member a line, down to what is a _Line or no object."""
    if not isinstance(value, dict) or isinstance(value, _Line) or not value:
        yield _encode(value)
        return
    before = "{\n"
    for key, member in value.items():
        yield f"{before}{indent}  {_encode(key)}: "
        yield from _lines(member, indent + "  ")
        before = ",\n"
    yield f"\n{indent}}}"


def _network(graph: Graph[Layer]) -> dict[str, Any]:
    several = {name for name, node in graph.nodes.items() if len(type(node.layer).about.outputs) > 1}
    content: dict[str, Any] = {"nodes": {name: _node(node, several) for name, node in turns(graph.nodes.items())}}
    if places := {name: place for name, place in graph.places.items() if name in graph.nodes}:
        content["layout"] = {name: [short(place.x), short(place.y)] for name, place in places.items()}
    if graph.flow != "down":
        content["flow"] = graph.flow
    for kind, some in plain_annotations(graph.annotations).items():
        content[kind] = {id: _Line(one) for id, one in some.items()}
    return content


def _node(node: Node[Layer], several: set[str]) -> _Line:
    line = _Line(type=layer_type(node.layer), **_parameters(node.layer))
    if node.label:
        line["label"] = node.label
    variadic = {port.name for port in type(node.layer).about.inputs if port.variadic}
    if wires := {
        port: _sources(sources, several, port in variadic and not isinstance(node.layer, Unknown))
        for port, sources in node.inputs.items()
        if sources
    }:
        line["in"] = wires
    return line


def _parameters(layer: Layer) -> Mapping[str, Any]:
    return json.loads(layer.raw) if isinstance(layer, Unknown) else plain(layer)


def _sources(sources: tuple[Outlet, ...], several: set[str], listed: bool) -> str | list[str]:
    written = [_outlet(source, several) for source in sources]
    return written if listed or len(written) > 1 else written[0]


def _outlet(source: Outlet, several: set[str]) -> str:
    bare = source.port == "output" and source.node not in several
    return source.node if bare else f"{source.node}.{source.port}"


def _data(data: Data) -> dict[str, Any]:
    content: dict[str, Any] = {"source": data.source} if data.source else {}
    if data.columns:
        content["columns"] = {column.name: _column(column) for column in data.columns}
    return content


def _column(column: Column) -> _Line:
    line = _Line(shape=list(column.shape), dtype=column.dtype)
    if column.classes:
        line["classes"] = list(column.classes)
    return line
