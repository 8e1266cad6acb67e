"""Two people's changes to one project put together: by node and parameter, with what contradicts itself listed.

The merge is made on the file's JSON values, section by section, so that whatever a file can hold is merged.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeAlias

import msgspec
from msgspec import UNSET

from engine.layers import UnknownType, Wrong, read_layer
from engine.project.compare import same
from engine.project.printing import plain_node, plain_project
from engine.project.project import Project
from engine.project.reading import read_project
from engine.text import Text

Path: TypeAlias = tuple[str, ...]
Tree: TypeAlias = dict[str, Any]
Three: TypeAlias = tuple[Any, Any, Any]

SECTIONS = frozenset({"networks", "blocks", "recipe", "nodes", "layout", "frames", "notes", "bookmarks", "parameters"})
"""Objects that may be left out where they are empty."""
UNITS = frozenset({"nodes", "frames", "notes", "bookmarks", "parameters"})
"""Objects whose members are wholes: two changes of one node that contradict each other are one conflict."""
WHOLE: Collection[Path] = {("data",), ("recipe", "optimizer")}
"""What belongs together although it has members: the columns are those of the source."""


class Conflict(msgspec.Struct, frozen=True):
    """What both changed in different ways: `path` leads to it, ("networks", "main", "nodes", "conv1").

    The values are JSON values, UNSET where it is not there.
    """

    path: Path
    base: Any
    mine: Any
    theirs: Any


class Merged(msgspec.Struct, frozen=True):
    """The merged project; of what is in conflict it has mine, or theirs where that was asked for."""

    project: Project
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Project, mine: Project, theirs: Project, take_theirs: Collection[Path] = ()) -> Merged:
    """What both did to `base`. `take_theirs` are the paths of conflicts in which theirs is to be taken.

    Where both moved a node, it lies where mine has it: that is no conflict.
    """
    if theirs == base or mine == theirs:
        return Merged(mine)
    if mine == base:
        return Merged(theirs)
    trees = (_tree(base), _tree(mine), _tree(theirs))
    merging = _Merging(take_theirs)
    merged = merging.value(trees, ())
    for section in ("networks", "blocks"):
        for name in merged.get(section, {}):
            merging.keep_used(trees, merged, (section, name))
    faults: list[Text] = []
    project = read_project(merged, faults)
    if not faults:
        return Merged(project, tuple(merging.conflicts.values()))
    whole = Conflict((), *trees)  # each is sound for itself, and both together are not
    return Merged(theirs if () in take_theirs else mine, (whole,))


class _Merging:
    """A merge in progress: the conflicts met so far, and whose side is taken in them."""

    def __init__(self, take_theirs: Collection[Path]) -> None:
        self._take_theirs = frozenset(take_theirs)
        self.conflicts: dict[Path, Conflict] = {}

    def value(self, three: Three, path: Path) -> Any:
        """The merged value of base, mine and theirs."""
        if path and path[-1] in SECTIONS and any(isinstance(value, dict) for value in three):
            three = _filled(three)
        base, mine, theirs = three
        if same(mine, theirs) or same(base, theirs):
            return mine
        if same(base, mine):
            return theirs
        if len(path) > 1 and path[-2] == "layout":
            return mine
        if path in WHOLE or not all(isinstance(value, dict) for value in three):
            return self._clash(three, path)
        return self._unit(three, path) if len(path) > 1 and path[-2] in UNITS else self._members(three, path)

    def keep_used(self, trees: tuple[Tree, Tree, Tree], merged: Tree, path: Path) -> None:
        """A node that one side removed and that is fed on in what the other side has, is a conflict, too.

        Which conflicts there are does not depend on what is chosen in others: whatever may be fed by it counts.
        """
        base, mine, theirs = (_nodes(tree, path) for tree in trees)
        nodes = _nodes(merged, path)
        removed = [name for name in base if (name in mine) != (name in theirs)]
        waiting = [*nodes.values(), *self._undecided((*path, "nodes"))]
        while waiting:
            used = {source for node in waiting for source in _sources(node)}
            waiting = []
            for name in removed:
                way = (*path, "nodes", name)
                if name not in used or name in nodes or way in self.conflicts:
                    continue
                kept = self._clash((base[name], mine.get(name, UNSET), theirs.get(name, UNSET)), way)
                waiting.append(mine.get(name) or theirs[name])
                if kept is not UNSET:
                    nodes[name] = kept
        for gone in [name for name in removed if name not in nodes]:
            nodes.update({other: _without(node, gone) for other, node in nodes.items() if gone in _sources(node)})

    def _undecided(self, path: Path) -> list[Tree]:
        """Both sides of the nodes of a drawing about which there is a conflict."""
        found = [conflict for way, conflict in self.conflicts.items() if way[:-1] == path]
        return [side for conflict in found for side in (conflict.mine, conflict.theirs) if side is not UNSET]

    def _members(self, three: tuple[Tree, Tree, Tree], path: Path) -> Tree:
        found = {}
        for key in _order(*three):
            base, mine, theirs = (tree.get(key, UNSET) for tree in three)
            value = self.value((base, mine, theirs), (*path, key))
            if value is not UNSET:
                found[key] = value
        return found

    def _unit(self, three: tuple[Tree, Tree, Tree], path: Path) -> Tree:
        """A node, or another thing with fields: merged field by field, and one conflict where any of them clashes."""
        theirs_wins = path in self._take_theirs
        layered = path[-2] == "nodes"
        together = layered and len({tree.get("type") for tree in three}) > 1
        found, clashed = _merged_fields(three, theirs_wins, together)
        if layered and not _is_sound(found):
            found, _ = _merged_fields(three, theirs_wins, together=True)
            clashed = True
        if clashed:
            self._clash(three, path)
        return found

    def _clash(self, three: Three, path: Path) -> Any:
        self.conflicts[path] = Conflict(path, *three)
        return three[2] if path in self._take_theirs else three[1]


def _filled(three: Three) -> Three:
    base, mine, theirs = ({} if value is UNSET else value for value in three)
    return base, mine, theirs


def _merged_fields(three: tuple[Tree, Tree, Tree], theirs_wins: bool, together: bool) -> tuple[Tree, bool]:
    """The fields of a node, and whether some clashed. `together`: a layer's type and parameters are one field."""
    sides = [_fields(tree, together) for tree in three]
    found: dict[Path, Any] = {}
    clashed = False
    for key in _order(*sides):
        base, mine, theirs = (side.get(key, UNSET) for side in sides)
        clash = not (same(mine, theirs) or same(base, theirs) or same(base, mine))
        clashed |= clash
        value = theirs if (theirs_wins if clash else same(base, mine)) else mine
        if value is not UNSET:
            found[key] = value
    return _from_fields(found), clashed


