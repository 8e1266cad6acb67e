"""What of unsaved work can be had back: each journal with what it holds, and how that differs from its file."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from engine.project.compare import Comparison, compare
from engine.project.faults import LaterVersion
from engine.project.file import fingerprint, load
from engine.project.journal import shelf
from engine.project.journal.reading import JOURNAL, Recovered, recover
from engine.project.project import Project
from engine.text import Failure, Text, text

OnDisk: TypeAlias = Literal["none", "as_then", "changed", "gone", "later", "unreadable"]


class Offer(msgspec.Struct, frozen=True):
    """Unsaved work that is kept.

    `shelf` is where it was put ("" where a crash has left it). `on_disk` says what became of the project's file since
    it was opened or saved ("none": it never had one), `file` is what that holds, `difference` leads from it to here.
    """

    found: Recovered
    shelf: str = ""
    on_disk: OnDisk = "none"
    file: Project | None = None
    difference: Comparison | None = None

    @property
    def id(self) -> str:
        """What the command line calls it."""
        return self.found.folder.name

    @property
    def layers(self) -> int:
        """How many nodes its networks have."""
        project = self.found.best
        return sum(len(graph.nodes) for graph in project.networks.values()) if project else 0


def offers(shelved: bool = False, places: Sequence[Path] | None = None) -> list[Offer]:
    """What crashes have left, the latest first; with `shelved` also what was discarded, or damaged.

    What holds nothing that is not in its file, or in a later journal, is let go. What nothing can be read of is put
    to what is damaged; what a later version has kept is left for that.
    """
    found = [offer for folder in shelf.journals(places) if (offer := look(folder)) and _is_there(folder / JOURNAL)]
    if not shelved:
        found = [offer for offer in found if not offer.found.of_later]
    kept = [_aside(offer) for offer in _wanted(sorted(found, key=lambda o: o.found.edited, reverse=True))]
    if shelved:
        for name in shelf.SHELVES:
            known = {offer.found.folder for offer in kept}
            kept += [look(folder, name) for folder in shelf.shelved(name, places) if folder not in known]
    return sorted(kept, key=lambda offer: offer.found.edited, reverse=True)


def look(folder: Path, shelf: str = "") -> Offer:
    """What a journal offers."""
    found = recover(folder)
    path, project = found.path, found.best
    if path is None:
        return Offer(found, shelf)
    try:
        file = load(path)
    except LaterVersion:
        return Offer(found, shelf, "later")
    except Failure:
        return Offer(found, shelf, "unreadable" if _is_there(path) else "gone")
    changed = found.head.sha256 and fingerprint(path) != found.head.sha256
    return Offer(found, shelf, "changed" if changed else "as_then", file, compare(file, project) if project else None)


def summary(offer: Offer) -> list[Text]:
    """How much of it is not in the file: "2 layers added", "1 changed"."""
    if offer.difference is None:
        return []
    nodes = [node for change in (*offer.difference.networks, *offer.difference.blocks) for node in change.nodes]
    counts = {kind: sum(node.kind == kind for node in nodes) for kind in ("added", "removed", "changed", "renamed")}
    words = [
        text("{count} added", count=counts["added"]) if counts["added"] else None,
        text("{count} removed", count=counts["removed"]) if counts["removed"] else None,
        text("{count} changed", count=counts["changed"]) if counts["changed"] else None,
        text("{count} renamed", count=counts["renamed"]) if counts["renamed"] else None,
        text("other wires") if any(change.wires for change in offer.difference.networks) else None,
        text("another recipe") if offer.difference.recipe else None,
        text("other data") if offer.difference.data else None,
    ]
    return [word for word in words if word] or [text("the layout alone")]


def _wanted(found: list[Offer]) -> list[Offer]:
    """Without those that hold nothing of their own: a crash while recovering leaves the same work twice."""
    kept: list[Offer] = []
    for offer in found:
        project = offer.found.best
        twin = any(project == other.found.best and offer.found.path == other.found.path for other in kept)
        if project is not None and not offer.found.damage and (twin or project == offer.file):
            if held := shelf.claim(offer.found.folder):
                held.close()
                shelf.remove(offer.found.folder)
            continue
        kept.append(offer)
    return kept


def _is_there(path: Path) -> bool:
    """Whether there is a file of this name; a journal may be gone because another window has recovered it meanwhile."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _aside(offer: Offer) -> Offer:
    """Puts what nothing can be read of aside."""
    if offer.found.best is not None or offer.found.of_later:
        return offer
    with contextlib.suppress(OSError):
        folder = shelf.put(offer.found.folder, shelf.DAMAGED)
        return Offer(msgspec.structs.replace(offer.found, folder=folder), shelf.DAMAGED)
    return offer
