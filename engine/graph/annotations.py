"""What a person puts beside the network on the canvas, without a meaning of its own: frames, notes, bookmarks."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

import msgspec

Colour: TypeAlias = Literal["grey", "blue", "teal", "purple", "orange", "pink", "green"]


class Box(NamedTuple):
    """A rectangle on the canvas, in pixels at 100%."""

    x: float
    y: float
    width: float
    height: float


class Frame(msgspec.Struct, frozen=True):
    """A titled rectangle behind the cards that lie in it."""

    title: str
    box: Box
    colour: Colour = "grey"


class Note(msgspec.Struct, frozen=True):
    """A text in Markdown on the canvas."""

    text: str
    box: Box
    colour: Colour = "grey"


class Bookmark(msgspec.Struct, frozen=True):
    """A part of the canvas to come back to: this rectangle fills the view."""

    title: str
    box: Box


class Annotations(msgspec.Struct, frozen=True):
    """All of a drawing's, each under an id that is its own among its kind ("frame1", "note2", "bookmark1")."""

    frames: Mapping[str, Frame] = {}
    notes: Mapping[str, Note] = {}
    bookmarks: Mapping[str, Bookmark] = {}

    def __bool__(self) -> bool:
        return bool(self.frames or self.notes or self.bookmarks)
