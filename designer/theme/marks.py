"""Small pictures that the stylesheet needs as files: arrows and ticks, drawn from the tokens into the user's cache."""

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
    """The folder with the pictures of this theme; each is written where it is missing or was another."""
    folder = user_cache_path("tensorloom", appauthor=False) / "marks" / tokens.name
    folder.mkdir(parents=True, exist_ok=True)
    for name, (path, colour) in _PATHS.items():
        words = _STROKE.format(path=path, colour=getattr(tokens, colour))
        file = folder / f"{name}.svg"
        if not file.exists() or file.read_text("utf-8") != words:
            file.write_text(words, "utf-8")
    return folder
