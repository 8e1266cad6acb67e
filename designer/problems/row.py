"""One problem in the list."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from designer.blocks.problems import Found
from designer.keyboard.speech import problem_words
from designer.problems.fixes import FixButtons
from designer.theme import tokens
from designer.theme.labels import Label, Sign
from engine.text import say, tr

WIDEST, NARROWEST = 60 * tokens.STEP, 75 * tokens.STEP  # of the place, and of the sentence beside its fixes
LEAST = 30 * tokens.STEP  # of the sentence in the narrowest of windows
GAP, SIDE = 2 * tokens.STEP, 3 * tokens.STEP
ICONS = {"error": ("x-circle", "problem"), "warning": ("warning", "warning")}


class ProblemRow(QFrame):
    """Severity, node, sentence and fixes. A click or Enter asks to see the node, a button applies its fix.

    `pondered` carries the fix that the mouse or the focus is on, and None when it leaves. `stepped` asks for the row
    so many further.
    """

    asked = Signal(object)
    fixed = Signal(object)
    pondered = Signal(object)
    stepped = Signal(int)

    def __init__(self, found: Found, place: str) -> None:
        super().__init__()
        self.found, self.problem, self._place = found, found.problem, place
        self.entry = (found, place)
        problem = found.problem
        self.setProperty("role", "row")
        spoken = problem_words(problem.severity, problem.text)
        self.setAccessibleName(f"{place}, {spoken}" if place else spoken)
        fixes = ", ".join(say(fix.title) for fix in problem.fixes)
        self.setAccessibleDescription(tr("Fixes: {fixes}", fixes=fixes) if fixes else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if problem.node else Qt.CursorShape.ArrowCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.addActions(self._actions())
        self.fixes = FixButtons(problem.fixes)
        self._lay_out()
        for signal, mine in (
            (self.fixes.fixed, self.fixed),
            (self.fixes.pondered, self.pondered),
            (self.fixes.stepped, self.stepped),
        ):
            signal.connect(mine)
        self.fixes.left.connect(lambda: self.setFocus(Qt.FocusReason.TabFocusReason))

    @property
    def buttons(self) -> list[QPushButton]:
        """A button for each fix, also for those that only the menu shows."""
        return self.fixes.buttons

    def stops(self) -> list[QWidget]:
        """What can have the focus, in the order of Tab."""
        return [self, *self.buttons, self.fixes.more]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widths = [max(label.sizeHint().width(), label.minimumWidth()) for label in self._heads]
        used = 2 * SIDE + sum(widths) + len(widths) * GAP
        self.fixes.fit(self.contentsRect().width() - used - NARROWEST - GAP)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the list is: what the buttons take is fitted to it, not the other way round."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.asked.emit(self.found)
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self.found)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Right and self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, tokens.STEP // 2, SIDE, tokens.STEP // 2)
        row.setSpacing(GAP)
        *_, self.place = self._heads = self._labels()
        for label in self._heads:
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sentence(), 1)
        row.addWidget(self.fixes, 0, Qt.AlignmentFlag.AlignVCenter)

    def _labels(self) -> list[QWidget]:
        name, colour = ICONS[self.problem.severity]
        picture = Sign(name, colour)
        word = tr("Error") if self.problem.severity == "error" else tr("Warning")
        severity = Label(word, "problem" if self.problem.severity == "error" else "warning")
        severity.setFixedWidth(14 * tokens.STEP)
        place = Label("", "title")
        place.setText(place.fontMetrics().elidedText(self._place, Qt.TextElideMode.ElideMiddle, WIDEST))
        place.setToolTip(self._place)
        return [picture, severity, place]

    def _sentence(self) -> Label:
        label = Label(say(self.problem.text), wrap=True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        label.setMinimumWidth(LEAST)
        return label

    def _actions(self) -> list[QAction]:
        """What the context menu offers: the node, each fix, the sentence as text."""
        calls: list[tuple[str, Callable[[], object]]] = []
        if self.problem.node:
            calls.append((tr("Show {node}", node=self.found.at), lambda: self.asked.emit(self.found)))
        for fix in self.problem.fixes:
            calls.append((say(fix.title), lambda fix=fix: self.fixed.emit(fix)))  # type: ignore[misc]
        calls.append((tr("Copy the sentence"), lambda: QGuiApplication.clipboard().setText(say(self.problem.text))))
        actions = []
        for words, call in calls:
            action = QAction(words.replace("&", "&&"), self)
            # once the menu is closed: a fix may take this row, and the menu with it, away
            action.triggered.connect(lambda _=False, call=call: QTimer.singleShot(0, self, call))
            actions.append(action)
        return actions
