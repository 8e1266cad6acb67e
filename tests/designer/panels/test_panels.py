"""The building blocks that workspaces share."""

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton

from designer.panels.bars import Bar, Bars
from designer.panels.job_bar import JobBar
from designer.panels.notice import Notice
from designer.panels.sample_grid import PICTURE, SampleGrid, picture
from designer.panels.words import metric_words, metrics_words, part_words
from designer.theme import theme
from designer.workers import Workers
from engine.messages import Look, Sample, Train
from engine.text import speak

STAND_IN = [sys.executable, str(Path(__file__).parents[1] / "workers" / "stand_in.py")]


def test_a_notice_shows_words_as_they_are_and_its_button_acts(qtbot):
    notice, done = Notice(), []
    qtbot.addWidget(notice)
    assert notice.words == ""
    notice.say("problem", "<b>no</b> markup", ("Mend", lambda: done.append(1)))
    assert notice.words == "<b>no</b> markup"
    notice.buttons[0].click()
    assert done == [1]
    notice.say("good", "well")
    assert notice.buttons == []
    notice.clear()
    assert notice.isHidden()


def test_a_short_job_shows_no_bar(qtbot):
    workers, bar = Workers(command=STAND_IN), JobBar()
    qtbot.addWidget(bar)
    job = workers.start(Look(data="x", folder=""))
    with qtbot.waitSignal(job.ended, timeout=10_000):
        bar.follow(job, "Looking…")
        bar.shown_after.setInterval(10_000)
        bar.shown_after.start()
    assert bar.isHidden()
    assert not bar.shown_after.isActive()
    workers.close()


def test_a_longer_job_shows_that_it_works_and_can_be_ended(qtbot):
    workers, bar = Workers(command=STAND_IN), JobBar()
    qtbot.addWidget(bar)
    job = workers.start(Train(project="", runs="/runs", name="endless"))
    bar.follow(job, "Training…")
    qtbot.waitUntil(bar.isVisible, timeout=5000)
    assert bar.progress.maximum() == 0
    with qtbot.waitSignal(job.ended, timeout=10_000):
        bar.findChild(QPushButton).click()
    assert bar.isHidden()
    workers.close()


def painted(widget):
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_bars_are_painted_in_the_themes_colour(qtbot):
    bars = Bars()
    qtbot.addWidget(bars)
    bars.show_bars((Bar("cat", 0.5, "5", strong=True), Bar("dog", 0.0, "0")))
    bars.resize(300, bars.sizeHint().height())
    for name in ("light", "dark"):
        theme.choose(name)
        assert theme.tokens.accent in painted(bars)
    assert bars.accessibleDescription() == "cat: 5; dog: 0"


def test_a_class_without_samples_has_no_bar(qtbot):
    bars = Bars()
    qtbot.addWidget(bars)
    bars.show_bars((Bar("dog", 0.0, "0", strong=True),))
    bars.resize(300, bars.sizeHint().height())
    assert theme.tokens.accent not in painted(bars)


def write_image(path, width, height):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFF00FF)
    image.save(str(path))
    return str(path)


@pytest.mark.parametrize("size", [(8, 8), (3000, 2000)])
def test_pictures_of_any_size_fit_their_place(tmp_path, size):
    shown = picture(write_image(tmp_path / "a.png", *size))
    assert max(shown.width(), shown.height()) == PICTURE


def test_a_picture_that_cannot_be_read_leaves_its_place_empty(tmp_path, qtbot):
    grid = SampleGrid()
    qtbot.addWidget(grid)
    grid.show_samples((Sample(str(tmp_path / "gone.png"), "cat", 0),))
    assert grid.item(0).text() == "cat"


def test_a_picked_sample_is_told_and_other_samples_tell_nothing(tmp_path, qtbot):
    grid, told = SampleGrid(), []
    qtbot.addWidget(grid)
    grid.picked.connect(told.append)
    sample = Sample(write_image(tmp_path / "a.png", 8, 8), "cat", 7)
    grid.show_samples((sample,))
    assert told == []
    grid.setCurrentRow(0)
    assert told == [sample]
    grid.show_none_picked()
    grid.setCurrentRow(0)
    assert told == [sample, sample]


def test_metrics_and_parts_have_words_that_can_be_translated():
    assert metric_words("top_k") == "top-k accuracy"
    assert metric_words("digit.f1") == "digit: F1"
    assert metrics_words({"loss": 0.25, "accuracy": 1.0}) == "loss 0.25, accuracy 1"
    speak(str.upper)
    try:
        assert part_words("test") == "TEST"
        assert metric_words("loss") == "LOSS"
    finally:
        speak("en")
