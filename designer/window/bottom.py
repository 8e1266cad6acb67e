"""The panel at the foot of the window: problems, runs and log as tabs; a click on the current tab folds it away."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from designer.theme import tokens
from designer.theme.icons import icon
from engine.text import tr

HIGHEST = 16777215  # Qt's QWIDGETSIZE_MAX: no limit


class BottomPanel(QWidget):
    """Tabs over pages that are made when they are first seen. `folded(bool)` tells that it was folded or unfolded."""

    folded = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.pages = QStackedWidget()
        self._head = QWidget()
        self._makers: list[Callable[[], QWidget]] = []
        self._made: dict[int, QWidget] = {}
        self.fold_button = QToolButton()
        self.fold_button.setProperty("role", "quiet")
        self.fold_button.clicked.connect(lambda _checked: self.fold(not self.is_folded))
        self._lay_out()
        self.tabs.currentChanged.connect(self._show)
        self.tabs.tabBarClicked.connect(self._clicked)
        self._show_fold()

    @property
    def is_folded(self) -> bool:
        return self.pages.isHidden()

    def add(self, title: str, make: Callable[[], QWidget]) -> None:
        """Adds a tab whose page is made when it is first shown."""
        self._makers.append(make)
        self.tabs.addTab(title)

    def page(self, index: int) -> QWidget:
        """The page of a tab, made now where it is not yet there."""
        if index not in self._made:
            self._made[index] = self._makers[index]()
            self.pages.addWidget(self._made[index])
        return self._made[index]

    def name_tab(self, index: int, title: str) -> None:
        """Another title for a tab: "Problems 2"."""
        if self.tabs.tabText(index) != title:
            self.tabs.setTabText(index, title)

    def show_tab(self, index: int) -> None:
        """Unfolds the panel at this tab."""
        self.fold(False)
        self.tabs.setCurrentIndex(index)
        self._show(index)

    def fold(self, folded: bool) -> None:
        """Leaves only the tabs to be seen, or shows the pages again."""
        if folded == self.is_folded:
            return
        self.pages.setVisible(not folded)
        self.setMaximumHeight(self._head.sizeHint().height() if folded else HIGHEST)
        self._show_fold()
        if not folded:
            self._show(self.tabs.currentIndex())
        self.folded.emit(folded)

    def _lay_out(self) -> None:
        top = QHBoxLayout(self._head)
        top.setContentsMargins(tokens.STEP, 0, 2 * tokens.STEP, 0)
        top.addWidget(self.tabs)
        top.addStretch(1)
        top.addWidget(self.fold_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.pages, 1)

    def _show(self, index: int) -> None:
        if index >= 0 and not self.is_folded:
            self.pages.setCurrentWidget(self.page(index))

    def _clicked(self, index: int) -> None:
        if index == self.tabs.currentIndex():
            self.fold(not self.is_folded)
        elif index >= 0:
            self.fold(False)

    def _show_fold(self) -> None:
        words = tr("Unfold this panel") if self.is_folded else tr("Fold this panel away")
        self.fold_button.setIcon(icon("caret-up" if self.is_folded else "caret-down", "secondary"))
        self.fold_button.setToolTip(words)
        self.fold_button.setAccessibleName(words)
