"""The commands that copy and save the network as a picture or as source."""

from PySide6.QtGui import QGuiApplication

from designer.window.main_window import MainWindow
from engine.text import Failure, tr


def wire_picturing(window: MainWindow) -> None:
    """Connects the commands."""
    window.commands.on("save_picture", lambda: open_picture(window))
    window.commands.on("copy_code", lambda: copy_code(window))


def open_picture(window: MainWindow) -> None:
    """Asks what the picture is to show."""
    from designer.picturing.dialog import PictureDialog

    dialog = PictureDialog(window)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def copy_code(window: MainWindow) -> None:
    """Puts the source of the selected layers, or of the whole drawing, onto the clipboard."""
    from designer.picturing.source import source_of

    document = window.document
    try:
        if document.selection:
            source = source_of(document.context.graph, document.report, document.selection)
        else:
            source = source_of(document.project.graph, document.network_report)
    except Failure as failure:
        window.status.showMessage(str(failure), 8000)
        return
    QGuiApplication.clipboard().setText(source)
    count = len(document.selection)
    some = tr("The source of {count} layers is on the clipboard.", count=count)
    window.status.showMessage(some if count else tr("The source of the network is on the clipboard."), 5000)
