"""A node on the canvas: where its card lies, its ports, and what it says. How it is painted is told elsewhere."""

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import QPointF, QRectF

from designer.canvas.card import NAME_CENTRE, NAME_LEFT, Face, Mark, face_of
from designer.canvas.ports import USUAL, End, Ports, port_at, ports_of, sides_of, size_for
from designer.canvas.space import Box
from designer.theme.tokens import PORT_TARGET, STEP
from engine.graph import Flow, Inlet, Node, Outlet, Wire
from engine.layers import Layer

if TYPE_CHECKING:
    from designer.canvas.sheet import Sheet

MARGIN = 20
NAMES_ROOM = 84  # for the names of ports at the sides of a card
UNSEEN = Face("", "", "Custom")
NOTHING = (None, None, None, None)
USUAL_LONE: Mapping[Flow, float] = {flow: port_at(USUAL, flow, 0, 1) for flow in get_args(Flow)}


class Mood(Enum):
    """How a port looks while a wire is drawn."""

    FITS = auto()
    DIM = auto()
    TARGET = auto()


class NodeItem:
    """A card of the sheet. What it shows is worked out when somebody looks, and kept until that is another."""

    __slots__ = (
        *("_face", "_facts", "_lone", "_ports", "_sheet", "_sides", "_wired"),
        *("family", "look", "moods", "name", "painted", "rank", "rect", "size", "x", "y"),
    )

    def __init__(self, sheet: "Sheet", name: str, rank: int) -> None:
        self._sheet = sheet
        self.name = name
        self.rank = rank  # cards of a higher one lie above others
        self.x = self.y = 0.0
        self.rect = QRectF()  # the card in the scene
        self.family = ""
        self.size = USUAL
        self.moods: Mapping[End, Mood] = {}
        self.look: Any = None  # what the near view keeps of it
        self.painted: Face | None = None  # what was on the screen last
        self._ports: Ports | None = None
        self._sides = (0, 0)
        self._lone = 0.0  # how far along its edge a port is that is alone there
        self._wired: frozenset[End] = frozenset()
        self._face = UNSEEN
        self._facts: tuple[object, object, object, object] = NOTHING

    @property
    def node(self) -> Node[Layer]:
        return self._sheet.graph.nodes[self.name]

    @property
    def face(self) -> Face:
        """What the card says; the same object as long as that is the same."""
        sheet, name = self._sheet, self.name
        node, report, problems = sheet.graph.nodes[name], sheet.report, sheet.problems.get(name, ())
        if sheet.inside:
            node = sheet.inside.nodes.get(name, node)
        layer, specs, cost, known = self._facts
        if not (
            node.layer is layer
            and report.specs.get(name) is specs
            and report.costs.get(name) is cost
            and problems is known
        ):
            self._facts = node.layer, report.specs.get(name), report.costs.get(name), problems
            face = face_of(name, node, report, problems)
            self._face = self._face if face == self._face else face
        return self._face

    @property
    def mark(self) -> Mark:
        return Mark(self.name in self._sheet.selected, self.name == self._sheet.hovered)

    @property
    def ports(self) -> Ports:
        if self._ports is None:
            self._look_at_wires()
        assert self._ports is not None
        return self._ports

    @property
    def wired(self) -> frozenset[End]:
        """Its ends that have wires."""
        if self._ports is None:
            self._look_at_wires()
        return self._wired

    def renew(self) -> None:
        """Its wires, its layer or the flow are others: ports, and the size they need, are worked out anew."""
        self.fit(self.node, self._sheet.outlets_of(self.name), self._sheet.flow)

    def fit(self, node: Node[Layer], outlets: frozenset[str], flow: Flow) -> None:
        """Takes the size that a node needs, wires of which come out of these outputs."""
        self._ports = self.look = None
        self.family = type(node.layer).about.family
        self._sides = sides = sides_of(node, outlets)
        self.size = size_for(max(sides), flow)
        self._lone = USUAL_LONE[flow] if self.size is USUAL else port_at(self.size, flow, 0, 1)
        self.put(self.x, self.y)

    def put(self, x: float, y: float) -> None:
        """Lies with its upper left corner at this point."""
        self.x, self.y = x, y
        self.rect = QRectF(x, y, *self.size)

    @property
    def width(self) -> float:
        return self.size.width

    @property
    def height(self) -> float:
        return self.size.height

    def frame(self) -> Box:
        """The card itself, without what stands out of it."""
        width, height = self.size
        return self.x, self.y, self.x + width, self.y + height

    def pos(self) -> QPointF:
        """The card's upper left corner in the scene."""
        return QPointF(self.x, self.y)

    def card(self) -> QRectF:
        """The card's rectangle in the scene."""
        return QRectF(self.rect)

    def box(self) -> Box:
        """The card with all that is painted around it."""
        aside = NAMES_ROOM if self.size is not USUAL and self._sheet.flow == "right" else MARGIN
        width, height = self.size
        return self.x - aside, self.y - MARGIN, self.x + width + aside, self.y + height + MARGIN

    def name_box(self) -> QRectF:
        """Where the name stands on the card, in the scene."""
        card = self.card()
        return QRectF(card.left() + NAME_LEFT - STEP, card.top(), card.width() - NAME_LEFT, 2 * NAME_CENTRE)

    def spot(self, end: End) -> QPointF:
        """The middle of a port in the scene."""
        return QPointF(*self.spot_at(end))

    def spot_at(self, end: End) -> tuple[float, float]:
        """The same as plain numbers."""
        first = isinstance(end, Inlet)
        if self._sides[not first] == 1:  # most nodes: no need to know their ports
            if self._sheet.flow == "right":
                return self.x if first else self.x + self.size.width, self.y + self._lone
            return self.x + self._lone, self.y if first else self.y + self.size.height
        at = self.ports.place(end)
        return self.x + at.x(), self.y + at.y()

    def end_at(self, point: QPointF, reach: float = PORT_TARGET / 2) -> End | None:
        """The port whose target holds a point of the scene, the nearest one of several."""
        ends = self.ports.ends
        near = [(_distance(self.spot(end), point), number) for number, end in enumerate(ends)]
        best = min(near, default=None)
        return ends[best[1]] if best and best[0] <= reach else None

    def show_moods(self, moods: Mapping[End, Mood]) -> None:
        """How single ports look; an empty mapping makes them plain again."""
        if moods != self.moods:
            self.moods = moods
            self._sheet.touch(self.box())

    def port_token(self, end: End) -> str:
        """The name of the colour that a port has."""
        mood = self.moods.get(end)
        if mood is Mood.DIM:
            return "border"
        if mood in (Mood.FITS, Mood.TARGET):
            return "accent"
        if self.faulty(end):
            return "problem" if end.port in self.face.errors else "warning"
        return "secondary"

    def faulty(self, end: End) -> bool:
        """Whether a problem names this port."""
        if self.name not in self._sheet.problems or not isinstance(end, Inlet):
            return False
        face = self.face
        return end.port in face.errors or end.port in face.warnings

    @property
    def lone(self) -> bool:
        """Whether it has no more than one port on each side."""
        return max(self._sides) < 2

    def wire_up(self, node: Node[Layer], wires: Iterable[Wire], flow: Flow) -> None:
        """Works out its ports, and which of them have wires."""
        self._wired = frozenset(end for wire in wires for end in wire if end.node == self.name)
        outlets = frozenset(end.port for end in self._wired if isinstance(end, Outlet))
        self._ports = ports_of(self.name, node, outlets, flow)

    def _look_at_wires(self) -> None:
        self.wire_up(self.node, self._sheet.touching(self.name), self._sheet.flow)


def _distance(a: QPointF, b: QPointF) -> float:
    away = a - b
    return float((away.x() ** 2 + away.y() ** 2) ** 0.5)
