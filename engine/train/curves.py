"""A run's metrics in SQLite: written in batches while it trains, read by anybody at any time. No torch."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import msgspec

from engine.messages import Epoch, Step
from engine.text import Failure, text
from engine.train.runs import METRICS

TABLES = """
CREATE TABLE IF NOT EXISTS steps (step INTEGER, epoch INTEGER, name TEXT, value REAL, PRIMARY KEY (step, name))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS epochs (epoch INTEGER, step INTEGER, part TEXT, name TEXT, value REAL, best INTEGER,
  PRIMARY KEY (epoch, part, name)) WITHOUT ROWID;
"""


class Curve(msgspec.Struct, frozen=True):
    """A metric over the run: the steps at which it was taken, and its values there."""

    steps: tuple[int, ...]
    values: tuple[float, ...]


class Curves(msgspec.Struct, frozen=True):
    """A run's curves by metric: `steps` along the way in training; `training` and `validation` at the epochs' ends."""

    steps: dict[str, Curve] = {}
    training: dict[str, Curve] = {}
    validation: dict[str, Curve] = {}
    best_epochs: tuple[int, ...] = ()


class CurveWriter:
    """Appends events to a run's database. Made, used and closed in one thread."""

    def __init__(self, folder: Path, after: int = -1) -> None:
        """`after`: forget what lies behind this step, for a run that goes on from there."""
        self._database = sqlite3.connect(folder / METRICS, isolation_level=None, timeout=10)
        try:
            self._prepare(after)
        except sqlite3.Error:
            self._database.close()
            raise

    def _prepare(self, after: int) -> None:
        _choose_journal(self._database)
        self._database.executescript(TABLES)
        if after >= 0:
            self._database.execute("DELETE FROM steps WHERE step > ?", (after,))
            self._database.execute("DELETE FROM epochs WHERE step > ?", (after,))

    def write(self, events: Iterable[Step | Epoch]) -> None:
        """Writes a batch in one transaction. Raises sqlite3.Error, and then none of it is written."""
        steps, epochs = [], []
        for event in events:
            if isinstance(event, Step):
                steps += [(event.step, event.epoch, name, value) for name, value in event.metrics.items()]
            else:
                parts = {"training": event.training, "validation": event.validation}
                epochs += [
                    (event.epoch, event.step, part, name, value, event.best)
                    for part, metrics in parts.items()
                    for name, value in metrics.items()
                ]
        with self._database:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?)", steps)
            self._database.executemany("INSERT OR REPLACE INTO epochs VALUES (?, ?, ?, ?, ?, ?)", epochs)

    def close(self) -> None:
        """Brings everything out of the write-ahead log into the one file."""
        with closing(self._database):
            if self._database.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
                self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                _try_journal(self._database, "DELETE")  # refused while a reader is in; the log is empty all the same


def read_curves(folder: Path) -> Curves:
    """The curves of a run, also of one that is being trained. Raises Failure where they cannot be read."""
    path = folder / METRICS
    if not path.is_file():
        return Curves()
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2)) as database:
            return _read(database)
    except sqlite3.Error as error:
        raise Failure(text("{path} cannot be read: {reason}.", path=str(path), reason=str(error))) from error


def _read(database: sqlite3.Connection) -> Curves:
    steps = database.execute("SELECT name, step, value FROM steps ORDER BY step").fetchall()
    epochs = database.execute("SELECT part, name, step, value FROM epochs ORDER BY epoch").fetchall()
    best = database.execute("SELECT DISTINCT epoch FROM epochs WHERE best ORDER BY epoch").fetchall()
    return Curves(
        steps=_curves(steps),
        training=_curves(row[1:] for row in epochs if row[0] == "training"),
        validation=_curves(row[1:] for row in epochs if row[0] == "validation"),
        best_epochs=tuple(row[0] for row in best),
    )


def _curves(rows: Iterable[tuple[str, int, float]]) -> dict[str, Curve]:
    gathered: dict[str, tuple[list[int], list[float]]] = {}
    for name, step, value in rows:
        steps, values = gathered.setdefault(name, ([], []))
        steps.append(step)
        values.append(float("nan") if value is None else value)
    return {name: Curve(tuple(steps), tuple(values)) for name, (steps, values) in gathered.items()}


def _choose_journal(database: sqlite3.Connection) -> None:
    """A write-ahead log, which lets readers in; a rollback journal where that does not work (network drives)."""
    if _try_journal(database, "WAL"):
        database.execute("PRAGMA synchronous=NORMAL")
    else:
        _try_journal(database, "DELETE")


def _try_journal(database: sqlite3.Connection, mode: str) -> bool:
    try:
        answer = database.execute(f"PRAGMA journal_mode={mode}").fetchone()
        database.execute("BEGIN IMMEDIATE")  # a file system without shared memory says so only here
        database.execute("COMMIT")
    except sqlite3.OperationalError:
        return False
    return bool(answer[0] == mode.lower())
