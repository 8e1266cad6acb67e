"""Metrics in SQLite: read while they are written, whole after, forgotten behind the step that a run goes on from."""

import sqlite3
from pathlib import Path

import pytest

from engine.messages import Epoch, Step
from engine.text import Failure
from engine.train.curves import Curve, CurveWriter, read_curves
from engine.train.runs import METRICS


def step(number: int, loss: float = 0.5, epoch: int = 1) -> Step:
    return Step(step=number, epoch=epoch, metrics={"loss": loss}, samples_per_second=1.0, seconds_left=0.0)


def epoch(number: int, at: int, loss: float, best: bool = False) -> Epoch:
    return Epoch(epoch=number, step=at, training={"loss": 1.0}, validation={"loss": loss}, best=best)


def test_curves_come_back_as_they_went_in(tmp_path: Path) -> None:
    writer = CurveWriter(tmp_path)
    writer.write([step(2, 0.5), step(4, 0.25), epoch(1, 4, 0.75, best=True)])
    writer.close()
    curves = read_curves(tmp_path)
    assert curves.steps == {"loss": Curve((2, 4), (0.5, 0.25))}
    assert curves.validation == {"loss": Curve((4,), (0.75,))}
    assert curves.training == {"loss": Curve((4,), (1.0,))}
    assert curves.best_epochs == (1,)


def test_a_reader_sees_a_run_that_is_being_written(tmp_path: Path) -> None:
    writer = CurveWriter(tmp_path)
    writer.write([step(1)])
    assert read_curves(tmp_path).steps["loss"].steps == (1,)
    writer.write([step(2)])
    assert read_curves(tmp_path).steps["loss"].steps == (1, 2)
    writer.close()


def test_a_closed_run_is_one_file_outside_the_log(tmp_path: Path) -> None:
    writer = CurveWriter(tmp_path)
    writer.write([step(1)])
    writer.close()
    assert [path.name for path in tmp_path.iterdir()] == [METRICS]
    database = sqlite3.connect(tmp_path / METRICS)
    assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    database.close()


def test_a_run_that_goes_on_forgets_what_lies_behind_its_checkpoint(tmp_path: Path) -> None:
    writer = CurveWriter(tmp_path)
    writer.write([step(1), step(2), epoch(1, 2, 0.5), step(3), epoch(2, 4, 0.4)])
    writer.close()
    CurveWriter(tmp_path, after=2).close()
    curves = read_curves(tmp_path)
    assert curves.steps["loss"].steps == (1, 2)
    assert curves.validation["loss"].steps == (2,)


def test_a_run_without_metrics_has_no_curves(tmp_path: Path) -> None:
    assert read_curves(tmp_path).steps == {}


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / METRICS).write_bytes(b"no database" * 100)
    with pytest.raises(Failure, match=r"metrics\.sqlite cannot be read"):
        read_curves(tmp_path)


def test_where_a_write_ahead_log_does_not_work_a_rollback_journal_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.train import curves

    real = curves._try_journal
    monkeypatch.setattr(curves, "_try_journal", lambda database, mode: mode != "WAL" and real(database, mode))
    writer = CurveWriter(tmp_path)
    writer.write([step(1)])
    assert not (tmp_path / f"{METRICS}-wal").exists()
    assert read_curves(tmp_path).steps["loss"].steps == (1,)
    writer.close()
