"""A picture is painted within `with QPainter(picture) as painter:`.

Where something fails meanwhile, the painter has to end before the picture goes, or the process dies. A widget outlives
what paints it.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BARE = re.compile(r"= QPainter\((?!self\)|\))")


@pytest.mark.parametrize("path", sorted((ROOT / "designer").rglob("*.py")), ids=lambda path: path.stem)
def test_a_picture_s_painter_ends_before_it(path: Path) -> None:
    assert BARE.findall(path.read_text()) == []
