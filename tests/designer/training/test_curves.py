"""The plots: what they draw, the crosshair, and that a flood of events is drawn a few times only."""

import math

import pytest

from designer.theme import theme
from designer.training.curves import Curves
from designer.training.history import History
from engine.messages import Epoch, Step


def step(number, loss):
    metrics = {"loss": loss, "accuracy": 1 - loss / 10}
    return Step(step=number, epoch=1, metrics=metrics, samples_per_second=1.0, seconds_left=1.0)


@pytest.fixture
def curves(qtbot):
    curves = Curves()
    qtbot.addWidget(curves)
    history = History()
    for number, loss in enumerate([4.0, 2.0, 1.0, 0.0], 1):
        history.add(step(number * 10, loss))
    history.add(Epoch(epoch=1, step=40, training={}, validation={"loss": 3.0}, best=True))
    curves.resize(600, 400)
    curves.show()
    curves.show_history(history)
    return curves


def test_each_metric_has_a_plot_and_the_loss_is_first(curves):
    assert list(curves.plots) == ["loss", "accuracy"]


def test_training_is_solid_and_validation_dashed_in_the_themes_colours(curves):
    plot = curves.plots["loss"].plot
    for name in ("light", "dark"):
        theme.choose(name)
        assert plot.training_line.opts["pen"].color().name() == theme.tokens.training
        assert plot.validation_line.opts["pen"].color().name() == theme.tokens.validation
    assert plot.training_line.opts["pen"].style() != plot.validation_line.opts["pen"].style()


def test_the_crosshair_shows_the_values_at_its_step_in_every_plot(curves):
    curves.plots["loss"].plot.pointed.emit(19.0)
    assert curves.plots["loss"].values.text() == "step 19   training 2   validation 3"
    assert curves.plots["accuracy"].values.text() == "step 19   training 0.8"


def test_without_the_mouse_the_last_values_are_shown(curves):
    curves.plots["loss"].plot.pointed.emit(19.0)
    curves.plots["loss"].plot.pointed.emit(None)
    assert curves.plots["loss"].values.text() == "training 0   validation 3"


def test_on_a_log_scale_what_is_not_above_zero_has_no_place(curves):
    curves.log.click()
    drawn = curves.plots["loss"].plot.training_line.getOriginalDataset()[1]
    assert math.isnan(drawn[-1])
    assert drawn[0] == 4.0


def test_smoothing_draws_the_running_mean_before_the_curve_itself(curves):
    curves.smoothing.setValue(90)
    plot = curves.plots["loss"].plot
    drawn = plot.training_line.getOriginalDataset()[1]
    assert drawn[-1] > 1
    assert list(plot.faint_line.getOriginalDataset()[1]) == [4.0, 2.0, 1.0, 0.0]


def test_show_all_undoes_zooming(curves, qtbot):
    box = curves.plots["loss"].plot.getViewBox()
    box.setRange(xRange=(15, 16), padding=0)
    curves.reset.click()
    qtbot.waitUntil(lambda: box.viewRange()[0][1] >= 40, timeout=2000)


def test_a_flood_of_events_is_drawn_a_few_times_a_second(curves, qtbot, monkeypatch):
    drawn = []
    monkeypatch.setattr(curves.plots["loss"].plot, "show_points", lambda *_: drawn.append(1))
    for _ in range(500):
        curves.refresh()
    qtbot.waitUntil(lambda: bool(drawn), timeout=2000)
    assert len(drawn) == 1


def test_hidden_curves_are_not_drawn(curves, monkeypatch):
    drawn = []
    monkeypatch.setattr(curves.plots["loss"].plot, "show_points", lambda *_: drawn.append(1))
    curves.hide()
    curves._draw()
    assert not drawn
    curves.show()
    assert drawn
