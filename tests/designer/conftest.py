"""What the window's tests share: a user's folders of their own, a document, real worker processes that end."""

import gc
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from designer.document import Document
from designer.training.home import home_of
from designer.workers import Workers, worker_command
from engine.messages import Done, Failed, Train, frame, read_event
from engine.project.file import dumps
from engine.project.settings import with_settings
from engine.project.starters import make_starter


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders for data and settings are empty ones."""
    folder = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)  # looked up again, also when the test is over
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    return folder


@pytest.fixture
def nothing_leaks(qtbot: object) -> Iterator[None]:
    """After the test, no widget or running timer is left that was not there before.

    What was there before is frozen for good: to look through all of a long session after each test takes seconds, and
    what earlier tests left of Qt is not torn down at any odd moment of a later one.
    """
    gc.freeze()
    before = {id(thing) for thing in _alive()}
    yield
    for _ in range(3):
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    left = [thing for thing in _alive() if id(thing) not in before]
    assert not left, f"left behind: {left}"


def _alive() -> list[QObject]:
    """The windows there are, and the timers that run and are not frozen."""
    found = [thing for thing in gc.get_objects() if issubclass(type(thing), QTimer)]  # isinstance runs foreign code
    timers = [timer for timer in found if isValid(timer) and timer.isActive()]
    widgets = QApplication.topLevelWidgets()
    return [*(widget for widget in widgets if not _of_a_plot(widget)), *timers]


def _of_a_plot(widget: QWidget) -> bool:
    """A menu that belongs to no window: pyqtgraph makes some for each plot and lets them go late."""
    while isinstance(widget.parent(), QMenu):
        widget = widget.parentWidget()
    return type(widget) is QMenu and widget.parent() is None


@pytest.fixture
def workers(qtbot: object) -> Iterator[Workers]:
    workers = Workers()
    yield workers
    workers.close()


@pytest.fixture
def document(qtbot: object) -> Document:
    """A document with the small network on the bundled digits."""
    document = Document()
    document.start(make_starter("mlp"))
    return document


@pytest.fixture(scope="session")
def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of three epochs on the bundled digits, trained in a worker."""
    project = make_starter("mlp")
    project = replace(project, recipe=with_settings(project.recipe, {"epochs": "3"}))
    runs = tmp_path_factory.mktemp("trained")
    with subprocess.Popen(worker_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin and worker.stdout
        worker.stdin.write(frame(Train(project=dumps(project), runs=str(runs))))
        worker.stdin.flush()
        ends = (event for event in map(read_event, worker.stdout) if isinstance(event, Done | Failed))
        end = next(ends)
        worker.stdin.close()
        worker.wait(30)
    assert isinstance(end, Done)
    return Path(end.run)


@pytest.fixture
def run(trained_once: Path, document: Document) -> Path:
    """A run of the document, with a folder of its own."""
    folder = home_of(document).folder / trained_once.name
    shutil.copytree(trained_once, folder)
    return folder
