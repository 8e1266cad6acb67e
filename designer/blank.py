"""Data for the clipboard, which may outlive the program's Python."""

from PySide6.QtCore import QMimeData, QStringListModel


def blank() -> QMimeData:
    """Empty data that is Qt's own, through and through; what it is given to has to own it.

    Where a platform has no clipboard, Qt keeps one in memory and takes it down after Python has ended. Data made by
    Python would look for it then, and the process would die of that.
    """
    rows = QStringListModel([""])
    data = rows.mimeData([rows.index(0)])
    data.clear()
    return data