def _fields(tree: Tree, together: bool) -> dict[Path, Any]:
    """A node's fields, each input a field of its own."""
    inputs: dict[Path, Any] = {("in", port): sources for port, sources in tree.get("in", {}).items()}
    own = {key: value for key, value in tree.items() if key not in ("in", "label")}
    layer: dict[Path, Any] = {("layer",): own} if together else {("layer", key): value for key, value in own.items()}
    label: dict[Path, Any] = {("label",): tree["label"]} if "label" in tree else {}
    return {**layer, **label, **inputs}


def _from_fields(fields: Mapping[Path, Any]) -> Tree:
    own = {key[1]: value for key, value in fields.items() if key[0] == "layer" and len(key) > 1}
    own |= fields.get(("layer",), {})
    label = {"label": fields[("label",)]} if ("label",) in fields else {}
    inputs = {key[1]: value for key, value in fields.items() if key[0] == "in"}
    return {**own, **label, **({"in": inputs} if inputs else {})}


def _is_sound(node: Tree) -> bool:
    """Whether a node's parameters go together; of a layer that is not known here, they do."""
    faults: list[Wrong] = []
    try:
        read_layer(
            node["type"], {key: value for key, value in node.items() if key not in ("type", "in", "label")}, faults
        )
    except (UnknownType, KeyError):
        return True
    return not faults


def _tree(project: Project) -> Tree:
    """The file's JSON values; every wire names its output, so that one written in two ways is the same."""
    tree = plain_project(project)
    for section, graphs in (
        ("networks", project.networks),
        ("blocks", {n: b.graph for n, b in project.blocks.items()}),
    ):
        for name, graph in graphs.items():
            tree[section][name]["nodes"] = {node: plain_node(graph.nodes[node]) for node in graph.nodes}
    read: Tree = json.loads(json.dumps(tree))  # sizes as lists, as a file has them
    return read


def _nodes(tree: Tree, path: Path) -> Tree:
    found: Tree = tree.get(path[0], {}).get(path[1], {}).get("nodes", {})
    return found


def _sources(node: Tree) -> set[str]:
    """The nodes that a node's wires come from."""
    written = [one for value in node.get("in", {}).values() for one in (value if isinstance(value, list) else [value])]
    return {one.partition(".")[0] for one in written}


def _without(node: Tree, source: str) -> Tree:
    """The node without its wires from another."""
    inputs = {}
    for port, value in node["in"].items():
        kept = [one for one in (value if isinstance(value, list) else [value]) if one.partition(".")[0] != source]
        if kept:
            inputs[port] = kept
    return {**{key: value for key, value in node.items() if key != "in"}, **({"in": inputs} if inputs else {})}


def _order(base: Iterable[Any], mine: Iterable[Any], theirs: Iterable[Any]) -> list[Any]:
    """All keys: in my order, and what only theirs has after what it follows there."""
    first, second = list(mine), list(theirs)
    if first == list(base):
        first, second = second, first
    known = set(first)
    after: dict[Any, list[Any]] = {}
    last: Any = UNSET
    for key in second:
        if key in known:
            last = key
        else:
            after.setdefault(last, []).append(key)
    if not after:
        return first
    return [*after.get(UNSET, []), *(key for own in first for key in (own, *after.get(own, [])))]
