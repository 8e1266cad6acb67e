"""What differs between two projects: by node and parameter, wire, frame and setting, as a person would tell it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec
from msgspec import UNSET

from engine.blocks.block import Block
from engine.check.report import Column
from engine.graph import Diff, Graph, Node, Outlet, Wire, diff
from engine.layers import Layer, layer_type, plain
from engine.project.blocks import plain_lifted
from engine.project.compare_renames import renames, with_renames
from engine.project.project import Data, Project
from engine.project.recipe import Recipe
from engine.project.settings import kind_of, known_keys, optimizer_parameters, value_of

Kind: TypeAlias = Literal["added", "removed", "changed", "renamed"]


class Setting(NamedTuple):
    """A value that differs, as JSON has it; UNSET on a side that has none."""

    name: str
    old: Any
    new: Any


class NodeChange(msgspec.Struct, frozen=True):
    """A node that came, went, is another, or has another name (then `old_name` is what it was called).

    `settings` are the parameters that differ (of one that came or went: those not at their defaults), and its label.
    """

    kind: Kind
    name: str
    layer: str
    settings: tuple[Setting, ...] = ()
    old_name: str = ""


class WireChange(msgspec.Struct, frozen=True):
    """A wire that came or went."""

    kind: Kind
    wire: Wire


class ItemChange(msgspec.Struct, frozen=True):
    """A frame, note or bookmark that came, went, or has another text, colour or place."""

    kind: Kind
    what: Literal["frame", "note", "bookmark"]
    name: str
    settings: tuple[Setting, ...] = ()


class GraphChange(msgspec.Struct, frozen=True):
    """What differs in a network or in a block; `kind` says whether all of it came or went.

    `moved` counts the nodes of both that lie elsewhere. `settings` are the flow, a block's parameters and its summary.
    """

    kind: Kind
    name: str
    nodes: tuple[NodeChange, ...] = ()
    wires: tuple[WireChange, ...] = ()
    items: tuple[ItemChange, ...] = ()
    settings: tuple[Setting, ...] = ()
    moved: int = 0

    def __bool__(self) -> bool:
        found = self.nodes or self.wires or self.items or self.settings or self.moved
        return bool(found) or self.kind != "changed"


class Comparison(msgspec.Struct, frozen=True):
    """From one project to another; true where anything differs."""

    networks: tuple[GraphChange, ...] = ()
    blocks: tuple[GraphChange, ...] = ()
    data: tuple[Setting, ...] = ()
    recipe: tuple[Setting, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.networks or self.blocks or self.data or self.recipe)


def compare(old: Project, new: Project) -> Comparison:
    """The difference, in the order of the new project; what went comes before what came."""
    blocks = [_compare_blocks(name, old.blocks.get(name), new.blocks.get(name)) for name in _names(old, new, "blocks")]
    graphs = [
        compare_graphs(old.networks.get(name), new.networks.get(name), name) for name in _names(old, new, "networks")
    ]
    return Comparison(
        networks=tuple(change for change in graphs if change),
        blocks=tuple(change for change in blocks if change),
        data=tuple(settings(_data(old.data), _data(new.data))),
        recipe=tuple(_recipe(old.recipe, new.recipe)),
    )


def compare_graphs(old: Graph[Layer] | None, new: Graph[Layer] | None, name: str = "") -> GraphChange:
    """The difference of two drawings, of which one may not be there."""
    before, after = old or Graph(), new or Graph()
    kind: Kind = "added" if old is None else "removed" if new is None else "changed"
    if before is after:
        return GraphChange(kind, name)
    renamed = renames(before, after, diff(before, after))
    before = with_renames(before, renamed)
    found = diff(before, after)
    gone, came = _wires(found)
    unplaced = (before.places.keys() - after.places.keys()) & before.nodes.keys() & after.nodes.keys()
    return GraphChange(
        kind,
        name,
        nodes=tuple(_node_changes(before, after, found, renamed)),
        wires=(*(WireChange("removed", wire) for wire in gone), *(WireChange("added", wire) for wire in came)),
        items=tuple(_item_changes(before, after)) if found.annotated else (),
        settings=tuple(settings(_flow(old), _flow(new))) if old and new else (),
        moved=len(found.moved - found.added | unplaced),
    )


def settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Setting]:
    """What differs between two objects, member by member."""
    for key in (*old, *(key for key in new if key not in old)):
        before, after = old.get(key, UNSET), new.get(key, UNSET)
        if not same(before, after):
            yield Setting(key, before, after)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same: 1, 1.0 and true are three."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return type(one) is type(other) and bool(one == other)


def _names(old: Project, new: Project, field: str) -> list[str]:
    before, after = getattr(old, field), getattr(new, field)
    return [*(name for name in before if name not in after), *after]


def _node_changes(
    old: Graph[Layer], new: Graph[Layer], found: Diff, renamed: Mapping[str, str]
) -> Iterator[NodeChange]:
    was = {name: before for before, name in renamed.items()}
    for name in old.nodes:
        if name in found.removed:
            yield _whole("removed", name, old.nodes[name])
    changed = found.changed | was.keys() | _reordered(old, new, found)
    for name, node in new.nodes.items():
        if name in found.added:
            yield _whole("added", name, node)
        elif name in changed:
            held = _between(old.nodes[name], node)
            if name in was:
                yield NodeChange("renamed", name, layer_type(node.layer), held, was[name])
            elif held:  # an instance of a block that changed inside is as it was
                yield NodeChange("changed", name, layer_type(node.layer), held)


def _whole(kind: Kind, name: str, node: Node[Layer]) -> NodeChange:
    """A node that came or went, with all that is not as usual."""
    found = plain(node.layer) | ({"label": node.label} if node.label else {})
    held = settings({}, found) if kind == "added" else settings(found, {})
    return NodeChange(kind, name, layer_type(node.layer), tuple(held))


def _between(old: Node[Layer], new: Node[Layer]) -> tuple[Setting, ...]:
    """What differs at a node that is in both drawings."""
    before, after = layer_type(old.layer), layer_type(new.layer)
    found = [Setting("type", before, after)] if before != after else []
    values = _effective if before == after else plain
    found += settings(values(old.layer), values(new.layer))
    found += settings({"label": old.label}, {"label": new.label})
    for port in old.inputs.keys() & new.inputs.keys():
        before_port, after_port = old.inputs[port], new.inputs[port]
        if before_port != after_port and Counter(before_port) == Counter(after_port):
            order = [[outlet_text(source) for source in sources] for sources in (before_port, after_port)]
            found.append(Setting(f"order of {port}", *order))
    return tuple(found)


def _effective(layer: Layer) -> dict[str, Any]:
    """All parameters, also those at their defaults."""
    parameters = type(layer).about.parameters
    if not parameters:
        return plain(layer)
    return {p.name: msgspec.to_builtins(getattr(layer, p.name)) for p in parameters}


def _reordered(old: Graph[Layer], new: Graph[Layer], found: Diff) -> set[str]:
    """Nodes that take the same values at a port in another order."""
    ends = {wire.target.node for wire in found.wires_added} & {wire.target.node for wire in found.wires_removed}
    both = ends & old.nodes.keys() & new.nodes.keys()
    return {
        name for name in both if any(s.name.startswith("order") for s in _between(old.nodes[name], new.nodes[name]))
    }


def _wires(found: Diff) -> tuple[list[Wire], list[Wire]]:
    """Wires that went and that came; one that only has another place at its port is neither."""
    gone = _by_port(found.wires_removed)
    came = _by_port(found.wires_added)
    stayed = Counter({key: len(wires) for key, wires in gone.items()}) & Counter(
        {key: len(wires) for key, wires in came.items()}
    )
    return tuple(  # type: ignore[return-value]
        sorted(wire for key, wires in side.items() for wire in wires[stayed[key] :]) for side in (gone, came)
    )


def _by_port(wires: frozenset[Wire]) -> dict[tuple[Outlet, str, str], list[Wire]]:
    found: dict[tuple[Outlet, str, str], list[Wire]] = {}
    for wire in sorted(wires):
        found.setdefault((wire.source, wire.target.node, wire.target.port), []).append(wire)
    return found


def _item_changes(old: Graph[Layer], new: Graph[Layer]) -> Iterator[ItemChange]:
    kinds: tuple[Literal["frame", "note", "bookmark"], ...] = ("frame", "note", "bookmark")
    for what in kinds:
        before = msgspec.to_builtins(getattr(old.annotations, f"{what}s"))
        after = msgspec.to_builtins(getattr(new.annotations, f"{what}s"))
        for name in (*before, *(name for name in after if name not in before)):
            kind: Kind = "changed" if name in before and name in after else "added" if name in after else "removed"
            if differing := tuple(settings(before.get(name, {}), after.get(name, {}))):
                yield ItemChange(kind, what, name, differing)


def _compare_blocks(name: str, old: Block | None, new: Block | None) -> GraphChange:
    found = compare_graphs(old.graph if old else None, new.graph if new else None, name)
    return msgspec.structs.replace(found, settings=(*found.settings, *settings(_face(old), _face(new))))


def _flow(graph: Graph[Layer]) -> dict[str, Any]:
    """Where a drawing's values go, as JSON has it."""
    return {"flow": graph.flow}


