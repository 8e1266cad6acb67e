"""The export workspace with a real worker and a real run."""

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from designer.export.workspace import ExportWorkspace
from designer.training.home import home_of

trains = pytest.mark.trains


@pytest.fixture
def workspace(document, workers, qtbot):
    workspace = ExportWorkspace(document, workers)
    qtbot.addWidget(workspace)
    workspace.show()
    return workspace


def export_to(workspace, path, qtbot):
    workspace.path.setText(str(path))
    workspace.start.click()
    assert not workspace.start.isEnabled()
    qtbot.waitUntil(workspace.start.isEnabled, timeout=120_000)


def test_without_runs_it_says_what_to_do(workspace):
    assert workspace.empty.isVisible()
    assert not workspace.form.isVisible()


@trains
def test_the_file_is_written_and_its_proof_shown(run, workspace, qtbot, tmp_path, monkeypatch):
    told = []
    workspace.exported.connect(told.append)
    export_to(workspace, tmp_path / "net.onnx", qtbot)
    assert workspace.notice.words == ""
    assert workspace.result.isVisible()
    shown = {name: label.text() for name, label in workspace.result.numbers.items()}
    assert float(shown["Largest difference"].split()[0]) < 1e-4
    assert shown["At batches of"] == "1, 7, 64"
    assert shown["Compared on"] == "144 validation samples"
    assert told == [tmp_path / "net.onnx"]
    assert (tmp_path / "net.onnx").stat().st_size > 1000
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    workspace.result.show_folder.click()
    assert Path(opened[0].toLocalFile()) == tmp_path


@trains
def test_a_name_without_an_ending_gets_one(run, workspace, qtbot, tmp_path):
    export_to(workspace, tmp_path / "net", qtbot)
    assert (tmp_path / "net.onnx").is_file()


@trains
def test_a_folder_that_may_not_be_written_is_told_in_place(run, workspace, qtbot, tmp_path):
    (tmp_path / "file").touch()
    export_to(workspace, tmp_path / "file" / "net.onnx", qtbot)
    assert str(tmp_path / "file") in workspace.notice.words
    assert not workspace.result.isVisible()


@trains
def test_without_a_file_name_it_asks_for_one(run, workspace, workers):
    workspace.path.setText(" ")
    workspace.start.click()
    assert workspace.notice.words != ""
    assert workers.jobs == []


@trains
def test_the_runs_panel_chooses_run_and_checkpoint(run, workspace):
    workspace.choose(run, "last")
    assert workspace.run.run.folder == run
    assert workspace.checkpoint.currentText() == "last"


@trains
def test_a_new_run_becomes_the_chosen_one(run, document, workspace, qtbot):
    run.rename(run.parent / "newer")
    home_of(document).changed.emit()
    qtbot.waitUntil(lambda: workspace.run.run.folder.name == "newer", timeout=5000)
