"""Files of a later version: what of them is understood, and what is left out.

What the reader would guess at is taken out before it reads; what it mends by itself (an unknown field, a parameter of
a kind that it does not know) it reports. Nothing of this is ever written back over the file.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from engine.graph import name_fault
from engine.project.faults import WrongContent
from engine.project.project import Project
from engine.project.reading import read_project
from engine.text import Text, text

Tree: TypeAlias = dict[str, Any]
EMPTY: Tree = {"loom": 1, "networks": {"main": {}}}
MOST_FIELDS = 16
"""What has more members than this is no thing with fields, but many things by name."""


def understood(content: Tree, name: str) -> tuple[Project, tuple[Text, ...]]:
    """The project as far as this version knows what is meant, and a sentence for each thing left out.

    Raises WrongContent where there is no network in it that can be shown.
    """
    left_out: list[Text] = []
    tree = {key: value for key, value in content.items() if key not in ("networks", "blocks", "data")}
    if blocks := _drawings("blocks", content.get("blocks", {}), left_out):
        tree["blocks"] = blocks
    tree["networks"] = _drawings("networks", content.get("networks", {}), left_out)
    if not tree["networks"]:
        raise WrongContent(name, [text("This version finds no network in it that it understands."), *left_out])
    if "data" in content:
        tree["data"] = _data(content["data"], left_out)
    project = read_project(tree, left_out)
    return project, tuple(left_out)


def _drawings(section: str, value: Any, left_out: list[Text]) -> Tree:
    """The networks, or blocks, with the nodes that can be shown."""
    found = {}
    for name, drawing in _members(value):
        if name_fault(name) or type(drawing) is not dict:
            left_out.append(_not_known(text("“{name}”", name=name[:80])))
            continue
        kept: Tree = {"nodes": dict(_nodes(drawing.get("nodes", {}), left_out))}
        kept["layout"] = {node: place for node, place in _members(drawing.get("layout", {})) if _is_place(place)}
        for key, held in drawing.items():
            if key not in kept:
                kept |= _known_part(section, name, kept, key, held, left_out)
        found[name] = kept
    return found


def _known_part(section: str, name: str, drawing: Tree, key: str, value: Any, left_out: list[Text]) -> Tree:
    """A part of a drawing beside its nodes, such as its frames, as far as it is read without a fault.

    It is read with those nodes alone that it speaks of: each of its members is tried, and nodes may be many.
    """

    def faults(nodes: Tree, part: Tree) -> int:
        networks: Tree = {"networks": {"main": {}}} | {section: {name: {"nodes": nodes, **part}}}
        found: list[Text] = []
        read_project({"loom": 1, **networks}, found)
        return len(found)

    def fits(one: Any) -> bool:
        nodes = {node: drawing["nodes"][node] for node in _spoken_of(one) if node in drawing["nodes"]}
        return faults(nodes, {key: one}) <= faults(nodes, {})

    known = _known(value, fits)
    if known != value:
        left_out.append(_not_known(text("“{field}” of {where}, or a part of it,", field=key[:80], where=name)))
    return {} if known is None else {key: known}


def _known(value: Any, fits: Callable[[Any], bool]) -> Any:
    """The value if it fits, or what is left of it: without a field, or without the members that do not fit."""
    if fits(value):
        return value
    if type(value) is not dict:
        return None
    for field in value if len(value) <= MOST_FIELDS else ():
        if value.keys() - {field} and fits(without := {key: held for key, held in value.items() if key != field}):
            return without
    kept = {key: _known(held, lambda one, key=key: fits({key: one})) for key, held in value.items()}  # type: ignore[misc]
    kept = {key: held for key, held in kept.items() if held is not None}
    return kept if kept and fits(kept) else None


def _spoken_of(parameters: Any) -> set[str]:
    """The nodes that a block's parameters set."""
    targets = [one.get("targets") for _, one in _members(parameters) if type(one) is dict]
    return {target.partition(".")[0] for found in targets for target, _ in _members(found)}


def _nodes(value: Any, left_out: list[Text]) -> Iterator[tuple[str, Tree]]:
    for name, node in _members(value):
        where = text("Node {node}", node=name[:80])
        if name_fault(name) or type(node) is not dict or type(node.get("type")) is not str or not node["type"]:
            left_out.append(_not_known(where))
            continue
        inputs = {
            port: known for port, written in _members(node.get("in", {})) if (known := _known_wires(port, written))
        }
        if inputs != node.get("in", {}):
            left_out.append(text("{where}: some of its wires are written in a way not known here.", where=where))
        rest = {key: held for key, held in node.items() if key != "in"}
        yield name, ({**rest, "in": inputs} if inputs else rest)


def _known_wires(port: str, written: Any) -> Any:
    """The wires into a port that can be read, as they are written; None where none can."""
    if not port.isidentifier():
        return None
    if type(written) is list:
        return [one for one in written if _is_outlet(one)] or None
    return written if _is_outlet(written) else None


def _is_outlet(written: Any) -> bool:
    if type(written) is not str:
        return False
    node, dot, port = written.partition(".")
    return node.isidentifier() and (port.isidentifier() if dot else True)


def _is_place(written: Any) -> bool:
    """A place of another form is no loss worth a sentence: the node is given one."""
    if type(written) is not list or len(written) != 2:
        return False
    return all(type(number) is float or (type(number) is int and abs(number) < 2**53) for number in written)


def _data(value: Any, left_out: list[Text]) -> Tree:
    found = {key: held for key, held in _members(value) if key != "columns"}
    columns = {}
    for name, column in _members(value.get("columns", {}) if type(value) is dict else {}):
        if _reads({**EMPTY, "data": {"columns": {name: column}}}):
            columns[name] = column
        else:
            left_out.append(_not_known(text("The column “{name}”", name=name[:80])))
    return {**found, "columns": columns} if columns else found


def _reads(content: Tree) -> bool:
    faults: list[Text] = []
    read_project(content, faults)
    return not faults


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    yield from value.items() if type(value) is dict else ()


def _not_known(where: Text) -> Text:
    return text("{where} is of a kind that this version does not know.", where=where)
