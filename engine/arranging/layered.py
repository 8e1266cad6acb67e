"""The layered layout, by graphlay (https://github.com/aarkue/graphlay): this module alone knows its request."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import msgspec

from engine.arranging.sheet import AHEAD, ASIDE, SPACE, Card, Line, Sheet, on_grid
from engine.graph.graph import Flow, Place

DIRECTIONS = {"down": "topbottom", "right": "leftright"}
BEND = 48  # a line that goes aside counts as so much more
MUCH = 2500  # pieces of lines between layers from which on the layout takes the quick way
QUICK: Mapping[str, Any] = {
    "effort": "fast",
    "coords": {"placement": "brandes_koepf"},
    "routing": {"port_sides": "facing_only", "centre_ports": "off"},
    "tuning": {
        "routing": {"port_relax_rounds": 0, "overlap_repair_rounds": 0},
        "order": {"seeds": 1, "sweeps": 4, "sifting_rounds": 0, "kick_rounds": 0, "balance_rounds": 0},
    },
}


def places_of(sheet: Sheet) -> dict[str, Place]:
    """The upper left corner of every card, on the grid; the drawing's own upper left corner lies at the origin.

    Depends on what is on the sheet, not on its order. Of a straight main path and even branches, the better is taken.
    """
    if not sheet.cards:
        return {}
    lines = _lines(sheet)
    names = _order(sheet, lines)
    ways = [QUICK] if effort(sheet) > MUCH else [_careful("straight_main"), _careful("symmetric")]
    found = [_laid(sheet, names, lines, options) for options in ways]
    return min(found, key=lambda places: _bent(sheet, lines, places))


def _careful(branches: str) -> Mapping[str, Any]:
    """Branches keep the order of the ports that they go into: rounds of balancing would change it."""
    return {"coords": {"branch_style": branches}, "tuning": {"order": {"balance_rounds": 0}}}


def _laid(sheet: Sheet, names: list[str], lines: list[Line], options: Mapping[str, Any]) -> dict[str, Place]:
    import graphlay._native as graphlay

    request = msgspec.json.encode(_request(sheet, names, lines, options)).decode()
    laid = msgspec.json.decode(graphlay.layout(request))
    corners = {name: _corner(sheet, name, node["center"]) for name, node in zip(names, laid["nodes"], strict=True)}
    left, top = (min(corner[axis] for corner in corners.values()) for axis in (0, 1))
    return {name: on_grid(Place(corner.x - left, corner.y - top)) for name, corner in corners.items()}


def _bent(sheet: Sheet, lines: list[Line], places: Mapping[str, Place]) -> float:
    """How far the lines go aside on their way, and how many do."""
    axis = 0 if sheet.flow == "down" else 1
    middle = {name: place[axis] + _axis(sheet.cards[name], sheet.flow) for name, place in places.items()}
    away = [abs(middle[line.source] - middle[line.target]) for line in lines]
    return sum(away) + BEND * sum(one > 1 for one in away)


def effort(sheet: Sheet) -> int:
    """How much work a layout is: the cards, and the pieces that its lines have between layers."""
    lines = _lines(sheet)
    above: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        above[line.target].append(line.source)
    rows: dict[str, int] = {}
    for name in _order(sheet, lines):
        rows[name] = max((rows[source] + 1 for source in above[name] if source in rows), default=0)
    return len(rows) + sum(abs(rows[line.target] - rows[line.source]) for line in lines)


def _axis(card: Card, flow: Flow) -> float:
    """How far across a card the flow goes through it."""
    return card.axis if card.axis is not None else (card.height if flow == "right" else card.width) / 2


def _even(card: Card, flow: Flow) -> dict[str, float]:
    """The size of a card with as much room on both sides of its axis: the layout lines up middles."""
    axis = _axis(card, flow)
    if flow == "right":
        return {"width": card.width, "height": 2 * max(axis, card.height - axis)}
    return {"width": 2 * max(axis, card.width - axis), "height": card.height}


def _corner(sheet: Sheet, name: str, centre: dict[str, float]) -> Place:
    card = sheet.cards[name]
    axis = _axis(card, sheet.flow)
    if sheet.flow == "right":
        return Place(centre["x"] - card.width / 2, centre["y"] - axis)
    return Place(centre["x"] - axis, centre["y"] - card.height / 2)


def _lines(sheet: Sheet) -> list[Line]:
    """The lines between cards that are there, those into the same card from its first port to its last."""
    there = sheet.cards.keys()
    lines = [line for line in sheet.lines if line.source in there and line.target in there]
    return sorted(lines, key=lambda line: (natural(line.target), line.end, natural(line.source)))


def _order(sheet: Sheet, lines: list[Line]) -> list[str]:
    """The cards, each after those that feed it, and these from the first port to the last.

    Of two layouts that cross equally often, the one that keeps this order is taken: wires then come in side by side.
    """
    feeding: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        feeding[line.target].append(line.source)
    sources = {line.source for line in lines}
    order: dict[str, None] = {}
    begun: set[str] = set()
    for start in sorted(sheet.cards, key=lambda name: (name in sources, natural(name))):
        stack = [start]
        while stack:
            name = stack[-1]
            begun.add(name)
            ahead = next((source for source in feeding[name] if source not in begun), None)
            if ahead is None:
                order.setdefault(stack.pop())
            else:
                stack.append(ahead)
    return list(order)


def _request(sheet: Sheet, names: list[str], lines: list[Line], extra: Mapping[str, Any]) -> dict[str, Any]:
    number = {name: index for index, name in enumerate(names)}
    nodes = [{"size": _even(sheet.cards[name], sheet.flow), "shape": "box"} for name in names]
    ends = sorted((number[line.source], number[line.target]) for line in lines)
    edges = [{"source": source, "target": target} for source, target in ends]
    along, across = (SPACE, ASIDE) if sheet.flow == "down" else (AHEAD, SPACE)
    options = {
        "direction": DIRECTIONS[sheet.flow],
        "spacing": {"layer_gap": along, "node_gap": across, "dummy_gap": across / 2, "isolated_gap": across},
        **extra,
    }
    return {"graph": {"nodes": nodes, "edges": edges}, "preset": "layered", "options": options}


def natural(name: str) -> tuple[list[tuple[int, str]], str]:
    """Sorts conv2 before conv10."""
    parts = re.split(r"(\d+)", name)
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts], name
