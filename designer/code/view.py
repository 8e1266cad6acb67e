"""The code view: the Python of the network as it is drawn, kept up off the typing path, tied to the selection."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from designer.blocks.places import shown_way
from designer.code.page import CodePage
from designer.document import Document
from designer.theme import tokens
from designer.theme.buttons import icon_button
from designer.theme.labels import Label
from engine.lower.printer import print_program
from engine.lower.program import Program, lower
from engine.text import Failure, tr

PAUSE_MS = 120
NAMED = 3


class CodeView(QWidget):
    """Shows the printed source. `asked(name)`: the person clicked a line of this node. `save` was asked for."""

    asked = Signal(str)
    save = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self._lines: Mapping[str, tuple[int, ...]] = {}
        self.page = CodePage()
        self.page.clicked.connect(self._clicked)
        self.note = Label("", "warning", wrap=True)
        self.note.setContentsMargins(3 * tokens.STEP, 0, 3 * tokens.STEP, tokens.STEP)
        self.note.hide()
        self.copy = icon_button("copy", tr("Copy"))
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        document.reported.connect(lambda _: self._soon())
        document.selected.connect(self._light)

    def refresh(self) -> None:
        """Prints the network now. What cannot be printed is left out, with a note."""
        self._pause.stop()
        try:
            program = lower(self._document.project.graph, self._document.network_report, partial=True)
            source = print_program(program)
        except Failure as failure:
            self._say(str(failure))
            return
        self._say(_left_out(program))
        self._lines = source.lines
        self.page.show_source(source.text)
        self._light(self._document.selection)

    def source(self) -> str:
        """The source of the network as it is now. Raises Failure where it cannot be printed."""
        return print_program(lower(self._document.project.graph, self._document.network_report)).text

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(3 * tokens.STEP, tokens.STEP, 2 * tokens.STEP, tokens.STEP)
        top.addWidget(Label(tr("Python"), "title"))
        top.addStretch(1)
        top.addWidget(self.copy)
        save = icon_button("floppy-disk", tr("Save as Python…"))
        save.clicked.connect(self.save)
        top.addWidget(save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.note)
        column.addWidget(self.page, 1)
        self.copy.clicked.connect(lambda _checked: QApplication.clipboard().setText(self.page.toPlainText()))

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _soon(self) -> None:
        if self.isVisible():
            self._pause.start()

    def _light(self, names: frozenset[str]) -> None:
        way = shown_way(self._document.project, self._document.where)
        lines = {line for name in names for line in self._lines.get("/".join((*way, name)), ())}
        self.page.light(lines)

    def _clicked(self, line: int) -> None:
        """Goes to the node of a line: in the block that one is in where it is of this one's class, else the nearest."""
        way = shown_way(self._document.project, self._document.where)
        paths = [tuple(path.split("/")) for path, lines in self._lines.items() if line in lines]
        best = min(paths, key=lambda path: (path[:-1] != way, len(path)), default=None)
        if best:
            *outer, name = best
            if tuple(outer) != way:
                self._document.go(tuple(outer), [name])
            self._document.select([name])
            self.asked.emit(name)


def _left_out(program: Program) -> str:
    """Which nodes are not in the source because something is wrong with them."""
    names = ", ".join(name for name, _ in program.left_out[:NAMED])
    if len(program.left_out) > NAMED:
        names = tr("{names} and {count} more", names=names, count=len(program.left_out) - NAMED)
    return tr("Not in the code yet, because of problems: {names}", names=names) if names else ""
