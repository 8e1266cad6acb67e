"""The picture dialog and the copy of the source, in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from designer.picturing.dialog import PictureDialog
from designer.window.main_window import MainWindow


@pytest.fixture
def dialog(design: MainWindow, qtbot: QtBot) -> Iterator[PictureDialog]:
    design.document.select(["conv1"])
    design.commands["save_picture"].trigger()
    (dialog,) = design.findChildren(PictureDialog)
    yield dialog
    dialog.reject()


def test_the_selection_is_offered_where_there_is_one(dialog: PictureDialog) -> None:
    assert dialog.wish().part == "selection" and dialog.wish().look == "dark"
    assert dialog.focusWidget() is dialog.part.buttons["selection"]
    dialog.part.buttons["all"].click()
    dialog.look.buttons["light"].click()
    dialog.kind.buttons["svg"].click()
    assert dialog.wish()[:3] == ("all", "light", "svg") and not dialog.scale.isEnabled()


def test_a_wrong_scale_is_said_and_nothing_is_copied(dialog: PictureDialog) -> None:
    QGuiApplication.clipboard().setText("kept")
    dialog.scale.setText("0")
    dialog.copy.click()
    assert dialog.says.isVisible() and "0.1" in dialog.says.text()
    assert QGuiApplication.clipboard().text() == "kept" and dialog.isVisible()
    dialog.scale.setText("1.5")
    dialog.copy.click()
    assert QGuiApplication.clipboard().mimeData().hasImage() and not dialog.isVisible()


def test_a_picture_is_saved(dialog: PictureDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "net.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog.kind.buttons["pdf"].click()
    dialog.save.click()
    assert path.read_bytes().startswith(b"%PDF") and not dialog.isVisible()


def test_the_source_is_copied(design: MainWindow) -> None:
    design.document.select([])
    design.commands["copy_code"].trigger()
    assert QGuiApplication.clipboard().text() == design.design.code.source()
    design.document.select(["conv1", "relu1"])
    design.commands["copy_code"].trigger()
    assert "class Selection" in QGuiApplication.clipboard().text()
