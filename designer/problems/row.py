"""One problem in the list."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from designer.blocks.problems import Found
from designer.keyboard.speech import problem_words
from designer.theme import tokens
from designer.theme.labels import Label, Sign
from engine.text import say, tr

WIDEST, NARROWEST = 60 * tokens.STEP, 75 * tokens.STEP  # of the place, and of the sentence
COMES = (QEvent.Type.Enter, QEvent.Type.FocusIn)
GOES = (QEvent.Type.Leave, QEvent.Type.FocusOut)
ICONS = {"error": ("x-circle", "problem"), "warning": ("warning", "warning")}


class ProblemRow(QFrame):
    """Severity, node, sentence and fixes. A click or Enter asks to see the node, a button applies its fix.

    `pondered` carries the fix that the mouse or the focus is on, and None when it leaves.
    """

    asked = Signal(object)
    fixed = Signal(object)
    pondered = Signal(object)

    def __init__(self, found: Found, place: str) -> None:
        super().__init__()
        self.found, self.problem, self._place = found, found.problem, place
        problem = found.problem
        self.setProperty("role", "row")
        spoken = problem_words(problem.severity, problem.text)
        self.setAccessibleName(f"{place}, {spoken}" if place else spoken)
        fixes = ", ".join(say(fix.title) for fix in problem.fixes)
        self.setAccessibleDescription(tr("Fixes: {fixes}", fixes=fixes) if fixes else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if problem.node else Qt.CursorShape.ArrowCursor)
        self.buttons: list[QPushButton] = []
        self.buttons += [self._button(i) for i in range(len(problem.fixes))]
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.addActions(self._actions())
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * tokens.STEP, tokens.STEP // 2, 3 * tokens.STEP, tokens.STEP // 2)
        row.setSpacing(2 * tokens.STEP)
        for label in self._labels():
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sentence(), 1)
        for button in self.buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

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
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _labels(self) -> list[QWidget]:
        name, colour = ICONS[self.problem.severity]
        picture = Sign(name, colour)
        word = tr("Error") if self.problem.severity == "error" else tr("Warning")
        severity = Label(word, "problem" if self.problem.severity == "error" else "warning")
        severity.setFixedWidth(14 * tokens.STEP)
        place = Label("", "title")
        place.setText(place.fontMetrics().elidedText(self._place, Qt.TextElideMode.ElideMiddle, WIDEST))
        place.setToolTip(self._place)
        return [picture, severity, place] if self._place else [picture, severity]

    def _sentence(self) -> Label:
        label = Label(say(self.problem.text), wrap=True)
        label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        label.setMinimumWidth(NARROWEST)
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

    def _button(self, index: int) -> QPushButton:
        suggestion = self.problem.fixes[index]
        button = QPushButton(say(suggestion.title).replace("&", "&&"))
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.clicked.connect(lambda _checked: self.fixed.emit(suggestion))
        button.installEventFilter(self)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched in self.buttons and event.type() in (*COMES, *GOES):
            on = event.type() in COMES
            self.pondered.emit(self.problem.fixes[self.buttons.index(watched)] if on else None)
        return False
