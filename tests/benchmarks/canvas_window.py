"""What the benchmarks of the canvas share: large networks, the real window with one of them, timed calls, rows."""

import ctypes
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.window.app import make_application, make_window
from designer.window.main_window import MainWindow
from engine.graph import Graph, Node, Outlet, Place
from engine.layers import Layer, make_layer
from engine.project.project import Data, Project
from tests.benchmarks.recheck import DATA, residual_network

SIZE = (1440, 900)
COLUMN, ROW = 240, 96
BLOCK = 8  # nodes of a residual block


class Row(NamedTuple):
    """A measurement, and the most (or, of a ratio, the least) it may be; without a limit it is told, not judged."""

    what: str
    found: float
    unit: str = "ms"
    limit: float | None = None
    least: bool = False

    @property
    def missed(self) -> bool:
        if self.limit is None:
            return False
        return self.found < self.limit if self.least else self.found > self.limit

    def cells(self) -> list[str]:
        """The row as a table shows it."""
        verdict = "" if self.limit is None else "**missed**" if self.missed else "held"
        limit = "" if self.limit is None else f"{'≥' if self.least else '≤'} {self.limit:g} {self.unit}".strip()
        return [self.what, f"{self.found:.4g} {self.unit}".strip(), limit, verdict]


def hand_over(rows: list[Row]) -> None:
    """Gives rows from a child process to the one that asked for them."""
    print(msgspec.json.encode(rows).decode(), flush=True)


def network(nodes: int) -> Graph[Layer]:
    """A residual network in columns, about as wide as high when seen whole."""
    net = residual_network((nodes - 8) // BLOCK, nodes)
    rows = max(round((len(net.nodes) * COLUMN / ROW * SIZE[1] / SIZE[0]) ** 0.5), 1)
    rows -= rows % BLOCK
    places = {name: Place(n // rows * COLUMN, n % rows * ROW) for n, name in enumerate(net.nodes)}
    return Graph(net.nodes, places)


def chain(nodes: int) -> Graph[Layer]:
    """Convolutions and activations, one below the other."""
    made: dict[str, Node[Layer]] = {"x": Node(make_layer("input", {"shape": [3, 64, 64]}))}
    last = "x"
    for number in range((nodes - 2) // 2):
        conv = make_layer("conv2d", {"out_channels": 16, "padding": "same"})
        made[f"conv{number}"] = Node(conv, {"image": (Outlet(last, "output"),)})
        last = f"relu{number}"
        made[last] = Node(make_layer("relu", {}), {"value": (Outlet(f"conv{number}", "output"),)})
    made["y"] = Node(make_layer("output", {"loss": "mse", "metrics": []}), {"value": (Outlet(last, "output"),)})
    return Graph(made, {name: Place(0, n * ROW) for n, name in enumerate(made)})


def project(graph: Graph[Layer]) -> Project:
    return Project(data=Data(columns=DATA)).with_graph(graph)


def application() -> QApplication:
    """The application, with settings that are nobody's."""
    folder = tempfile.mkdtemp(prefix="tensorloom-benchmark-")
    os.environ.update(XDG_CONFIG_HOME=folder, XDG_DATA_HOME=folder, XDG_CACHE_HOME=folder)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    return make_application()


def window(path: Path | None = None) -> MainWindow:
    """The real window in its workspace for drawing. No worker is warmed up: it would be measured along."""
    made = make_window(None)
    made.painted.disconnect(made.workers.warm)
    made.resize(*SIZE)
    made.spaces.show_space("design")
    made.show()
    QTest.qWaitForWindowExposed(made)
    settle()
    if path:
        made.files.open(path)
    return made


def settle(rounds: int = 5) -> None:
    """Everything that is due is done."""
    for _ in range(rounds):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        time.sleep(0.01)
    gc.collect()


def timed(call: Callable[[int], object], rounds: int, before: int = 5) -> list[float]:
    """Milliseconds of each of many calls, after a few that do not count."""
    times = []
    for number in range(before + rounds):
        start = time.perf_counter()
        call(number)
        times.append((time.perf_counter() - start) * 1e3)
    return times[before:]


def median(times: list[float]) -> float:
    return statistics.median(times)


def almost_longest(times: list[float]) -> float:
    """What 99 of 100 stay under."""
    return sorted(times)[max(len(times) * 99 // 100 - 1, 0)]


def memory() -> float:
    """Megabytes that the process holds now; at most held, where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def give_back() -> None:
    """Has the allocator give the system what it keeps for later, so that memory is what is held."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


class _Heap(ctypes.Structure):
    """What glibc tells of its heap, by the names of mallinfo(3)."""

    _fields_ = [(name, ctypes.c_size_t) for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd")] + [
        (name, ctypes.c_size_t) for name in ("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")
    ]


def in_use() -> float | None:
    """Megabytes of the C heap that are in use, whatever pages they are scattered over; None where nobody says."""
    if sys.platform != "linux" or not hasattr(libc := ctypes.CDLL(None), "mallinfo2"):
        return None
    libc.mallinfo2.restype = _Heap
    found = libc.mallinfo2()
    return float(found.uordblks + found.hblkhd) / 2**20


def platform() -> str:
    return "offscreen" if os.environ.get("QT_QPA_PLATFORM") == "offscreen" else "screen"


def leave(made: MainWindow) -> None:
    """Closes the window without a question."""
    made.may_close = lambda: True
    made.close()
    settle()
