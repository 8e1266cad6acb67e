"""The search for garbage stays in the window's thread, whoever makes it, and looks through little."""

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from designer.garbage import Collector, undisturbed


@pytest.fixture
def collector(qapp: object) -> Iterator[Collector]:
    parent = QObject()
    yield Collector(parent)
    shiboken6.delete(parent)
    gc.enable()


def test_a_widget_in_a_cycle_goes_in_the_window_s_thread(qtbot: QtBot, collector: Collector) -> None:
    ends: list[threading.Thread] = []
    knot = QObject()
    knot.itself = knot  # type: ignore[attr-defined]
    weakref.finalize(knot, lambda: ends.append(threading.current_thread()))
    del knot
    enough = threading.Event()
    busy = threading.Thread(target=_make_much, args=(enough,))
    busy.start()
    try:
        qtbot.waitUntil(lambda: bool(ends))
    finally:
        enough.set()
        busy.join()
    assert ends == [threading.main_thread()]


def _make_much(enough: threading.Event) -> None:
    """More new objects, again and again, than Python's own search waits for."""
    while not enough.is_set():
        assert [[] for _ in range(10 * gc.get_threshold()[0])]


def test_nothing_is_searched_for_while_a_large_file_is_opened(collector: Collector) -> None:
    with undisturbed():
        kept: list[object] = [[] for _ in range(2 * gc.get_threshold()[0])]
        collector.look()
        assert gc.get_count()[0] >= len(kept)
    collector.look()
    assert gc.get_count()[0] < len(kept)
    assert not gc.isenabled()


BEGINNING = """
import gc, weakref
from PySide6.QtCore import QCoreApplication
from designer import garbage
application = QCoreApplication([])
collector = garbage.Collector(application)
class Knot: pass
def knot():
    made = Knot()
    made.itself = made
    return weakref.ref(made)
def due(generation):
    garbage.gc.get_count = lambda: [(0, 11, 0), (0, 0, 11)][generation - 1]
"""


def alone(code: str) -> None:
    """Runs it in a process of its own: a search through everything takes long where many tests ran before."""
    done = subprocess.run([sys.executable, "-c", BEGINNING + code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_outlives_a_search_through_everything_is_set_aside() -> None:
    alone(
        "lost = knot()\n"
        "due(2)\n"
        "collector.look()\n"
        "assert lost() is None\n"
        "assert gc.get_freeze_count() > 10_000\n"
        "assert len(gc.get_objects()) < 1_000\n"
    )


def test_what_was_set_aside_is_looked_through_after_some_searches() -> None:
    alone(
        "lost = knot()\n"
        "gc.freeze()\n"
        "due(2)\n"
        "for _ in range(garbage.WHOLES - 1): collector.look()\n"
        "assert lost() is not None\n"
        "collector.look()\n"
        "assert lost() is None\n"
    )


def test_what_was_set_aside_waits_where_it_is_too_much() -> None:
    alone(
        "lost, kept = knot(), [[] for _ in range(300_000)]\n"
        "gc.freeze()\n"
        "due(2)\n"
        "for _ in range(garbage.WHOLES + 1): collector.look()\n"
        "assert lost() is not None\n"
        "kept.clear()\n"
        "collector.look()\n"
        "assert lost() is None\n"
    )


def test_what_comes_with_a_project_is_set_aside_unsearched() -> None:
    alone(
        "gc.collect()\n"
        "kept = [[] for _ in range(garbage.MANY + 1_000)]\n"
        "collector.look()\n"
        "assert gc.get_freeze_count() > garbage.MANY\n"
    )


def test_what_many_take_the_place_of_does_not_have_them_searched() -> None:
    """A project goes when another has come: what was made and is there still seems little then."""
    alone(
        "before = [[] for _ in range(300_000)]\n"
        "gc.collect()\n"
        "with garbage.undisturbed():\n"
        "    kept = [[] for _ in range(garbage.MANY + 1_000)]\n"
        "before.clear()\n"
        "assert gc.get_freeze_count() > garbage.MANY and len(gc.get_objects()) < 1_000\n"
    )


def test_young_garbage_is_found_without_the_old() -> None:
    alone("lost = knot()\ndue(1)\ncollector.look()\nassert lost() is None\nassert gc.get_freeze_count() == 0\n")
