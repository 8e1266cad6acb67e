"""Opening an address that a note names: only when it was asked for, shown whole first."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from designer.window.dialogs import confirm
from engine.text import tr


def offer_to_open(parent: QWidget, address: str) -> None:
    """Asks whether the browser or mail program shall open an address, and hands it over where a person agrees."""
    sentence = tr("Outside of Tensorloom, this opens {address}", address=address)
    if confirm(parent, tr("Open link"), sentence, tr("Open"), tr("Cancel")):
        QDesktopServices.openUrl(QUrl(address))
