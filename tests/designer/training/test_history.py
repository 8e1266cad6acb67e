"""Curves from events and from a run's folder, and their running mean."""

import math

import pytest

from designer.training.history import History, read_history, smoothed
from engine.messages import Epoch, Step
from engine.train.curves import CurveWriter


def step(number, loss, epoch=1):
    return Step(step=number, epoch=epoch, metrics={"loss": loss}, samples_per_second=1.0, seconds_left=1.0)


def epoch(number, at, loss, best=False):
    return Epoch(epoch=number, step=at, training={"loss": 9.0}, validation={"loss": loss, "accuracy": 0.5}, best=best)


EVENTS = [step(1, 2.0), step(2, 1.5), epoch(1, 2, 1.4, best=True), step(3, 1.2, 2), step(4, 1.0, 2), epoch(2, 4, 1.5)]


def history_of(events):
    history = History()
    for event in events:
        history.add(event)
    return history


def test_training_grows_with_steps_and_validation_with_epochs():
    history = history_of(EVENTS)
    assert history.training["loss"].values == [2.0, 1.5, 1.2, 1.0]
    assert history.validation["loss"] == ([2, 4], [1.4, 1.5])
    assert history.best_step == 2


def test_the_loss_comes_first():
    assert history_of(EVENTS).names() == ["loss", "accuracy"]


def test_a_run_read_back_has_the_curves_it_had(tmp_path):
    writer = CurveWriter(tmp_path)
    writer.write(EVENTS)
    writer.close()
    read, lived = read_history(tmp_path), history_of(EVENTS)
    assert read.training["loss"] == lived.training["loss"]
    assert read.validation == lived.validation
    assert read.best_step == lived.best_step


def test_without_smoothing_nothing_changes():
    assert smoothed([1.0, 5.0], 0) == [1.0, 5.0]


def test_a_constant_stays_constant_from_the_first_value():
    assert smoothed([3.0] * 5, 0.9) == pytest.approx([3.0] * 5)


def test_smoothing_makes_jumps_smaller():
    values = smoothed([0.0, 10.0] * 20, 0.9)
    assert max(values[10:]) - min(values[10:]) < 2


def test_a_value_that_is_not_finite_leaves_a_gap_and_does_not_spread():
    values = smoothed([1.0, math.nan, 1.0], 0.5)
    assert math.isnan(values[1])
    assert values[2] == pytest.approx(1.0)
