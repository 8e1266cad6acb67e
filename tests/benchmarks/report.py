"""Tables of measurements: printed, and kept in docs/benchmarks.md, one section for each benchmark."""

import platform
from collections.abc import Sequence
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = "# Benchmarks\n\nWritten by the programs in `tests/benchmarks/`, each of which exits with an error on a miss.\n"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_section(title: str, body: str, document: Path = DOCUMENT) -> None:
    """Puts a section into the document, in place of the one with this title, or at its end."""
    document.parent.mkdir(exist_ok=True)
    head, *sections = (document.read_text() if document.exists() else HEAD).split("\n## ")
    kept = {section.split("\n", 1)[0]: section.strip() for section in sections}
    kept[title] = f"{title}\n\n{body.strip()}"
    document.write_text("\n\n## ".join([head.strip(), *kept.values()]) + "\n")


def machine() -> str:
    """What was measured on, in a sentence."""
    return f"CPython {platform.python_version()}, {platform.machine()}, {_cores()} CPU cores."


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