def _face(block: Block | None) -> dict[str, Any]:
    """A block's lifted parameters and its summary."""
    if block is None:
        return {}
    lifted = {parameter.name: plain_lifted(parameter) for parameter in block.parameters}
    return lifted | ({"summary": block.summary} if block.summary else {})


def _data(data: Data) -> dict[str, Any]:
    return {"source": data.source} | {f"column {column.name}": _column(column) for column in data.columns}


def _column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"shape": list(column.shape), "dtype": column.dtype}
    return found | ({"classes": list(column.classes)} if column.classes else {})


def _recipe(old: Recipe, new: Recipe) -> Iterator[Setting]:
    """The settings that differ; of another optimizer, those of its own that are not at their defaults."""
    before, after = ({key: value_of(recipe, key) for key in known_keys(recipe)} for recipe in (old, new))
    kinds = (kind_of(old.optimizer), kind_of(new.optimizer))
    defaults = {key: parameter for kind in kinds for key, parameter in optimizer_parameters(kind).items()}
    for setting in settings(before, after):
        alone = UNSET in (setting.old, setting.new)
        held = setting.old if setting.new is UNSET else setting.new
        if not alone or held != defaults[setting.name].default:
            yield setting


def outlet_text(outlet: Outlet) -> str:
    """A node's name, with the output's where it is not the usual one."""
    return outlet.node if outlet.port == "output" else f"{outlet.node}.{outlet.port}"
