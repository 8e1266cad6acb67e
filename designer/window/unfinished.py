"""What is being typed while the project is saved or left: a name on its card, a field that is taken when it is left."""

from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid


def finish_typing() -> None:
    """Has the field that is typed in hand over what is in it, as leaving it does; where it stays, so does the focus."""
    field = QApplication.focusWidget()
    if not isinstance(field, QLineEdit):
        return
    field.clearFocus()
    if isValid(field) and field.isVisible():
        field.setFocus()
