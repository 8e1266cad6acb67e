"""The way that a wire takes among the cards of a drawing, as a path that can be painted."""

from collections.abc import Mapping

from PySide6.QtGui import QPainterPath

from designer.canvas.node_item import NodeItem
from designer.canvas.space import Box, Space, transposed
from designer.canvas.wire_item import WireItem, curve, path_along
from designer.order.router import Router
from designer.order.ways import Look
from engine.graph import Flow

LEAN = 24


def way_of(
    item: WireItem, nodes: Mapping[str, NodeItem], cards: Space[NodeItem], router: Router, flow: Flow
) -> QPainterPath:
    """The way of a wire between its ends, past the cards of others."""
    line = item.line
    start, end = (line.x1(), line.y1()), (line.x2(), line.y2())
    ends = (item.wire.source.node, item.wire.target.node)
    own = [nodes[name].frame() for name in ends if name in nodes]
    look = _looks(cards, flow)
    if flow == "right":  # ways are found downwards
        start, end, own = start[::-1], end[::-1], [transposed(box) for box in own]
    found = router.way(item.wire, start, end, look, own, _lean(item, nodes))
    if found is None:
        return curve(line.p1(), line.p2(), flow=flow)
    return path_along(found, flow)


def _looks(cards: Space[NodeItem], flow: Flow) -> Look:
    """What finds cards, without what stands out of them; of a drawing to the right as of one that flows downwards."""
    if flow == "right":
        return lambda box: [transposed(frame) for frame in _frames(cards, transposed(box))]
    return lambda box: _frames(cards, box)


def _frames(cards: Space[NodeItem], box: Box) -> list[Box]:
    left, top, right, bottom = box
    near = [(item.x, item.y, *item.size) for item in cards.within(box)]
    return [
        (x, y, x + width, y + height)
        for x, y, width, height in near
        if x < right and x + width > left and y < bottom and y + height > top
    ]


def _lean(item: WireItem, nodes: Mapping[str, NodeItem]) -> float:
    """Towards the side of its card at which a wire comes in among the others."""
    target = nodes.get(item.wire.target.node)
    if target is None or len(target.wired) < 3:
        return 0
    spots = [target.ports.share(end) for end in target.ports.inlets if end in target.wired]
    away = target.ports.share(item.wire.target) - sum(spots) / len(spots)
    return LEAN if away > 0 else -LEAN if away < 0 else 0
