"""Going from panel to panel with F6: the canvas, the inspector, the list at the foot, the layers at the left."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from designer.keyboard.speech import announce


def next_panel(panels: Sequence[QWidget], step: int) -> None:
    """Gives the focus to the next panel that is in sight, round and round."""
    seen = [panel for panel in panels if panel.isVisible() and _first_field(panel)]
    if not seen:
        return
    focus = QApplication.focusWidget()
    here = next((i for i, panel in enumerate(seen) if _holds(panel, focus)), -1 if step > 0 else 0)
    panel = seen[(here + step) % len(seen)]
    field = _first_field(panel)
    if field:
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(field, panel.accessibleName())


def _holds(panel: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (focus is panel or panel.isAncestorOf(focus))


def _first_field(panel: QWidget) -> QWidget | None:
    """What takes the focus first in a panel: itself, or the first field in it, tabs last."""
    proxy = panel.focusProxy() or panel
    if proxy.focusPolicy() & Qt.FocusPolicy.TabFocus and proxy.isVisible() and proxy.isEnabled():
        return proxy
    fields = [
        field
        for field in panel.findChildren(QWidget)
        if field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.isVisible() and field.isEnabled()
    ]
    return min(fields, key=lambda field: isinstance(field, QTabBar), default=None)
