"""Notes and bookmarks of a drawing that has come to flow another way."""

from msgspec.structs import replace

from designer.canvas.ports import size_in
from engine.arranging import Card, box, settled
from engine.graph import Bookmark, Box, Graph, Place
from engine.graph import annotating as an
from engine.graph.flow import corner, turned
from engine.layers import Layer


def turned_remarks(before: Graph[Layer], after: Graph[Layer]) -> Graph[Layer]:
    """The drawing after, with notes beside what they were beside, clear of cards, and bookmarks of what they showed."""
    places = [before.places[name] for name in after.nodes if name in before.places]
    if not places:
        return after
    about = corner(places)
    taken = {f"card {name}": box(place, Card(*size_in(after, name))) for name, place in after.places.items()}
    for id, note in before.annotations.notes.items():
        there = turned({id: Place(note.box.x, note.box.y)}, before.flow, after.flow, about)
        card = Card(note.box.width, note.box.height)
        place = settled(there, {id: card}, taken)[id]
        taken[f"note {id}"] = box(place, card)
        after = an.put(after, "notes", id, replace(note, box=note.box._replace(x=place.x, y=place.y)))
    for id, bookmark in before.annotations.bookmarks.items():
        after = an.put(after, "bookmarks", id, _of_the_same(before, after, bookmark))
    return after


def _of_the_same(before: Graph[Layer], after: Graph[Layer], bookmark: Bookmark) -> Bookmark:
    """A bookmark of the cards that it showed before, at least as large; one that showed none stays."""
    held = [name for name in an.inside(before, bookmark.box, size_in) if name in after.places]
    if not held:
        return bookmark
    shown = an.around(Box(*after.places[name], *size_in(after, name)) for name in held)
    width, height = max(shown.width, bookmark.box.width), max(shown.height, bookmark.box.height)
    x, y = shown.x + (shown.width - width) / 2, shown.y + (shown.height - height) / 2
    return replace(bookmark, box=Box(x, y, width, height))
