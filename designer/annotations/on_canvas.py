"""Frames, notes and bookmarks by mouse, keys and menus: what the canvas hands over."""

from collections.abc import Callable
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from designer.annotations import commands
from designer.annotations.addresses import offer_to_open
from designer.annotations.bookmarks import BookmarkList
from designer.annotations.editing import NoteField, TitleField, open_field
from designer.annotations.remarks import Spot
from designer.canvas.gestures.base import Pointer
from designer.canvas.stage import LARGEST
from designer.theme import theme
from designer.theme.tokens import GRID, STEP
from engine.graph import Frame, Note
from engine.graph.annotations import Colour
from engine.text import say, text, tr

if TYPE_CHECKING:
    from designer.canvas.view import Canvas

SWATCH = 4 * STEP
LINKS, WIDEST = 8, 90 * STEP  # of a note's addresses in its menu
ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
COLOURS = {
    "grey": text("Grey"),
    "blue": text("Blue"),
    "teal": text("Teal"),
    "purple": text("Purple"),
    "orange": text("Orange"),
    "pink": text("Pink"),
    "green": text("Green"),
}


class RemarksOnCanvas(QObject):
    """While a frame or a note is chosen, the canvas's editing keys are its own: delete, rename, arrows, Esc."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas, self._stage, self._document = canvas, canvas.stage, canvas.document
        self.remarks = canvas.stage.drawing.remarks
        self.field: TitleField | NoteField | None = None
        self._openings = 0
        self._stage.installEventFilter(self)
        self._stage.remark_opened.connect(self.edit)
        self._stage.remark_menu.connect(self._open_menu)
        self._stage.viewed.connect(self._leave_field)
        self.remarks.chosen_changed.connect(self._tell)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What this carries out, by the commands' ids."""
        return {
            "add_frame": self._add_frame,
            "add_note": self._add_note,
            "bookmarks": lambda: BookmarkList(self._canvas).open(),
        }

    def edit(self, spot: Spot) -> None:
        """Opens the field for a frame's title or a note's text; does nothing where there is none, as it was refused."""
        self._leave_field()
        if not self._holds(spot):
            return
        self.remarks.choose(spot)
        field = self.field = open_field(self._stage, spot)
        self._openings += 1
        field.typed.connect(lambda words: self._typed(spot, words))
        field.taken.connect(lambda words: self._close(spot, words))

    def go(self, spot: Spot) -> None:
        """Chooses a frame or note and brings it into sight."""
        self.remarks.choose(spot)
        self._stage.show_rect(self.remarks.rect(spot))
        self._stage.setFocus()

    def show_box(self, rect: QRectF) -> None:
        """Makes a rectangle fill the view: a bookmark."""
        self._stage.show_rect(rect, margin=0, largest=LARGEST)
        self._stage.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.remarks.chosen is None or not isinstance(event, QKeyEvent):
            return False
        call = self._call(self.remarks.chosen, event)
        if call is None or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            call()
        return True

    def _call(self, spot: Spot, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does to the chosen one."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not held:
            return lambda: commands.remove(self._document, spot)
        if key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            return lambda: self.edit(spot)
        if key == Qt.Key.Key_Escape and self._stage.gesture is None:
            return lambda: self.remarks.choose(None)
        if key in ARROWS and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier):
            x, y = ARROWS[key]
            return lambda: commands.move(self._document, spot, GRID * x, GRID * y, f"nudge {spot.kind}.{spot.id}")
        if key in ARROWS and held == Qt.KeyboardModifier.ShiftModifier:
            return lambda: self._grow(spot, *ARROWS[key])
        return None

    def _grow(self, spot: Spot, x: int, y: int) -> None:
        rect = self.remarks.rect(spot)
        width, height = rect.width() + GRID * x, rect.height() + GRID * y
        commands.resize(self._document, spot, max(width, 4 * GRID), max(height, 2 * GRID))

    def _typed(self, spot: Spot, words: str) -> None:
        """Takes what is typed; where it can only be looked at, that is said once, when the field is left."""
        if not self._document.read_only:
            self._write(spot, words)

    def _write(self, spot: Spot, words: str) -> bool:
        """All of one opening of the field is one step. False where it was not taken."""
        return self._holds(spot) and commands.write(self._document, spot, words, f"write {self._openings}")

    def _holds(self, spot: Spot) -> bool:
        return spot.id in getattr(self._document.graph.annotations, spot.kind)

    def _close(self, spot: Spot, words: str) -> None:
        self.field = None
        if self._write(spot, words):
            self._tell(self.remarks.chosen)
        self._stage.setFocus()

    def _leave_field(self) -> None:
        if self.field:
            self.field.take()

    def _add_frame(self) -> None:
        self.edit(commands.add_frame(self._document, self._stage.seen()))

    def _add_note(self) -> None:
        spot = commands.add_note(self._document, self._stage.seen())
        if self._holds(spot):
            self._stage.bring(self.remarks.rect(spot))
        self.edit(spot)

    def _tell(self, spot: Spot | None) -> None:
        if spot:
            one = getattr(self.remarks.shown, spot.kind)[spot.id]
            self._canvas.told.emit(_named(one))

    def _open_menu(self, spot: Spot, at: Pointer) -> None:
        menu = QMenu(self._canvas)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Edit")).triggered.connect(lambda _=False: self.edit(spot))
        one = getattr(self.remarks.shown, spot.kind)[spot.id]
        if isinstance(one, Note) and one.text:
            self._add_text_actions(menu, one.text)
        colours = menu.addMenu(tr("Colour"))
        for name in get_args(Colour):
            colours.addAction(self._colour_action(colours, spot, name, name == one.colour))
        menu.addSeparator()
        menu.addAction(tr("Delete")).triggered.connect(lambda _=False: commands.remove(self._document, spot))
        menu.popup(self._stage.viewport().mapToGlobal(at.view))

    def _add_text_actions(self, menu: QMenu, markdown: str) -> None:
        """What can be done with a note's words and the addresses among them."""
        from designer.annotations.markdown import links

        copy = menu.addAction(tr("Copy text"))
        copy.triggered.connect(lambda _=False: QGuiApplication.clipboard().setText(markdown))
        for address in links(markdown)[:LINKS]:
            shown = menu.fontMetrics().elidedText(address, Qt.TextElideMode.ElideMiddle, WIDEST)
            action = menu.addAction(tr("Open {address}…", address=shown).replace("&", "&&"))
            action.triggered.connect(lambda _=False, address=address: offer_to_open(self._canvas, address))

    def _colour_action(self, parent: QMenu, spot: Spot, name: Colour, now: bool) -> QAction:
        action = QAction(_swatch(name), say(COLOURS[name]), parent)
        action.setCheckable(True)
        action.setChecked(now)
        action.triggered.connect(lambda _=False: commands.colour(self._document, spot, name))
        return action


def _named(one: Frame | Note) -> str:
    """What is said of a frame or note that was chosen."""
    from designer.annotations.markdown import first_line

    if isinstance(one, Frame):
        return tr("frame “{words}” chosen", words=one.title[:40])
    words = first_line(one.text)[:40]
    return tr("note “{words}” chosen", words=words) if words else tr("an empty note chosen")


def _swatch(name: str) -> QIcon:
    pixmap = QPixmap(SWATCH, SWATCH)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.notes[name]))
        painter.drawEllipse(1, 1, SWATCH - 2, SWATCH - 2)
    return QIcon(pixmap)
