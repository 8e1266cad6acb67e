"""Buttons that are an icon alone, and say what they do in a tip and to screen readers."""

from collections.abc import Callable

from PySide6.QtWidgets import QToolButton

from designer.theme.icons import icon


def icon_button(name: str, words: str, call: Callable[[], object] | None = None) -> QToolButton:
    """A quiet button with this icon, which calls this where it is clicked."""
    button = QToolButton()
    button.setIcon(icon(name, "secondary"))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setProperty("role", "quiet")
    if call:
        button.clicked.connect(lambda _checked=False: call())
    return button
