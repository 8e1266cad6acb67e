"""The try workspace with a real worker, a real run and ONNX Runtime."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from designer.trying.workspace import TryWorkspace

pytestmark = pytest.mark.trains


@pytest.fixture
def workspace(run, document, workers, qtbot):
    workspace = TryWorkspace(document, workers)
    qtbot.addWidget(workspace)
    workspace.resize(1200, 700)
    workspace.show()
    qtbot.waitUntil(lambda: workspace.grid.count() > 0, timeout=60_000)
    return workspace


def answered(workspace, qtbot):
    qtbot.waitUntil(lambda: bool(workspace.answer.bars) or workspace.notice.words.endswith("."), timeout=120_000)
    qtbot.waitUntil(lambda: bool(workspace.answer.bars), timeout=120_000)


def test_samples_are_shown_page_by_page(workspace, qtbot):
    assert workspace.range.text() == "1–48 of 144"
    assert not workspace.earlier.isEnabled()
    workspace.later.click()
    qtbot.waitUntil(lambda: workspace.range.text() == "49–96 of 144", timeout=60_000)
    assert workspace.earlier.isEnabled()


def test_a_picked_sample_gets_its_probabilities_from_the_exported_model(workspace, run, qtbot):
    assert not (run / "model.onnx").exists()
    workspace.grid.setCurrentRow(0)
    answered(workspace, qtbot)
    assert (run / "model.onnx").is_file()
    bars = workspace.answer.bars[0].bars
    assert [bar.name for bar in bars] == list("0123456789")
    assert sum(bar.share for bar in bars) == pytest.approx(1, abs=1e-3)
    assert workspace.grid.samples[0].label in workspace.answer.truth.text()
    assert workspace.answer.time.text().endswith("ms")


def test_most_samples_are_recognised(workspace, qtbot):
    workspace.grid.setCurrentRow(0)
    answered(workspace, qtbot)
    right = 0
    for row in range(1, 11):
        label = workspace.grid.samples[row].label
        workspace.grid.setCurrentRow(row)
        qtbot.waitUntil(lambda label=label: workspace.answer.truth.text().endswith(f" {label}."), timeout=30_000)
        qtbot.waitUntil(lambda: workspace.model.idle, timeout=30_000)
        right += workspace.answer.truth.text().startswith("Right")
    assert right >= 6


def test_a_drawing_is_asked_for_while_it_is_drawn(workspace, qtbot):
    pad = workspace.pad
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(140, 60))
    for y in range(60, 220, 8):
        qtbot.mouseMove(pad, QPoint(140, y))
    answered(workspace, qtbot)
    assert not pad.blank
    assert workspace.answer.truth.text() == ""
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(140, 220))
    workspace.clear.click()
    assert pad.blank
    assert workspace.answer.bars == []


def test_an_image_that_cannot_be_read_is_told_in_place(workspace, qtbot, tmp_path):
    file = tmp_path / "broken.png"
    file.write_bytes(b"no image")
    workspace.ask(file)
    qtbot.waitUntil(lambda: "broken.png" in workspace.notice.words, timeout=120_000)


def test_an_image_of_any_size_is_treated_as_in_training(workspace, qtbot, tmp_path):
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGray)
    image.save(str(tmp_path / "grey.png"))
    workspace.ask(tmp_path / "grey.png")
    answered(workspace, qtbot)
    assert len(workspace.answer.bars[0].bars) == 10
