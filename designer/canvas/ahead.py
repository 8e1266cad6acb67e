"""What may come into sight next is made ready while nothing else is to be done: words laid out, ways of wires found."""

from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QRectF

from designer.canvas.node_item import NodeItem
from designer.canvas.sheet import Sheet
from designer.canvas.space import Box

WORDS = (64, 128, 192)  # pixels around what is in sight: what is nearest is made ready first
SLACK = 32  # pixels that may be missing: few wide strips are looked through quicker than many thin ones
WAYS, LEAST = 512, 64  # ways take longer to find, and are found far ahead while somebody only looks

Prepare: TypeAlias = Callable[[NodeItem], object]


class View(NamedTuple):
    """What is in sight, how large a pixel of it is in the scene, and what makes a card ready to be painted so."""

    seen: QRectF
    pixel: float
    prepare: Prepare

    def grown(self, pixels: float) -> QRectF:
        """What is in sight, and so much around it."""
        by = pixels * self.pixel
        return self.seen.adjusted(-by, -by, by, by)


class Ahead:
    """Makes ready what lies around what is in sight."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._ways = QRectF()
        self._words: dict[Prepare, QRectF] = {}
        self._cards: dict[NodeItem, Prepare] = {}

    def behind(self, view: View) -> bool:
        """Whether there is something to do now that this is in sight."""
        return bool(self._cards) or self._next_ways(view) is not None or self._next_words(view) is not None

    def prepare(self, seconds: float) -> bool:
        """Prepares cards for so long; whether there are still some."""
        until = perf_counter() + seconds
        while self._cards and perf_counter() < until:
            card = next(iter(self._cards))
            prepare = self._cards.pop(card)
            if self._sheet.nodes.get(card.name) is card:
                prepare(card)
        return bool(self._cards)

    def look(self, view: View) -> bool:
        """Looks for what has to be made ready next, wires (the sheet is told) or cards; whether there was something."""
        if wanted := self._next_ways(view):
            for box in _without(wanted, self._ways):
                self._sheet.waiting.update(dict.fromkeys(i for i in self._sheet.wires_in(box) if not i.found))
            self._ways = wanted
        elif wanted := self._next_words(view):
            for box in _without(wanted, self._words.get(view.prepare, QRectF())):
                self._cards.update(dict.fromkeys(self._sheet.cards_in(box), view.prepare))
            self._words[view.prepare] = wanted
        return wanted is not None

    def _next_ways(self, view: View) -> QRectF | None:
        """The rectangle in which ways should be found next; None where there are enough, or enough wires wait."""
        least = LEAST if self._sheet.waiting else WAYS / 2
        return None if self._ways.contains(view.grown(least)) else view.grown(WAYS)

    def _next_words(self, view: View) -> QRectF | None:
        """The rectangle in which words should be laid out next; None where enough are."""
        ready = self._words.get(view.prepare, QRectF())
        return next((view.grown(pixels) for pixels in WORDS if not ready.contains(view.grown(pixels - SLACK))), None)


def _without(wanted: QRectF, ready: QRectF) -> list[Box]:
    """What of a rectangle lies outside of another, as up to four."""
    left, top, right, bottom = wanted.left(), wanted.top(), wanted.right(), wanted.bottom()
    common = wanted & ready
    if common.isEmpty():
        return [(left, top, right, bottom)]
    boxes = [
        (left, top, right, common.top()),
        (left, common.bottom(), right, bottom),
        (left, common.top(), common.left(), common.bottom()),
        (common.right(), common.top(), right, common.bottom()),
    ]
    return [box for box in boxes if box[0] < box[2] and box[1] < box[3]]
