"""Frames, notes and bookmarks in a file: read and written, one a line."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

from engine.graph import Annotations, Bookmark, Box, Frame, Note
from engine.graph.annotations import Colour
from engine.project.fields import expected, is_number, object_of, only
from engine.text import Text, text

KINDS = ("frames", "notes", "bookmarks")
COLOURS = get_args(Colour)
One = TypeVar("One")


def read_annotations(where: Text, content: Mapping[str, Any], faults: list[Text]) -> Annotations:
    """Those of a drawing; what is wrong goes into faults."""
    return Annotations(
        frames=_read(where, content, "frames", _frame, faults),
        notes=_read(where, content, "notes", _note, faults),
        bookmarks=_read(where, content, "bookmarks", _bookmark, faults),
    )


def plain_annotations(annotations: Annotations) -> dict[str, dict[str, dict[str, Any]]]:
    """The kinds that there are any of, as JSON has them."""
    found = {
        "frames": {id: _coloured({"title": frame.title}, frame) for id, frame in annotations.frames.items()},
        "notes": {id: _coloured({"text": note.text}, note) for id, note in annotations.notes.items()},
        "bookmarks": {id: {"title": mark.title, "box": _plain(mark.box)} for id, mark in annotations.bookmarks.items()},
    }
    return {kind: some for kind, some in found.items() if some}


def short(number: float) -> float:
    """Whole numbers without a point."""
    return int(number) if number == int(number) and abs(number) < 2**53 else number


def _coloured(plain: dict[str, Any], one: Frame | Note) -> dict[str, Any]:
    found = {**plain, "box": _plain(one.box)}
    return found if one.colour == "grey" else {**found, "colour": one.colour}


def _plain(box: Box) -> list[float]:
    return [short(number) for number in box]


def _read(
    where: Text,
    content: Mapping[str, Any],
    kind: str,
    read: Callable[[Text, Mapping[str, Any], list[Text]], One],
    faults: list[Text],
) -> dict[str, One]:
    members = object_of(content.get(kind, {}), text("“{kind}” of {where}", kind=kind, where=where), faults)
    found = {}
    for id, one in members.items():
        here = text("“{id}” in “{kind}” of {where}", id=id[:80], kind=kind, where=where)
        if type(one) is dict:
            found[id] = read(here, one, faults)
        else:
            object_of(one, here, faults)
    return found


def _frame(where: Text, content: Mapping[str, Any], faults: list[Text]) -> Frame:
    only(content, ("title", "box", "colour"), where, faults)
    return Frame(_words(where, content, "title", faults), _box(where, content, faults), _colour(where, content, faults))


def _note(where: Text, content: Mapping[str, Any], faults: list[Text]) -> Note:
    only(content, ("text", "box", "colour"), where, faults)
    return Note(_words(where, content, "text", faults), _box(where, content, faults), _colour(where, content, faults))


def _bookmark(where: Text, content: Mapping[str, Any], faults: list[Text]) -> Bookmark:
    only(content, ("title", "box"), where, faults)
    return Bookmark(_words(where, content, "title", faults), _box(where, content, faults))


def _words(where: Text, content: Mapping[str, Any], field: str, faults: list[Text]) -> str:
    found = content.get(field, "")
    if type(found) is str:
        return found
    faults.append(expected(where, text("“{field}”", field=field), text("text"), found))
    return ""


def _box(where: Text, content: Mapping[str, Any], faults: list[Text]) -> Box:
    found = content.get("box")
    if type(found) is list and len(found) == 4 and all(map(is_number, found)) and min(found[2:]) >= 0:
        return Box(*map(float, found))
    faults.append(expected(where, text("“box”"), text("[x, y, width, height]"), found))
    return Box(0, 0, 0, 0)


def _colour(where: Text, content: Mapping[str, Any], faults: list[Text]) -> Colour:
    found = content.get("colour", "grey")
    for colour in COLOURS:
        if found == colour:
            return colour  # type: ignore[no-any-return]
    faults.append(expected(where, text("“colour”"), text("one of: {choices}", choices=", ".join(COLOURS)), found))
    return "grey"
