"""What must hold of the canvas after any edit, and what the process holds: shared by the soak and its short form."""

import gc
from collections import Counter
from functools import _lru_cache_wrapper

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from designer.canvas.sheet import Sheet
from designer.canvas.view import Canvas


def stale(canvas: Canvas) -> list[str]:
    """What the canvas shows other than a fresh look at the document would; empty where all is right."""
    document, shown = canvas.document, canvas.stage.drawing.sheet
    fresh = Sheet(document.graph, document.report)
    fresh.inside = document.context.graph if document.where else None
    fresh.selected, fresh.selected_wires = document.selection, document.selected_wires
    found = [f"nodes {shown.nodes.keys() ^ fresh.nodes.keys()}"] if shown.nodes.keys() != fresh.nodes.keys() else []
    found += [f"wires {shown.wires.keys() ^ fresh.wires.keys()}"] if shown.wires.keys() != fresh.wires.keys() else []
    found += [] if shown.graph is document.graph else ["another drawing is shown"]
    found += [] if canvas.stage.drawing.remarks.shown == document.graph.annotations else ["frames and notes"]
    found += [] if shown.content() == fresh.content() else ["the rectangle around all cards"]
    found += _cards(shown, fresh) + _wires(shown, fresh)
    within = shown.cards_in((-1e9, -1e9, 1e9, 1e9)), shown.wires_in((-1e9, -1e9, 1e9, 1e9))
    if (len(within[0]), len(within[1])) != (len(shown.nodes), len(shown.wires)):
        found.append("things that were removed are still found")
    fresh.let_go()
    return found


def _cards(shown: Sheet, fresh: Sheet) -> list[str]:
    found = []
    for name in shown.nodes.keys() & fresh.nodes.keys():
        one, two = shown.nodes[name], fresh.nodes[name]
        if (one.face, one.ports, one.wired, one.mark.selected, one.box()) != (
            *(two.face, two.ports, two.wired, two.mark.selected, two.box()),
        ):
            found.append(f"card {name}")
        if one not in shown.cards_in(two.box()):
            found.append(f"card {name} is not where it is looked for")
    return found


def _wires(shown: Sheet, fresh: Sheet) -> list[str]:
    found = []
    for wire in shown.wires.keys() & fresh.wires.keys():
        line, same = shown.wires[wire], fresh.wires[wire]
        if (line.line, line.words, line.faulty) != (same.line, same.words, same.faulty):
            found.append(f"wire {wire}")
    return found


def unpainted(canvas: Canvas) -> int:
    """How many pixels on the screen are others than if everything were painted anew."""
    shown = canvas.stage.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    canvas.stage._renew_ground()
    anew = canvas.stage.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    one, two = bytes(shown.constBits()), bytes(anew.constBits())
    if one == two:
        return 0
    return len({at // 4 for at, (a, b) in enumerate(zip(one, two, strict=True)) if a != b})


def objects() -> tuple[int, Counter[str]]:
    """How many objects Python holds, and how many of Qt's by type, once all that may go is gone.

    Bounded caches are emptied first: they fill for a long time, and then no more. What was set aside from searches
    for garbage is not counted.
    """
    for held in gc.get_objects():
        if issubclass(type(held), _lru_cache_wrapper):  # isinstance runs foreign code
            held.cache_clear()
    for _ in range(3):
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    everything = gc.get_objects()
    qt = Counter(type(one).__name__ for one in everything if issubclass(type(one), QObject) and isValid(one))
    return len(everything), qt
