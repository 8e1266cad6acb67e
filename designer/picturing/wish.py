"""What a picture shows: all, the selection or the view; in which theme, at which scale, of which kind."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QMimeData, QRectF
from PySide6.QtGui import QImage

from designer.blank import blank
from designer.canvas.scene import Scene
from designer.document import Document
from designer.picture import paint
from designer.theme import theme
from designer.theme.tokens import DARK, LIGHT

Part: TypeAlias = Literal["all", "selection", "view"]
Kind: TypeAlias = Literal["svg", "png", "pdf"]

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


class Wish(NamedTuple):
    """`scale` is pixels a point, for PNG."""

    part: Part = "all"
    look: str = "light"
    kind: Kind = "png"
    scale: float = 2.0


def draw(document: Document, wish: Wish, path: Path, seen: QRectF | None = None) -> None:
    """Draws the drawing that is shown, or the part of it, into a file; `seen` is what is in the view.

    Raises Failure.
    """
    with _colours(wish.look):
        scene = Scene(document)
        if wish.part == "selection":
            scene.show_only(document.selection)
        try:
            paint(scene, path, wish.scale, seen if wish.part == "view" else None)
        finally:
            scene.deleteLater()


def mime(document: Document, wish: Wish, seen: QRectF | None = None) -> QMimeData:
    """The picture as the clipboard carries it: its own kind, and for others who take it an image or its text."""
    with tempfile.TemporaryDirectory(prefix="tensorloom-") as folder:
        path = Path(folder) / f"network.{wish.kind}"
        draw(document, wish, path, seen)
        content = path.read_bytes()
    data = blank()
    data.setData(TYPES[wish.kind], content)
    if wish.kind == "png":
        data.setImageData(QImage.fromData(content))
    elif wish.kind == "svg":
        data.setText(content.decode())
    return data


@contextmanager
def _colours(look: str) -> Iterator[None]:
    """The colours of a theme for what is painted meanwhile; the window keeps its own."""
    before = theme.tokens
    theme.tokens = LIGHT if look == "light" else DARK
    try:
        yield
    finally:
        theme.tokens = before
