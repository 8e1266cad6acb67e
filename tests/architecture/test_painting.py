"""Pictures and widgets are painted within `with QPainter(…) as painter:`.

Where something fails meanwhile, the painter has to end before the picture goes, or Qt goes on: else the process dies.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BARE = re.compile(r"(?<!with )\bQPainter\((?!\))")


@pytest.mark.parametrize("path", sorted((ROOT / "designer").rglob("*.py")), ids=lambda path: path.stem)
def test_painters_end_whatever_happens(path: Path) -> None:
    assert BARE.findall(path.read_text()) == []
