"""The list of a comparison: what differs, in groups, each entry with what leads to it and what can be taken over."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from engine.graph import Wire
from engine.project.compare import Comparison, GraphChange, ItemChange, Kind, NodeChange, Setting, WireChange
from engine.project.compare_words import item_words, layer_words, moved_words, setting_words, wire_words
from engine.text import tr

SIGNS: dict[Kind, str] = {"added": "+", "removed": "−", "changed": "~", "renamed": "~"}
Subject: TypeAlias = NodeChange | WireChange | ItemChange | Setting | GraphChange


class Row(NamedTuple):
    """An entry: what became of it, its words, the words below it, and the node to go to.

    `where` is the section and the name: ("networks", "main"), ("recipe", "").
    """

    kind: Kind
    words: str
    subject: Subject
    where: tuple[str, str]
    below: tuple[str, ...] = ()
    node: str = ""


class Group(NamedTuple):
    """A headline and its entries."""

    title: str
    rows: tuple[Row, ...]


def groups(comparison: Comparison) -> Iterator[Group]:
    """Everything that differs."""
    for change in comparison.networks:
        title = tr("Network") if change.name == "main" else tr("Network {name}", name=change.name)
        yield from _drawing(title, change, ("networks", change.name))
    for change in comparison.blocks:
        yield from _drawing(tr("Block {name}", name=change.name), change, ("blocks", change.name))
    for section, title, settings in (
        ("data", tr("Data"), comparison.data),
        ("recipe", tr("Recipe"), comparison.recipe),
    ):
        if settings:
            yield Group(title, tuple(Row("changed", setting_words(s), s, (section, "")) for s in settings))


def _drawing(title: str, change: GraphChange, where: tuple[str, str]) -> Iterator[Group]:
    rows: list[Row] = []
    if change.kind != "changed" or (change.settings and where[0] == "blocks"):
        words = {"added": tr("all of it is new"), "removed": tr("it is gone")}.get(
            change.kind, tr("ports and parameters")
        )
        rows.append(Row(change.kind, words, change, where, tuple(map(setting_words, change.settings))))
    if change.kind == "changed":
        drawn = change.settings if where[0] == "networks" else ()
        rows += (Row("changed", setting_words(setting), setting, where) for setting in drawn)
        rows += (_node(node, where) for node in change.nodes)
        exchanged = {node.name for node in change.nodes if node.kind in ("added", "removed")}
        rows += (_wire(wire, where) for wire in change.wires if not _ends(wire.wire) & exchanged)
        rows += (Row(i.kind, item_words(i), i, where, tuple(map(setting_words, i.settings))) for i in change.items)
    if rows:
        yield Group(title, tuple(rows))
    if change.moved and change.kind == "changed":
        yield Group(f"{title}: {moved_words(change.moved)}", ())


def _node(change: NodeChange, where: tuple[str, str]) -> Row:
    words = f"{change.name}  {layer_words(change.layer)}"
    if change.kind == "renamed":
        words = tr("{old} → {new}, renamed", old=change.old_name, new=change.name)
    return Row(change.kind, words, change, where, tuple(map(setting_words, change.settings)), change.name)


def _wire(change: WireChange, where: tuple[str, str]) -> Row:
    return Row(change.kind, wire_words(change.wire), change, where, (), change.wire.target.node)


def _ends(wire: Wire) -> set[str]:
    return {wire.source.node, wire.target.node}


def kind_words(kind: Kind) -> str:
    """The kind for a screen reader."""
    words: dict[Kind, Callable[[], str]] = {
        "added": lambda: tr("added"),
        "removed": lambda: tr("removed"),
        "changed": lambda: tr("changed"),
        "renamed": lambda: tr("renamed"),
    }
    return words[kind]()
