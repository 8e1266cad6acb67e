"""What is dragged in from the desktop."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from designer.dragged import dragged_path, dragged_project

HERE = Path("/data").absolute()


@pytest.mark.parametrize(
    ("addresses", "path", "project"),
    [
        ([QUrl.fromLocalFile(str(HERE / "net.loom"))], HERE / "net.loom", HERE / "net.loom"),
        ([QUrl.fromLocalFile(str(HERE / "NET.LOOM"))], HERE / "NET.LOOM", HERE / "NET.LOOM"),
        ([QUrl.fromLocalFile(str(HERE / "images"))], HERE / "images", None),
        ([QUrl("https://example.org/net.loom")], None, None),
        ([QUrl.fromLocalFile(str(HERE / name)) for name in ("a.loom", "b.loom")], None, None),
        ([], None, None),
    ],
)
def test_the_only_local_path_counts(
    qapp: object, addresses: list[QUrl], path: Path | None, project: Path | None
) -> None:
    data = QMimeData()
    data.setUrls(addresses)
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(1, 1), Qt.DropAction.CopyAction, data, buttons, keys)
    assert (dragged_path(event), dragged_project(event)) == (path, project)
