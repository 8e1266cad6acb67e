"""The conflicts of a merge, one under the other, each to be decided by the person."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from designer.theme import tokens
from designer.theme.labels import Label
from engine.project.compare_words import side_words, way_words
from engine.project.merge import Conflict
from engine.project.merge import Path as Way
from engine.text import tr

WIDTH, HEIGHT = 640, 560
FRAME, ROW = 150, 110  # pixels around the list, and for a conflict at least


class MergeDialog(QDialog):
    """Everything else is merged already; here it is chosen whose change is taken where both changed the same."""

    def __init__(self, parent: QWidget, file: str, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Merge with “{file}”", file=file))
        self.resize(WIDTH, min(HEIGHT, FRAME + ROW * len(conflicts)))
        self.theirs: dict[Way, QRadioButton] = {}
        self._mine: list[QRadioButton] = []
        column = QVBoxLayout(self)
        column.setSpacing(3 * tokens.STEP)
        words = tr("You and the file changed these in different ways. Everything else is merged.")
        column.addWidget(Label(words, wrap=True))
        column.addWidget(self._list(conflicts), 1)
        column.addLayout(self._buttons())

    @property
    def take_theirs(self) -> frozenset[Way]:
        """Where the file's side is taken."""
        return frozenset(way for way, button in self.theirs.items() if button.isChecked())

    def _list(self, conflicts: tuple[Conflict, ...]) -> QScrollArea:
        page = QWidget()
        page.setProperty("role", "panel")
        rows = QVBoxLayout(page)
        rows.setSpacing(2 * tokens.STEP)
        for conflict in conflicts:
            rows.addWidget(self._row(conflict))
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        return area

    def _row(self, conflict: Conflict) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        name = way_words(conflict.path)
        grid = QGridLayout(card)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(4 * tokens.STEP)
        grid.addWidget(Label(name, "title"), 0, 0, 1, 2)
        group = QButtonGroup(card)
        sides = ((tr("Mine"), conflict.mine), (tr("On disk"), conflict.theirs))
        for row, (title, value) in enumerate(sides, 1):
            button, words = QRadioButton(title), Label(side_words(conflict.base, value), "secondary", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            button.setAccessibleName(tr("{node}, {side}: {what}", node=name, side=title, what=words.text()))
            group.addButton(button)
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
            if row == 1:
                button.setChecked(True)
                self._mine.append(button)
            else:
                self.theirs[conflict.path] = button
        return card

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * tokens.STEP)
        for title, buttons in ((tr("All mine"), self._mine), (tr("All from disk"), list(self.theirs.values()))):
            every = QPushButton(title)
            every.setAutoDefault(False)
            every.clicked.connect(lambda _=False, buttons=buttons: [button.setChecked(True) for button in buttons])
            row.addWidget(every)
        row.addStretch(1)
        cancel, merge = QPushButton(tr("Cancel")), QPushButton(tr("Merge"))
        cancel.clicked.connect(self.reject)
        merge.clicked.connect(self.accept)
        merge.setDefault(True)
        merge.setProperty("role", "primary")
        row.addWidget(cancel)
        row.addWidget(merge)
        return row
