"""What lies under a point of the canvas."""

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QPointF, QRectF

from designer.canvas.node_item import NodeItem
from designer.canvas.ports import USUAL, End, Size
from designer.canvas.scene import Scene
from designer.canvas.wire_item import WireItem
from designer.theme.tokens import PORT_TARGET
from engine.graph import Wire

Thing: TypeAlias = "str | Wire | None"


class Hit(NamedTuple):
    """What lies under a point: at most one of the three; a port goes before its card, a card before a wire."""

    end: End | None = None
    node: str | None = None
    wire: Wire | None = None

    @property
    def thing(self) -> Thing:
        """What would be selected by a click: the node or the wire."""
        return self.node if self.node is not None else self.wire


def hit(scene: Scene, point: QPointF) -> Hit:
    """What lies under a point of the scene."""
    if end := end_at(scene, point):
        return Hit(end=end)
    if node := node_at(scene, point):
        return Hit(node=node)
    return Hit(wire=wire_at(scene, point))


def end_at(scene: Scene, point: QPointF) -> End | None:
    """The port whose target holds the point; from afar there are none."""
    if scene.far:
        return None
    found = (item.end_at(point) for item in _top_first(_nodes_near(scene, point)))
    return next((end for end in found if end), None)


def node_at(scene: Scene, point: QPointF) -> str | None:
    """The node whose card holds the point."""
    found = _top_first(item for item in _nodes_near(scene, point) if item.card().contains(point))
    return found[0].name if found else None


def wire_at(scene: Scene, point: QPointF) -> Wire | None:
    """The wire that passes near the point; from afar there are none."""
    found = [] if scene.far else [item for item in _wires_near(scene, point) if item.shape().contains(point)]
    return max(found, key=lambda item: item.strong).wire if found else None


def wire_under_card(scene: Scene, corner: QPointF, size: Size = USUAL) -> Wire | None:
    """The wire that a card, held by its upper left corner, would be put on: the one nearest to its middle."""
    width, height = size
    middle = corner + QPointF(width / 2, height / 2)
    box = QRectF(middle.x() - width / 4, corner.y(), width / 2, height)
    if scene.sheet.flow == "right":
        box = QRectF(corner.x(), middle.y() - height / 4, width, height / 2)
    near = [] if scene.far else scene.wires_in(box)
    wires = [item for item in near if item.shape().intersects(box)]
    best = min(wires, key=lambda item: (item.middle() - middle).manhattanLength(), default=None)
    return best.wire if best else None


def nodes_within(scene: Scene, box: QRectF) -> frozenset[str]:
    """The nodes that a rectangle touches."""
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    return frozenset(
        [
            item.name
            for item in scene.sheet.cards_in((left, top, right, bottom))
            if item.x <= right and item.y <= bottom and item.x + item.size[0] >= left and item.y + item.size[1] >= top
        ]
    )


def _nodes_near(scene: Scene, point: QPointF) -> list[NodeItem]:
    x, y = point.x(), point.y()
    return scene.sheet.cards_in((x - PORT_TARGET, y - PORT_TARGET, x + PORT_TARGET, y + PORT_TARGET))


def _wires_near(scene: Scene, point: QPointF) -> list[WireItem]:
    x, y = point.x(), point.y()
    return scene.sheet.wires_in((x, y, x, y))


def _top_first(items: Iterable[NodeItem]) -> list[NodeItem]:
    """Selected cards lie above others, then those that came later."""
    return sorted(items, key=lambda item: (not item.mark.selected, -item.rank))
