"""Small pictures that the stylesheet needs as files: arrows and ticks, drawn from the tokens into the user's cache."""

import atexit
import contextlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

from platformdirs import user_cache_path

from designer.theme.tokens import Tokens

_STROKE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="{path}" fill="none" '
    'stroke="{colour}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/></svg>'
)
_PATHS = {
    "down": ("M4 6.5 8 10.5 12 6.5", "secondary"),
    "down-off": ("M4 6.5 8 10.5 12 6.5", "disabled"),
    "right": ("M6.5 4 10.5 8 6.5 12", "secondary"),
    "tick": ("M3.8 8.4 6.8 11.2 12.2 5.2", "on_accent"),
    "tick-off": ("M3.8 8.4 6.8 11.2 12.2 5.2", "disabled"),
    "dash": ("M4.5 8 11.5 8", "on_accent"),
    "close": ("M5 5 11 11 M11 5 5 11", "secondary"),
}


def marks(tokens: Tokens) -> Path:
    """The folder with the pictures of this theme; each is written where it is missing or was another.

    Where the user's cache cannot be written they are put beside temporary files, and where that cannot be either,
    the window goes without.
    """
    folder = user_cache_path("tensorloom", appauthor=False) / "marks" / tokens.name
    try:
        _write(folder, tokens)
    except OSError:
        with contextlib.suppress(OSError):
            folder = _spare() / tokens.name
            _write(folder, tokens)
    return folder


def _write(folder: Path, tokens: Tokens) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, (path, colour) in _PATHS.items():
        words = _STROKE.format(path=path, colour=getattr(tokens, colour))
        file = folder / f"{name}.svg"
        if not file.exists() or file.read_text("utf-8") != words:
            file.write_text(words, "utf-8")


@cache
def _spare() -> Path:
    """A folder of this process alone."""
    folder = tempfile.mkdtemp(prefix="tensorloom-marks-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
