"""Where the files that come with the program lie: `assets/` of the repository, `_assets` beside an installed engine."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def assets_folder() -> Path:
    """The folder of starters, samples, icons, themes and translations."""
    installed = _HERE / "_assets"
    return installed if installed.is_dir() else _HERE.parent / "assets"
