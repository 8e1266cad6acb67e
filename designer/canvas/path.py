"""The path of a node: the wires through which its value came about, and those through which it goes on."""

from collections.abc import Iterator

from designer.canvas.sheet import Sheet
from engine.graph import Wire

MOST = 4000  # wires: where more would light up, nothing would stand out


def path_of(sheet: Sheet, name: str) -> frozenset[Wire]:
    """All wires upstream and downstream of a node; none where they are too many to stand out."""
    found: set[Wire] = set()
    for wires in (_reached(sheet, name, up=True), _reached(sheet, name, up=False)):
        for wire in wires:
            found.add(wire)
            if len(found) > MOST:
                return frozenset()
    return frozenset(found)


def _reached(sheet: Sheet, name: str, up: bool) -> Iterator[Wire]:
    """The wires found on from a node against their direction, or along it."""
    seen, waiting = {name}, [name]
    while waiting:
        here = waiting.pop()
        for wire in sheet.touching(here):
            near, far = (wire.target.node, wire.source.node) if up else (wire.source.node, wire.target.node)
            if near == here:
                yield wire
                if far not in seen:
                    seen.add(far)
                    waiting.append(far)
