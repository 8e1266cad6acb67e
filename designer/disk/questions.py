"""What is asked where a file is not this window's alone."""

from typing import Literal, TypeAlias

from PySide6.QtWidgets import QMessageBox, QWidget

from designer.window.dialogs import choose, confirm
from engine.text import tr

Answer: TypeAlias = Literal["look", "copy", "cancel"]


def ask_open_elsewhere(parent: QWidget, file: str) -> Answer:
    """Another window has the file: to be looked at, or a copy to be worked on."""
    sentence = tr(
        "“{file}” is open in another window. Here it can be looked at, or a copy of it can be worked on.", file=file
    )
    buttons = {
        "look": (tr("Open read-only"), QMessageBox.ButtonRole.AcceptRole),
        "copy": (tr("Open a copy"), QMessageBox.ButtonRole.ActionRole),
        "cancel": (tr("Cancel"), QMessageBox.ButtonRole.RejectRole),
    }
    answer = choose(parent, tr("Open in another window"), sentence, buttons)
    return "look" if answer == "look" else "copy" if answer == "copy" else "cancel"


def ask_save_over(parent: QWidget, file: str, readable: bool) -> bool:
    """The file holds what somebody else saved: a project, or what cannot be opened."""
    sentence = tr(
        "“{file}” was changed on disk since it was opened. Saving puts what is shown here in the place of those "
        "changes. The bar above the canvas shows what they are and can merge them.",
        file=file,
    )
    if not readable:
        sentence = tr(
            "“{file}” was changed on disk since it was opened, and cannot be opened now. Saving puts what is shown "
            "here in its place.",
            file=file,
        )
    return confirm(parent, tr("Changed on disk"), sentence, tr("Save over it"), tr("Do not save"))


def ask_save_without(parent: QWidget, name: str) -> bool:
    """A file of a later version: a copy holds only what is understood here."""
    sentence = tr(
        "“{name}” holds more than this version of Tensorloom understands, and a copy is saved without that. "
        "The file itself stays as it is.",
        name=name,
    )
    return confirm(parent, tr("Save a copy without it"), sentence, tr("Save a copy"), tr("Cancel"))
