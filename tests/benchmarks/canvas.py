"""The canvas in the real window: frames, opening, edits, memory, a long soak, and NodeGraphQt. Exits with 1 on a miss.

    python -m tests.benchmarks.canvas [--write] [--quick] [offscreen] [screen]

Offscreen and on a display (Xvfb where there is none), or only one of them. Each part runs in a process of its own.
`--quick` leaves the soak and the comparison out; `--write` puts the tables into docs/benchmarks.md.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tests.benchmarks.canvas_window import Row
from tests.benchmarks.report import machine, table, write_section

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
from virtual_display import virtual_display  # noqa: E402

PARTS = (
    *(("canvas_frames", "1000"), ("canvas_frames", "10000"), ("canvas_open", "1000"), ("canvas_open", "10000")),
    *(("canvas_edits",), ("canvas_memory", "0"), ("canvas_memory", "10000")),
)
LONG = (("canvas_soak",), ("canvas_peers",))
MOST_SECONDS = 5400


def main() -> int:
    asked = [word for word in sys.argv[1:] if not word.startswith("-")] or ["offscreen", "screen"]
    missed = 0
    for platform in asked:
        if platform == "screen":
            with virtual_display() as display:
                missed += measured(platform, display)
        else:
            missed += measured(platform, {"QT_QPA_PLATFORM": "offscreen"})
    return int(missed > 0)


def measured(platform: str, display: Mapping[str, str]) -> int:
    """Runs all parts, shows their table, and gives how many limits were missed."""
    parts = PARTS if "--quick" in sys.argv else (*PARTS, *LONG)
    rows = [row for part in parts for row in rows_of(part, display)]
    title = f"The canvas ({platform})"
    columns = ("what", "found", "limit", "")
    body = f"{machine()} The real window, 1440 × 900 pixels.\n\n{table(columns, [row.cells() for row in rows])}"
    print(f"## {title}\n\n{body}\n", flush=True)
    if "--write" in sys.argv:
        write_section(title, body)
    return sum(row.missed for row in rows)


def rows_of(part: tuple[str, ...], display: Mapping[str, str]) -> list[Row]:
    """What a part prints last; a part that fails is a row that misses."""
    name, *arguments = part
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **display}, capture_output=True, text=True, timeout=MOST_SECONDS
    )
    try:
        return msgspec.json.decode(done.stdout.strip().splitlines()[-1], type=list[Row])
    except (IndexError, msgspec.DecodeError):
        print(done.stderr[-3000:], file=sys.stderr)
        return [Row(f"{' '.join(part)} ended without a result", 1, "", 0)]


if __name__ == "__main__":
    sys.exit(main())
