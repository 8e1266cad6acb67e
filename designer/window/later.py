"""A panel that is made when it is first seen: what it imports costs time that a start does not have."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

PanelT = TypeVar("PanelT", bound=QWidget)


class Later(QWidget, Generic[PanelT]):
    """The place of a panel. `made` is the panel, None until it was seen or asked for."""

    def __init__(self, make: Callable[[], PanelT]) -> None:
        super().__init__()
        self._make = make
        self.made: PanelT | None = None
        self._mark = QWidget(self)  # keeps the place in the order of Tab
        self._mark.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._mark.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def panel(self) -> PanelT:
        """The panel, made now where it is not there yet."""
        if self.made is None:
            self.made = self._make()
            self._keep_order(self.made)
            self._column.addWidget(self.made)
            self.made.show()  # a layout would show it when all that waits was done
            self._column.activate()
        return self.made

    def showEvent(self, event: QShowEvent) -> None:
        self.panel()
        super().showEvent(event)

    def _keep_order(self, panel: QWidget) -> None:
        """Tab comes to what is in the panel where it would have, had it been there from the beginning."""
        panel.setParent(self)
        before = self._mark
        for after in (panel, *panel.findChildren(QWidget)):
            if after.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(before, after)
                before = after
        self._mark.setFocusPolicy(Qt.FocusPolicy.NoFocus)
