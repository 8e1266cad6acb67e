"""From the start of the process to a window that can be used: under half of what `import torch` takes, plus 0.4 s.

    python -m tests.benchmarks.startup [--write]

Median of ten, both measured in turn on the same machine, as they are once installed: with their bytecode at hand,
whatever the environment says. Exits with 1 on a miss; `--write` puts the table into
docs/benchmarks.md. Needs a display, or Xvfb.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.report import machine, table, write_section

ROOT = Path(__file__).parents[2]
ROUNDS = 10
ALLOWANCE = 0.4

# Opens the window by the console script's own way; tells the time when it is painted and has nothing left to do.
WINDOW = """
import gc, time
gc.disable()  # as designer.main does before it imports the window
from designer.window import app

make = app.make_window

def timed(path):
    from PySide6.QtCore import QTimer
    window = make(path)

    def usable():
        print(time.monotonic(), flush=True)
        window.close()

    window.painted.connect(lambda: QTimer.singleShot(0, usable))
    return window

app.make_window = timed
from designer.main import main
main([])
"""
TORCH = "import time; began = time.perf_counter(); import torch; print(time.perf_counter() - began)"


def main() -> int:
    """Measures, writes the section, and gives the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder, "PYTHONPATH": str(ROOT)}
        bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}
        environment = {**os.environ, **settings, **bytecode}
        start_window(environment), import_torch(environment)  # the first of each reads from the disk, and compiles
        pairs = [(start_window(environment), import_torch(environment)) for _ in range(ROUNDS)]
    window, torch = (statistics.median(times) for times in zip(*pairs, strict=True))
    limit = torch / 2 + ALLOWANCE
    rows = [
        ("process start to a usable window", f"{window:.2f} s"),
        ("`import torch`", f"{torch:.2f} s"),
        ("limit: half of that + 0.4 s", f"{limit:.2f} s"),
    ]
    body = f"{table(('median of ten', 'time'), rows)}\n\n{machine()}"
    print(body)
    if "--write" in sys.argv:
        write_section("Start of the window", body)
    return 0 if window < limit else 1


def start_window(environment: dict[str, str]) -> float:
    """Seconds from starting the process until the window is painted and idle."""
    began = time.monotonic()
    return float(_output(WINDOW, environment)) - began


def import_torch(environment: dict[str, str]) -> float:
    """Seconds that the import alone takes in a fresh process."""
    return float(_output(TORCH, environment))


def _output(code: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=60).stdout


if __name__ == "__main__":
    if sys.platform == "linux" and not os.environ.get("DISPLAY") and shutil.which("xvfb-run"):
        command = [sys.executable, "-m", "tests.benchmarks.startup", *sys.argv[1:]]
        os.execvp("xvfb-run", ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24", *command])
    sys.exit(main())
