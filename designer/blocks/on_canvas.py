"""Blocks on the canvas: the ways in and out, grouping, unpacking, the breadcrumb, and what was seen of each place."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent

from designer.blocks import commands
from designer.blocks.breadcrumb import Breadcrumb
from designer.blocks.name_field import NameField
from designer.blocks.places import Where
from designer.blocks.views import Views
from designer.theme.tokens import CARD_WIDTH, FIELD_HEIGHT, STEP
from engine.blocks.edits import block_fault
from engine.text import Text, say, text, tr

if TYPE_CHECKING:
    from designer.canvas.view import Canvas

ENTERING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NO_KEYS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class BlocksOnCanvas(QObject):
    """Carries out the commands of blocks where they are drawn. What cannot be done is said beside what was chosen."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas, self._stage, self._document = canvas, canvas.stage, canvas.document
        self._editor: NameField | None = None
        self.breadcrumb = Breadcrumb(self._document, canvas)
        self.breadcrumb.move(3 * STEP, 3 * STEP)
        self.breadcrumb.asked.connect(self._go)
        self.breadcrumb.repeat_asked.connect(self._document.look_at_repeat)
        self._views = Views(self._document, self._stage, canvas.show_start)
        self._stage.installEventFilter(self)
        self._stage.viewed.connect(self._close_editor)
        self._document.changed.connect(self._close_editor)
        self._document.refused.connect(self._refuse)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What this carries out, by the commands' ids."""
        return {
            "group": self.group,
            "unpack": self.unpack,
            "enter_block": self.enter,
            "leave_block": self.leave,
            "make_unique": self.make_unique,
        }

    def ready(self, actions: dict[str, QAction]) -> None:
        """Disables the actions that would do nothing."""
        for id in self.calls():
            actions[id].setEnabled(possible(self._canvas, id))

    def enter(self) -> None:
        """Shows what is in the selected block."""
        if name := self._instance():
            commands.enter(self._document, name)

    def leave(self) -> None:
        """Shows what the block that one is in stands in."""
        if self._document.where:
            commands.leave(self._document)

    def opened(self, name: str) -> None:
        """A card was double-clicked: a block is entered, the name of anything else is edited."""
        if commands.instance(self._document, name):
            commands.enter(self._document, name)
        else:
            self._canvas.rename_node(name)

    def group(self) -> None:
        """Asks for a name, and makes what is selected a block; says at once where it cannot be one."""
        if fault := commands.group_fault(self._document, self._document.selection):
            self._refuse(fault)
            return
        self._close_editor()
        name = commands.suggested_name(self._document)
        self._editor = NameField(self._canvas, tr("Name of the block"), name, self._name_fault)
        self._editor.taken.connect(lambda name: commands.group(self._document, name))
        self._editor.closed.connect(self._forget_editor)
        box = self._beside_selection()
        self._editor.open_at(box)
        self._canvas.keys.hint.say(tr("Name of the block · Enter groups · Esc leaves"), box)

    def unpack(self) -> None:
        """Puts what is in the selected block in its place."""
        if name := self._instance():
            commands.unpack(self._document, name)

    def make_unique(self) -> None:
        """Gives the selected instance a block of its own."""
        if name := self._instance():
            commands.make_unique(self._document, name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes into the selected block; Esc, where there is nothing else to give up, leads out."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.modifiers() in NO_KEYS:
            if event.key() in ENTERING and commands.selected_instance(self._document):
                self.enter()
                return True
            if event.key() == Qt.Key.Key_Escape and self._nothing_to_give_up():
                self.leave()
                return True
        return False

    def _nothing_to_give_up(self) -> bool:
        document = self._document
        busy = self._stage.gesture or self._canvas.keys.mode or document.selection or document.selected_wires
        return bool(document.where) and not busy

    def _instance(self) -> str | None:
        name = commands.selected_instance(self._document)
        if name is None:
            self._refuse(text("Select one block first."))
        return name

    def _go(self, where: Where) -> None:
        here = self._document.where
        came_from = here[len(where) : len(where) + 1] if here[: len(where)] == where else ()
        self._document.go(where, came_from)
        self._stage.setFocus()

    def _refuse(self, why: Text) -> None:
        self._stage.hint(say(why), self._beside_selection().bottomLeft(), fades=True)

    def _beside_selection(self) -> QRect:
        """Where a name has room: over the middle of what is selected, within the view."""
        box = QRectF()
        for name in self._document.selection & self._stage.drawing.nodes.keys():
            box = box.united(self._stage.drawing.nodes[name].card())
        seen = self._stage.viewport().rect()
        middle = self._stage.mapFromScene(box.center()) if not box.isEmpty() else seen.center()
        size = QSize(CARD_WIDTH, FIELD_HEIGHT)
        corner = middle - QPoint(size.width() // 2, size.height() // 2)
        room = seen.adjusted(STEP, STEP, -size.width() - STEP, -size.height() - STEP)
        x = max(room.left(), min(corner.x(), room.right()))
        return QRect(QPoint(x, max(room.top(), min(corner.y(), room.bottom()))), size)

    def _name_fault(self, name: str) -> Text | None:
        return block_fault(name, self._document.project.blocks)

    def _close_editor(self, _: object = None) -> None:
        if self._editor:
            self._editor.leave()

    def _forget_editor(self) -> None:
        self._editor = None
        self._canvas.keys.hint.say("")
        self._stage.setFocus()


def possible(canvas: "Canvas", id: str) -> bool:
    """Whether a command of blocks has something to work on."""
    if id == "group":
        return bool(canvas.document.selection)
    if id == "leave_block":
        return bool(canvas.document.where)
    return commands.selected_instance(canvas.document) is not None
