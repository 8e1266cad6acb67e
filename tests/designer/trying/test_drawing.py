"""The drawing pad, how data sets draw their figures, and what an answer looks like."""

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from designer.document import Document
from designer.trying.answer import AnswerView, bars_of
from designer.trying.drawing_pad import SIDE, DrawingPad
from designer.trying.habit import MNIST, Habit, extent, habit_of
from designer.trying.workspace import TryWorkspace
from engine.messages import Answer, Predicted, Sample


@pytest.fixture
def pad(qtbot):
    pad = DrawingPad()
    qtbot.addWidget(pad)
    pad.show()
    return pad


def draw(pad, qtbot, *points):
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[0]))
    for point in points[1:]:
        qtbot.mouseMove(pad, QPoint(*point))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


def square(tmp_path, name, side, ground, figure):
    """An image of 20×20 with a square in its upper left."""
    image = QImage(20, 20, QImage.Format.Format_Grayscale8)
    image.fill(QColor(ground, ground, ground))
    painter = QPainter(image)
    painter.fillRect(2, 2, side, side, QColor(figure, figure, figure))
    painter.end()
    image.save(str(tmp_path / name))
    return Sample(str(tmp_path / name), "a", 0)


def test_a_stroke_is_told_of_a_moment_later(pad, qtbot):
    with qtbot.waitSignal(pad.drawn, timeout=2000):
        draw(pad, qtbot, (20, 20), (60, 60))
    assert not pad.blank


def test_a_drawing_in_a_corner_comes_to_the_middle_as_large_as_the_datas_figures(pad, qtbot):
    draw(pad, qtbot, (20, 20), (20, 60))
    pad.habit = Habit(0.5, False)
    found = extent(pad.picture())
    assert found.height() == pytest.approx(0.5 * SIDE, abs=3)
    assert found.center().x() == pytest.approx(SIDE / 2, abs=2)
    assert found.center().y() == pytest.approx(SIDE / 2, abs=2)


def test_a_drawing_is_dark_on_light_where_the_data_is(pad, qtbot):
    draw(pad, qtbot, (20, 20), (20, 60))
    pad.habit = Habit(0.5, True)
    picture = pad.picture()
    assert picture.pixelColor(0, 0).lightness() == 255
    assert picture.pixelColor(SIDE // 2, SIDE // 2).lightness() == 0


def test_delete_clears(pad, qtbot):
    draw(pad, qtbot, (20, 20), (60, 60))
    with qtbot.waitSignal(pad.cleared, timeout=1000):
        qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.blank
    assert extent(pad.picture()) == QRectF()


@pytest.mark.parametrize(("ground", "figure", "dark"), [(0, 255, False), (255, 0, True)])
def test_the_habit_of_data_is_seen_from_its_samples(tmp_path, qtbot, ground, figure, dark):
    samples = [square(tmp_path, f"{side}.png", side, ground, figure) for side in (8, 12)]
    found = habit_of(samples)
    assert found.dark_on_light is dark
    assert found.filled == pytest.approx(0.5)


def test_without_samples_the_habit_is_that_of_mnist(tmp_path):
    assert habit_of([]) == MNIST
    assert habit_of([Sample(str(tmp_path / "gone.png"), "", 0)]) == MNIST


def test_few_classes_keep_their_order_and_the_best_stands_out():
    bars = bars_of(Answer("out", ("cat", "dog"), (0.25, 0.75)))
    assert [(bar.name, bar.words, bar.strong) for bar in bars] == [("cat", "25.0%", False), ("dog", "75.0%", True)]


def test_of_many_classes_the_likeliest_come_first():
    labels = tuple(f"c{n}" for n in range(100))
    bars = bars_of(Answer("out", labels, tuple(n / 4950 for n in range(100))))
    assert [bar.name for bar in bars[:2]] == ["c99", "c98"]
    assert len(bars) == 10


def test_plain_numbers_are_shown_as_they_are(qtbot):
    view = AnswerView()
    qtbot.addWidget(view)
    view.show_answer(Predicted(input="x", answers=(Answer("price", (), (12.5, -3.0)),), milliseconds=0.5))
    assert view.verdict.text() == "12.5, -3"
    assert [bar.words for bar in view.bars[0].bars] == ["12.5", "-3"]


def test_each_output_has_its_bars(qtbot):
    view = AnswerView()
    qtbot.addWidget(view)
    answers = (Answer("a", ("x", "y"), (0.9, 0.1)), Answer("b", ("u", "v"), (0.2, 0.8)))
    view.show_answer(Predicted(input="x", answers=answers, milliseconds=0.5), "x")
    assert [bars.accessibleName() for bars in view.bars] == ["a", "b"]
    assert view.truth.text().startswith("Right")


def test_without_runs_it_says_what_to_do(workers, qtbot):
    workspace = TryWorkspace(Document(), workers)
    qtbot.addWidget(workspace)
    workspace.show()
    assert workspace.empty.isVisible()
    assert workers.jobs == []
