"""The data workspace with a real worker: choosing, looking, what is offered, what goes wrong."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton

from designer.data.workspace import DataWorkspace
from designer.document import Document
from designer.workers import Workers
from engine.check.report import Column
from engine.project.project import Data, Project

STAND_IN = [sys.executable, str(Path(__file__).parents[1] / "workers" / "stand_in.py")]


@pytest.fixture
def workspace(document, workers, qtbot):
    workspace = DataWorkspace(document, workers)
    qtbot.addWidget(workspace)
    return workspace


@pytest.fixture
def empty(workers, qtbot):
    workspace = DataWorkspace(Document(), workers)
    qtbot.addWidget(workspace)
    return workspace


def looked(workspace, qtbot):
    qtbot.waitUntil(lambda: workspace.running is None, timeout=60_000)


def offered(workspace):
    return [workspace.offers.itemAt(i).widget() for i in range(workspace.offers.count() - 1)]


def test_without_data_it_says_what_to_do(empty):
    empty.show()
    assert empty.empty.isVisible()


def test_digits_show_their_parts_classes_and_samples(empty, qtbot):
    empty.choose("sample:digits")
    looked(empty, qtbot)
    training, test = empty.summary.parts
    assert training.count.text() == "1,438 samples"
    assert test.count.text() == "359 samples"
    assert len(training.bars.bars) == 10
    assert sum(int(bar.words) for bar in training.bars.bars) == 1438
    assert empty.summary.samples.count() == 60
    assert not empty.summary.samples.item(0).icon().isNull()
    assert {sample.label for sample in empty.summary.samples.samples} == set("0123456789")


def test_what_was_looked_at_becomes_the_projects_data_and_can_be_undone(empty, qtbot):
    document = empty._document
    empty.choose("sample:digits")
    looked(empty, qtbot)
    assert document.project.data.source == "sample:digits"
    assert document.project.data.columns[0].shape == (1, 8, 8)
    document.undo_stack.undo()
    assert document.project == Project()
    assert empty.pages.currentIndex() == 0


def test_a_folder_that_is_not_there_is_told_in_place_and_changes_nothing(workspace, qtbot):
    before = workspace._document.project
    workspace.choose("images:/nowhere/pictures")
    looked(workspace, qtbot)
    assert "/nowhere/pictures" in workspace.notice.words
    assert workspace._document.project == before


def test_a_corrupt_file_is_named(empty, qtbot, tmp_path):
    file = tmp_path / "faces.zip"
    file.write_bytes(b"PK no zip at all")
    empty.take_path(file)
    looked(empty, qtbot)
    assert "faces.zip" in empty.notice.words
    assert empty._document.project.data == Data()


def test_a_file_that_is_no_data_is_refused_at_once(empty, tmp_path):
    empty.take_path(tmp_path / "letter.docx")
    assert "letter.docx" in empty.notice.words
    assert empty.running is None


def test_a_dropped_folder_is_looked_into(empty, qtbot, tmp_path):
    (tmp_path / "cats").mkdir()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    empty.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, Qt.KeyboardModifier.NoModifier))
    looked(empty, qtbot)
    assert tmp_path.name in empty.notice.words


@pytest.mark.parametrize(("name", "taken"), [("net.loom", False), ("faces.zip", True)])
def test_a_dropped_project_is_left_to_the_window(empty, tmp_path, name, taken):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(QPoint(5, 5), copy, mime, left, Qt.KeyboardModifier.NoModifier)
    event.setAccepted(False)
    empty.dragEnterEvent(event)
    assert event.isAccepted() is taken


def test_a_path_that_a_project_names_is_not_touched_until_asked(workers, qtbot, tmp_path):
    document = Document()
    document.start(Project(data=Data(f"images:{tmp_path}", (Column("image", (3, 4, 5), "float32"),))))
    workspace = DataWorkspace(document, workers)
    qtbot.addWidget(workspace)
    workspace.show()
    assert workers.jobs == []
    assert "3×4×5" in workspace.summary.columns.text()
    assert [button.text() for button in offered(workspace)] == ["Look at the data"]


def test_an_offer_brings_the_network_in_line_in_one_step(workspace, qtbot):
    document = workspace._document
    document.set_data(Data("sample:digits", (Column("image", (1, 20, 30), "float32"),)))
    before = document.project
    button = next(button for button in offered(workspace) if "1×20×30" in button.text())
    button.click()
    assert any(getattr(node.layer, "shape", None) == (1, 20, 30) for node in document.graph.nodes.values())
    document.undo_stack.undo()
    assert document.project == before


def test_a_download_shows_how_far_it_is_and_goes_on_later(qtbot):
    workers = Workers(command=STAND_IN)
    workspace = DataWorkspace(Document(), workers)
    qtbot.addWidget(workspace)
    workspace.show()
    card = next(card for card in workspace.chooser.samples if card.sample.source == "sample:mnist")
    card.download.click()
    qtbot.waitUntil(lambda: workspace.bar.isVisible() and workspace.bar.progress.value() == 250, timeout=10_000)
    assert not card.download.isEnabled()
    workspace.bar.findChild(QPushButton).click()
    qtbot.waitUntil(lambda: "goes on from there" in workspace.notice.words, timeout=10_000)
    assert card.download.isEnabled()
    workers.close()


def test_another_choice_takes_the_place_of_the_one_that_runs(empty, qtbot):
    empty.choose("images:/nowhere/pictures")
    empty.choose("sample:digits")
    looked(empty, qtbot)
    assert empty.notice.words == ""
    assert empty._document.project.data.source == "sample:digits"
