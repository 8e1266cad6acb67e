"""What of a project is written down: piece by piece, so that an edit writes the pieces that it has changed alone."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from msgspec.structs import replace

from engine.graph import Graph, Place
from engine.layers import Layer
from engine.project.journal.lines import line
from engine.project.printing import plain_network, plain_node, plain_project
from engine.project.project import Project
from engine.project.upgrades import VERSION

Section: TypeAlias = tuple[str, ...]

TOP: Section = ()
NETWORKS: Section = ("networks",)
BLOCKS: Section = ("blocks",)
NODES, LAYOUT = "nodes", "layout"

# The window's thread waits for Python while this one works: after so many pieces it is let pass.
PIECES_A_TURN = 50
PAUSE_SECONDS = 0.0005


class Image:
    """A project as lines. `take` gives the lines that lead from what was taken before to a project."""

    def __init__(self) -> None:
        self._tables: dict[Section, Table] = {}
        self._rest: Project | None = None
        self._drawings: dict[str, Graph[Layer]] = {}

    def take(self, project: Project) -> Iterator[bytes]:
        """The lines that change what they are applied to into this project."""
        yield from self._take_rest(project)
        yield from self._table(NETWORKS, _same).update(
            {name: self._frame_of(name, graph) for name, graph in project.networks.items()}
        )
        for section in [s for s in self._tables if s[0:1] in ((NODES,), (LAYOUT,)) and s[1] not in project.networks]:
            yield from self._tables.pop(section).update({})
        for name, graph in project.networks.items():
            yield from self._table((NODES, name), plain_node).update(graph.nodes)
            yield from self._table((LAYOUT, name), _plain_place).update(graph.places)

    def lines(self) -> Iterator[bytes]:
        """The lines that give the project that was taken last, from nothing."""
        for table in self._tables.values():
            yield from table.lines.values()

    def _take_rest(self, project: Project) -> Iterator[bytes]:
        """All but the networks: blocks, data, recipe and what else a file has."""
        rest = replace(project, networks={})
        if self._rest is not None and rest == self._rest:
            return
        content = plain_project(rest)
        content["loom"] = VERSION  # what holds the networks may be later than what holds the rest
        del content["networks"]
        blocks = content.pop("blocks", {})
        self._rest = rest
        yield from self._table(TOP, _same).update(content)
        yield from self._table(BLOCKS, _same).update(blocks)

    def _frame_of(self, name: str, graph: Graph[Layer]) -> dict[str, Any]:
        """A network's JSON object without its nodes."""
        bare = replace(graph, nodes={}, places={})
        known = self._table(NETWORKS, _same).objects.get(name)
        if known is not None and bare == self._drawings.get(name):
            return dict(known)
        self._drawings[name] = bare
        return {key: value for key, value in plain_network(bare).items() if key not in (NODES, LAYOUT)}

    def _table(self, section: Section, plain: Callable[[Any], Any]) -> "Table":
        return self._tables.setdefault(section, Table(section, plain))


class Table:
    """Pieces of one kind by name: the objects that they were made from, and their lines."""

    def __init__(self, section: Section, plain: Callable[[Any], Any]) -> None:
        self.objects: Mapping[str, Any] = {}
        self.lines: dict[str, bytes] = {}
        self._section, self._plain = section, plain

    def update(self, objects: Mapping[str, Any]) -> Iterator[bytes]:
        """Takes these objects, and gives the lines of what differs. An object that is the same is not looked into."""
        before, self.objects = self.objects, objects
        if objects is before:
            return
        for name in [name for name in self.lines if name not in objects]:
            del self.lines[name]
            yield line([[*self._section, name]])
        get = before.get
        changed = [name for name, value in objects.items() if get(name) is not value]
        for count, name in enumerate(changed, 1):
            written = self._line(name, objects[name])
            if written is not None and self.lines.get(name) != written:
                self.lines[name] = written
                yield written
            if count % PIECES_A_TURN == 0:
                time.sleep(PAUSE_SECONDS)
        names = [name for name in objects if name in self.lines]
        if names != list(self.lines):
            self.lines = {name: self.lines[name] for name in names}
            yield line({"order": self._section, "names": names})

    def _line(self, name: str, value: Any) -> bytes | None:
        """The piece's line; None where it has what no file can keep, such as NaN: then it stays as it was."""
        try:
            return line([[*self._section, name], self._plain(value)])
        except (ValueError, OverflowError):
            return None


def _same(value: Any) -> Any:
    return value


def _plain_place(place: Place) -> list[float]:
    return [place.x, place.y]
