"""The context menus: what can be done with the node, the wire or the place under the mouse."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from designer.blocks.commands import instance
from designer.canvas import commands
from designer.canvas.hits import Hit
from designer.document import Document
from designer.order import commands as order
from engine.check.report import Suggestion
from engine.check.sides import by_side, side_text
from engine.graph import Inlet, Wire
from engine.text import Failure, say, tr

ON_NODE = ("rename", "connect", "replace_layer", "duplicate", "group", "", "cut", "copy", "delete", "")
WALK = ("select_previous", "select_next")
OUT = ("leave_block", "")
ON_BLOCK = ("enter_block", "make_unique", "unpack", "")
ON_CANVAS = ("add_layer", "add_note", "paste", "", "undo", "redo", "", "select_all", "arrange", "", "fit", "zoom_reset")


def aim(document: Document, found: Hit) -> None:
    """Selects what a menu is about to be opened for, where it is not selected already."""
    wire = found.wire or _wire_into(document, found)
    node = found.node or (found.end.node if found.end and not wire else None)
    if node and node not in document.selection:
        document.select({node})
    elif wire and not node:
        document.select((), {wire})


def menu_for(
    parent: QWidget, document: Document, found: Hit, actions: dict[str, QAction], insert: Callable[[Wire], object]
) -> QMenu:
    """The menu for what was hit, and selected by `aim`. `insert` opens the list of layers for a wire."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    wire = found.wire or _wire_into(document, found)
    if found.node or (found.end and not wire):
        _fill_node(menu, document, found.node or (found.end.node if found.end else ""), actions)
    elif wire:
        _fill_wire(menu, document, wire, insert)
    else:
        _fill(menu, OUT if document.where else (), actions)
        _fill(menu, ON_CANVAS, actions)
    return menu


def _fill_node(menu: QMenu, document: Document, name: str, actions: dict[str, QAction]) -> None:
    for suggestion in _fixes(document, name):
        _add_fix(menu, document, suggestion)
    menu.addSeparator()
    if instance(document, name):
        _fill(menu, ON_BLOCK, actions)
    _fill(menu, (*ON_NODE, *WALK), actions)
    menu.addSeparator()
    order.fill(menu, actions, document)


def _fill_wire(menu: QMenu, document: Document, wire: Wire, insert: Callable[[Wire], object]) -> None:
    for which, suggestions in by_side(document.report.problems, wire).items():
        menu.addAction(say(side_text(which, wire)).replace("&", "&&")).setEnabled(False)
        for suggestion in suggestions:
            _add_fix(menu, document, suggestion)
    menu.addSeparator()
    menu.addAction(tr("Insert layer…")).triggered.connect(lambda _checked: insert(wire))
    menu.addAction(tr("Disconnect")).triggered.connect(lambda _checked: commands.disconnect(document, [wire]))


def _fill(menu: QMenu, ids: tuple[str, ...], actions: dict[str, QAction]) -> None:
    for id in ids:
        if id:
            menu.addAction(actions[id])
        else:
            menu.addSeparator()


def _fixes(document: Document, name: str) -> list[Suggestion]:
    return [fix for problem in document.report.problems if problem.node == name for fix in problem.fixes]


def _add_fix(menu: QMenu, document: Document, suggestion: Suggestion) -> None:
    action = menu.addAction(say(suggestion.title).replace("&", "&&"))
    action.setData(suggestion)
    action.triggered.connect(lambda _checked: _mend(document, suggestion))


def _mend(document: Document, suggestion: Suggestion) -> None:
    """A fix whose node was changed while the menu was open does nothing; the problem list has the new one."""
    try:
        commands.mend(document, suggestion)
    except (Failure, KeyError):
        return


def _wire_into(document: Document, found: Hit) -> Wire | None:
    source = document.graph.source(found.end) if isinstance(found.end, Inlet) else None
    return Wire(source, found.end) if source and isinstance(found.end, Inlet) else None
