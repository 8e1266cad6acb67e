"""The comparison as the window shows it: both drawings on one canvas, and the list of what differs beside it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer.blocks.stowing import all_placed
from designer.compare.canvas import EMPTY, CompareCanvas
from designer.compare.change_list import ChangeList
from designer.compare.joined import joined
from designer.compare.rows import Row, groups
from designer.compare.taking import taken
from designer.compare.waiting import waited
from designer.document import Document
from designer.panels.notice import Notice
from designer.theme import theme, tokens
from designer.theme.icons import icon
from designer.theme.labels import ElidedLabel, Label, line
from engine.graph import Graph
from engine.layers import Layer
from engine.project.compare import Comparison, GraphChange, compare
from engine.project.project import Project
from engine.text import Failure, text, tr

LIST_WIDTH = 90 * tokens.STEP
Result = TypeVar("Result")
Where = tuple[str, str]


class CompareWorkspace(QWidget):
    """Compares another project (the old one) with the document's, and follows the document. `closed`: it is left."""

    closed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._other: Project | None = None
        self._title = self._called = ""
        self._where: Where = ("networks", "main")
        self.comparison = Comparison()
        self.canvas = CompareCanvas()
        self.changes = ChangeList()
        self.notice = Notice()
        self.heading = ElidedLabel(role="title")
        self.legend = Label("", "secondary", wrap=True)
        self.take = QPushButton(icon("arrow-u-up-left", "secondary"), "")
        self.take_all = QPushButton("")
        self.sides = QButtonGroup(self)
        self._side_buttons = {id: QToolButton() for id in ("old", "both", "new")}
        self._lay_out()
        self._connect()

    def compare_with(self, other: Project, title: str, called: str = "") -> None:
        """Shows what differs between a project and the document's. `called`: what to say for it in place of a title."""
        self._other, self._title, self._called = other, called or title, called
        self._where = ("networks", next(iter(self._document.project.networks)))
        self._side_buttons["both"].click()
        self._name_parts()
        self._refresh(keep=False)

    def forget(self) -> None:
        """Compares with nothing any more."""
        self._other = None
        self.comparison = Comparison()
        self.changes.show_groups(())
        self.canvas.show_joined(EMPTY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            event.ignore()

    def take_over(self, rows: list[Row]) -> None:
        """Makes these entries in the document what they are in the other version, as one step."""
        if self._other is None or not rows:
            return
        try:
            project = taken(self._document.project, self._other, rows)
        except Failure as failure:
            self.notice.say("warning", str(failure))
            return
        self.notice.clear()
        one = text("take {what} from {title}", what=rows[0].words.replace("  ", " "), title=self._title)
        several = text("take {count} changes from {title}", count=len(rows), title=self._title)
        self._document.edit_project(one if len(rows) == 1 else several, all_placed(project))

    def _take_all(self) -> None:
        if self._other is not None:
            title = text("take all from {title}", title=self._title)
            self._document.edit_project(title, all_placed(self._other))

    def _refresh(self, keep: bool = True) -> None:
        """Compares anew: the document has changed."""
        if self._other is None:
            return
        other, here = self._other, self._document.project
        found = self._waited(here, lambda: compare(other, here))
        if found is None:
            self.forget()
            return
        self.comparison = found
        self.changes.show_groups(tuple(groups(self.comparison)))
        self._show_drawing(keep)
        self._allow()

    def _waited(self, project: Project, work: Callable[[], Result]) -> Result | None:
        """What the work gives; None where a person gave it up."""
        nodes = sum(len(graph.nodes) for graph in project.networks.values())
        return waited(self, tr("Comparing…"), work, nodes)

    def _follow(self) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def showEvent(self, event: object) -> None:
        if self._stale:
            self._stale = False
            self._refresh()

    def _show_drawing(self, keep: bool) -> None:
        section, name = self._where
        changes = self.comparison.networks if section == "networks" else self.comparison.blocks
        change = next((c for c in changes if c.name == name), GraphChange("changed", name))
        assert self._other is not None
        old, new = (_drawing(project, section, name) for project in (self._other, self._document.project))
        columns = self._document.project.data.columns
        both = self._waited(self._document.project, lambda: joined(old, new, change, columns))
        if both is not None:
            self.canvas.show_joined(both, keep)

    def _go(self, row: Row | None) -> None:
        """Shows where an entry is."""
        if row is not None and row.where[0] in ("networks", "blocks"):
            if row.where != self._where:
                self._where = row.where
                self._show_drawing(keep=False)
            self.canvas.choose(row.node)
        self._allow()

    def _allow(self) -> None:
        free = self._document.read_only is None
        self.take.setEnabled(free and bool(self.changes.chosen()))
        self.take_all.setEnabled(free and bool(self.comparison))

    def _lay_out(self) -> None:
        self._stale = False
        close = QPushButton(icon("x", "secondary"), tr("Close"))
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(3 * tokens.STEP, 2 * tokens.STEP, 3 * tokens.STEP, 2 * tokens.STEP)
        head.setSpacing(2 * tokens.STEP)
        head.addWidget(self.heading, 1)
        for id, button in self._side_buttons.items():
            button.setCheckable(True)
            button.setProperty("role", "quiet")
            self.sides.addButton(button)
            button.clicked.connect(lambda _=False, id=id: self.canvas.show_side(id))
            head.addWidget(button)
        head.addSpacing(2 * tokens.STEP)
        head.addWidget(close)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setHandleWidth(1)
        parts.addWidget(self.canvas)
        parts.addWidget(self._side())
        parts.setStretchFactor(0, 1)
        parts.setSizes([3 * LIST_WIDTH, LIST_WIDTH])
        for index in (0, 1):
            parts.setCollapsible(index, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(parts, 1)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setProperty("role", "panel")
        side.setMinimumWidth(60 * tokens.STEP)
        column = QVBoxLayout(side)
        column.setContentsMargins(3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP, 3 * tokens.STEP)
        column.setSpacing(2 * tokens.STEP)
        column.addWidget(Label(tr("What differs"), "title"))
        column.addWidget(self.legend)
        column.addWidget(self.changes, 1)
        column.addWidget(self.notice)
        column.addWidget(self.take)
        column.addWidget(self.take_all)
        return side

    def _connect(self) -> None:
        self.changes.went.connect(self._go)
        self.changes.itemSelectionChanged.connect(self._allow)
        self.canvas.picked.connect(self.changes.go_to)
        self.take.clicked.connect(lambda: self.take_over(self.changes.chosen()))
        self.take_all.clicked.connect(self._take_all)
        self._document.changed.connect(lambda _: self._follow())
        theme.changed.connect(self.changes.restyle)

    def _name_parts(self) -> None:
        other = self._called or tr("“{title}”", title=_short(self._title))
        whole = self._called or tr("“{title}”", title=self._title)
        self.heading.setText(tr("What is open, compared with {other}", other=whole))
        self.legend.setText(tr("+ only in what is open, − only in {other}, ~ in both and not the same", other=other))
        self._side_buttons["old"].setText(tr("Only {other}", other=other))
        self._side_buttons["both"].setText(tr("Both"))
        self._side_buttons["new"].setText(tr("Only what is open"))
        self.take.setText(tr("Take from {other}", other=other))
        self.take_all.setText(tr("Take all of {other}", other=other))


def _drawing(project: Project, section: str, name: str) -> Graph[Layer]:
    if section == "blocks":
        return project.blocks[name].graph if name in project.blocks else Graph()
    return project.networks.get(name, Graph())


def _short(title: str) -> str:
    return title if len(title) <= 24 else title[:23] + "…"
