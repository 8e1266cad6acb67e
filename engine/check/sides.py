"""Which side of a wire a fix changes, so that it can be said which of the two could give way."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from engine.check.report import Problem, Suggestion
from engine.graph import InsertLayer, RemoveNode, Replace, SetParameter, Wire
from engine.text import Text, text

Side: TypeAlias = Literal["source", "between", "target"]

SIDES: tuple[Side, ...] = ("source", "between", "target")


def side(suggestion: Suggestion, node: str) -> Side:
    """The side of a wire into this node that a fix changes."""
    fix = suggestion.fix
    if isinstance(fix, SetParameter | Replace | RemoveNode):
        return "target" if fix.node == node else "source"
    return "target" if isinstance(fix, InsertLayer) and fix.node != node else "between"


def by_side(problems: Iterable[Problem], wire: Wire) -> dict[Side, list[Suggestion]]:
    """The fixes for what is wrong where a wire goes in, by the side that gives way; sides without any are left out."""
    node, port, _ = wire.target
    fixes = [fix for p in problems if p.node == node and p.port in ("", port) for fix in p.fixes]
    found = {one: [fix for fix in fixes if side(fix, node) == one] for one in SIDES}
    return {one: some for one, some in found.items() if some}


def side_text(which: Side, wire: Wire) -> Text:
    """What is said of a side: "conv1 could give way". A fix on the source's side may be at a layer before it."""
    if which == "between":
        return text("A layer between them could help")
    if which == "source":
        return text("What comes from {node} could give way", node=wire.source.node)
    return text("{node} could give way", node=wire.target.node)
