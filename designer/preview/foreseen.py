"""A drawing as it would be after a fix: what comes, goes or is another, with the shapes and problems that follow."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

from designer.canvas.card import face_of
from designer.canvas.commands import mended
from designer.canvas.ports import End, ports_of
from designer.canvas.words import output_words
from designer.compare.joined import Card, Strand
from designer.layout import placed
from designer.theme.tokens import CARD_WIDTH
from engine.check.checker import Checker
from engine.check.report import Problem, Report, Suggestion
from engine.graph import Diff, Graph, Wire, diff
from engine.layers import Layer
from engine.project.compare import Kind
from engine.text import Text, text


class Foreseen(NamedTuple):
    """Cards and wires that differ, the new shapes of nodes by name, and what it comes to in a sentence."""

    cards: tuple[Card, ...]
    strands: tuple[Strand, ...]
    shapes: Mapping[str, str]
    words: Text


class Foresight:
    """Foresees fixes of one drawing after another; quick where little differs."""

    def __init__(self) -> None:
        self._checkers = {inner: Checker(inner=inner, offers=False) for inner in (False, True)}

    def foresee(self, graph: Graph[Layer], before: Report, fix: Suggestion, inner: bool) -> Foreseen:
        """What the fix would make of the drawing. Raises Failure or KeyError where it cannot be carried out."""
        after = placed(mended(graph, fix))
        report = self._checkers[inner].update(after)
        difference = diff(graph, after)
        shapes = dict(_new_shapes(before, report, after))
        cards = {card.name: card for card in _cards(graph, before, after, report, difference)}
        strands = tuple(_strands(graph, after, difference))
        return Foreseen(tuple(cards.values()), strands, shapes, _words(fix, before, report))


def _cards(
    graph: Graph[Layer], before: Report, after: Graph[Layer], report: Report, difference: Diff
) -> Iterator[Card]:
    ends = {end.node for wire in difference.wires_added for end in (wire.source, wire.target)}
    kinds: tuple[tuple[Kind | None, frozenset[str]], ...] = (
        (None, difference.moved & ends),  # so that no wire ends where nothing is
        ("removed", difference.removed),
        ("changed", difference.changed),
        ("added", difference.added),
    )
    for kind, names in kinds:
        drawing, found = (graph, before) if kind == "removed" else (after, report)
        problems: defaultdict[str, list[Problem]] = defaultdict(list)
        for problem in found.problems if kind != "removed" else ():
            problems[problem.node].append(problem)
        for name in sorted(names):
            face = face_of(name, drawing.nodes[name], found, tuple(problems[name]))
            ports = ports_of(name, drawing.nodes[name], _wired(drawing, name), drawing.flow)
            at = QPointF(*drawing.places[name])
            yield Card(name, at, face, ports, kind, "", QRectF(at, QSizeF(*ports.size)))


def _strands(graph: Graph[Layer], after: Graph[Layer], difference: Diff) -> Iterator[Strand]:
    kinds: tuple[tuple[Kind, frozenset[Wire], Graph[Layer]], ...] = (
        ("removed", difference.wires_removed, graph),
        ("added", difference.wires_added, after),
    )
    for kind, wires, drawing in kinds:
        for wire in sorted(wires):
            if wire.source.node in drawing.nodes and wire.target.node in drawing.nodes:
                start, end = _end(drawing, wire.source), _end(drawing, wire.target)
                box = QRectF(start, end).normalized().adjusted(-CARD_WIDTH, -CARD_WIDTH, CARD_WIDTH, CARD_WIDTH)
                yield Strand(start, end, kind, 0, box, drawing.flow)


def _end(drawing: Graph[Layer], end: End) -> QPointF:
    ports = ports_of(end.node, drawing.nodes[end.node], _wired(drawing, end.node), drawing.flow)
    return QPointF(*drawing.places[end.node]) + ports.place(end)


def _wired(drawing: Graph[Layer], name: str) -> frozenset[str]:
    return frozenset(wire.source.port for wire in drawing.out_of(name))


def _new_shapes(before: Report, after: Report, drawing: Graph[Layer]) -> Iterator[tuple[str, str]]:
    """The nodes that were there and give other shapes than before."""
    for name in drawing.nodes:
        new, old = after.specs.get(name), before.specs.get(name)
        if new and old and new is not old and new != old:
            yield name, output_words(new)


def _words(fix: Suggestion, before: Report, after: Report) -> Text:
    return text(
        "{fix} would make problems {old} → {new}, parameters {was} → {now}.",
        fix=fix.title,
        old=len(before.problems),
        new=len(after.problems),
        was=before.total.parameters,
        now=after.total.parameters,
    )
