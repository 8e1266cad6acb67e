"""A comparison in words: lines for a terminal, and JSON for machines."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec
from msgspec import UNSET

from engine.blocks import PREFIX
from engine.graph import Wire
from engine.project.compare import Comparison, GraphChange, ItemChange, Kind, NodeChange, Setting, outlet_text, settings
from engine.text import tr

Sign: TypeAlias = Literal["+", "-", "~", " "]
SIGNS: dict[Kind, Sign] = {"added": "+", "removed": "-", "changed": "~", "renamed": "~"}
LONGEST = 60


class Line(NamedTuple):
    """A line: its sign ("+" came, "-" went, "~" is another, " " no change), how deep it is indented, its words."""

    sign: Sign
    depth: int
    words: str


def lines(comparison: Comparison) -> Iterator[Line]:
    """The comparison, line by line."""
    for change in comparison.networks:
        yield from _graph(tr("Network {name}", name=change.name), change)
    for change in comparison.blocks:
        yield from _graph(tr("Block {name}", name=change.name), change)
    for title, found in ((tr("Data"), comparison.data), (tr("Recipe"), comparison.recipe)):
        if found:
            yield Line(" ", 0, title)
            yield from _settings(found, 1)


def printed(line: Line) -> str:
    """The line as a terminal shows it."""
    return f"{line.sign} {'  ' * line.depth}{line.words}".rstrip()


def setting_words(setting: Setting) -> str:
    """kernel_size: 3×3 → 5×5"""
    if setting.name == "type" and isinstance(setting.old, str) and isinstance(setting.new, str):
        return f"{setting.name}: {layer_words(setting.old)} → {layer_words(setting.new)}"
    if setting.old is UNSET or setting.new is UNSET:
        value = setting.old if setting.new is UNSET else setting.new
        return f"{setting.name}: {value_words(value)}"
    return f"{setting.name}: {value_words(setting.old)} → {value_words(setting.new)}"


def value_words(value: Any) -> str:
    """A JSON value, short: sizes as 3×3, texts in quotation marks."""
    if isinstance(value, str):
        return f"“{_short(value)}”"
    if isinstance(value, bool) or value is None:
        return {True: tr("yes"), False: tr("no"), None: tr("none")}[value]
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple) and value and all(type(one) is int for one in value):
        return "×".join(map(str, value))
    if isinstance(value, dict) and isinstance(value.get("targets"), dict):
        return _lifted_words(value)
    return _short(msgspec.json.encode(value).decode()) if not isinstance(value, int) else str(value)


def _lifted_words(lifted: Mapping[str, Any]) -> str:
    """A parameter on a block's face: 64, sets conv1.out_channels, conv2.out_channels ×4."""
    targets = (name if times == 1 else f"{name} ×{times}" for name, times in lifted["targets"].items())
    words = tr("{value}, sets {targets}", value=value_words(lifted.get("default")), targets=", ".join(targets))
    return f"{words}, {value_words(lifted['help'])}" if lifted.get("help") else words


def node_words(change: NodeChange) -> str:
    """The head of a node's entry: its name, and its layer."""
    if change.kind == "renamed":
        return tr("renamed {old} → {new}", old=change.old_name, new=change.name)
    return f"{change.name}  {layer_words(change.layer)}" if change.layer else change.name


def layer_words(layer: str) -> str:
    """A layer by its type; an instance of a block by the block's name."""
    return layer.removeprefix(PREFIX)


def wire_words(wire: Wire) -> str:
    """conv1 → relu1.input"""
    return f"{outlet_text(wire.source)} → {wire.target.node}.{wire.target.port}"


def item_words(change: ItemChange) -> str:
    """frame “Encoder”"""
    names = {"frame": tr("frame"), "note": tr("note"), "bookmark": tr("bookmark")}
    title = next((s for s in change.settings if s.name in ("title", "text")), None)
    value = None if title is None else title.new if title.new is not UNSET else title.old
    return f"{names[change.what]} {change.name}" + (f"  {value_words(value)}" if value else "")


def moved_words(count: int) -> str:
    """How many nodes lie elsewhere."""
    return tr("1 node moved") if count == 1 else tr("{count} nodes moved", count=count)


def _graph(title: str, change: GraphChange) -> Iterator[Line]:
    yield Line(SIGNS[change.kind] if change.kind != "changed" else " ", 0, title)
    yield from _settings(change.settings, 1)
    for node in change.nodes:
        yield Line(SIGNS[node.kind], 1, node_words(node))
        yield from _settings(node.settings, 2)
    for wire in change.wires:
        yield Line(SIGNS[wire.kind], 1, wire_words(wire.wire))
    for item in change.items:
        yield Line(SIGNS[item.kind], 1, item_words(item))
    if change.moved:
        yield Line("~", 1, moved_words(change.moved))


def _settings(settings: tuple[Setting, ...], depth: int) -> Iterator[Line]:
    for setting in settings:
        sign: Sign = "+" if setting.old is UNSET else "-" if setting.new is UNSET else "~"
        yield Line(sign, depth, setting_words(setting))


def to_json(comparison: Comparison) -> dict[str, Any]:
    """For machines. A setting without "old" was not there before, one without "new" is not there now."""
    return {
        "equal": not comparison,
        "networks": {change.name: _graph_json(change) for change in comparison.networks},
        "blocks": {change.name: _graph_json(change) for change in comparison.blocks},
        "data": _settings_json(comparison.data),
        "recipe": _settings_json(comparison.recipe),
    }


def _graph_json(change: GraphChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "nodes": [_node_json(node) for node in change.nodes],
        "wires": [
            {"kind": wire.kind, "source": list(wire.wire.source), "target": list(wire.wire.target)}
            for wire in change.wires
        ],
        "annotations": [
            {"kind": item.kind, "what": item.what, "name": item.name, "settings": _settings_json(item.settings)}
            for item in change.items
        ],
        "settings": _settings_json(change.settings),
        "moved": change.moved,
    }


def _node_json(change: NodeChange) -> dict[str, Any]:
    found = {"kind": change.kind, "name": change.name, "type": change.layer}
    if change.old_name:
        found["old_name"] = change.old_name
    return found | {"settings": _settings_json(change.settings)}


def _settings_json(settings: tuple[Setting, ...]) -> list[dict[str, Any]]:
    return [{key: value for key, value in setting._asdict().items() if value is not UNSET} for setting in settings]


def _short(words: str) -> str:
    """One line, and not too long a one."""
    words = words.replace("\n", " ⏎ ")
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def side_words(base: Any, side: Any) -> str:
    """What one side of a merge did to something: "out_channels: 64 → 99", "removed"."""
    if side is UNSET:
        return tr("removed")
    if not (isinstance(side, dict) and (isinstance(base, dict) or base is UNSET)):
        return value_words(side)
    found = "; ".join(setting_words(setting) for setting in settings({} if base is UNSET else base, side))
    if base is UNSET:
        return tr("added: {what}", what=found)
    return found or tr("as it was")


def way_words(path: tuple[str, ...]) -> str:
    """Where a conflict is: the node's name, "recipe: epochs"."""
    if not path:
        return tr("the whole project")
    if len(path) > 2 and path[-2] == "nodes":
        return path[-1] if path[:2] == ("networks", "main") else f"{path[1]}: {path[-1]}"
    names = {"recipe": tr("recipe"), "data": tr("data"), "networks": tr("network"), "blocks": tr("block")}
    return ": ".join((names.get(path[0], path[0]), *path[1:]))
