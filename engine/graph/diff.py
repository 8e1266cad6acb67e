"""What differs between two drawings: what the canvas, the checker and the comparison of designs need to know."""

from collections.abc import Mapping
from itertools import compress
from operator import is_not
from typing import Any

import msgspec
from msgspec.structs import replace

from engine.graph.graph import Graph, Wire


class Diff(msgspec.Struct, frozen=True):
    """From one drawing to another, by name. A renamed node is one removed and one added.

    `changed` are nodes of both drawings with another layer or label; `moved` those that lie elsewhere,
    or have a place now; `annotated` where frames, notes or bookmarks differ; `turned` where the flow does.
    """

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()
    wires_added: frozenset[Wire] = frozenset()
    wires_removed: frozenset[Wire] = frozenset()
    annotated: bool = False
    turned: bool = False

    def __bool__(self) -> bool:
        return any(getattr(self, field) for field in self.__struct_fields__)

    def back(self) -> "Diff":
        """From the other drawing to the one; `moved` holds where every node of both has a place."""
        return replace(
            self,
            added=self.removed,
            removed=self.added,
            wires_added=self.wires_removed,
            wires_removed=self.wires_added,
        )


def diff(before: Graph[Any], after: Graph[Any]) -> Diff:
    """The difference; cost is one look at each node, and a comparison of those that are not the same object."""
    gone, come = _both_ways(before.nodes, after.nodes)
    both = gone & come
    old_wires = {wire for name in gone for wire in before.into(name)}
    new_wires = {wire for name in come for wire in after.into(name)}
    return Diff(
        added=frozenset(come - both),
        removed=frozenset(gone - both),
        changed=frozenset(name for name in both if _redrawn(before, after, name)),
        moved=frozenset(_differing(after.places, before.places) & before.nodes.keys() & after.nodes.keys()),
        wires_added=frozenset(new_wires - old_wires),
        wires_removed=frozenset(old_wires - new_wires),
        annotated=before.annotations != after.annotations,
        turned=before.flow != after.flow,
    )


def _both_ways(these: Mapping[str, Any], those: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """The keys of each that are missing, or have another value, in the other."""
    if len(these) != len(those) or list(these) != list(those):
        return _differing(these, those), _differing(those, these)
    others = compress(these, map(is_not, these.values(), those.values()))
    found = {key for key in others if these[key] != those[key]}
    return found, found


def _differing(these: Mapping[str, Any], those: Mapping[str, Any]) -> set[str]:
    """The keys of these that are missing, or have another value, in those."""
    if these is those:
        return set()
    pairs = zip(these.items(), map(those.get, these), strict=True)
    return {key for (key, value), other in pairs if other is not value and other != value}


def _redrawn(before: Graph[Any], after: Graph[Any], name: str) -> bool:
    old, new = before.nodes[name], after.nodes[name]
    return bool(old.layer != new.layer or old.label != new.label)
