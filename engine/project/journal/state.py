"""A project's JSON object as it grows from the lines of a journal."""

from typing import Any

from engine.project.journal.image import BLOCKS, LAYOUT, NETWORKS, NODES, TOP, Section
from engine.project.project import MAIN
from engine.project.upgrades import VERSION


class State:
    """Pieces by section and name. Lines that are no pieces of this version's are passed over."""

    def __init__(self) -> None:
        self._sections: dict[Section, dict[str, Any]] = {}

    def take(self, value: Any) -> None:
        """Takes a line in: a piece, the end of one, or another order."""
        if type(value) is list and len(value) in (1, 2) and _are_names(value[0]) and value[0]:
            *way, name = value[0]
            self._put(tuple(way), name, value[1:])
        elif type(value) is dict and _are_names(value.get("order")) and _are_names(value.get("names")):
            section = tuple(value["order"])
            pieces = self._sections.get(section, {})
            first = {name: pieces[name] for name in value["names"] if name in pieces}
            self._sections[section] = first | pieces

    def _put(self, section: Section, name: str, piece: list[Any]) -> None:
        """Puts a piece into its section; an empty list takes it away."""
        if section not in (TOP, NETWORKS, BLOCKS) and not (len(section) == 2 and section[0] in (NODES, LAYOUT)):
            return
        pieces = self._sections.setdefault(section, {})
        if not piece:
            pieces.pop(name, None)
        elif section != NETWORKS or type(piece[0]) is dict:
            pieces[name] = piece[0]

    @property
    def empty(self) -> bool:
        """Whether there is no piece in it."""
        return not any(self._sections.values())

    def content(self) -> dict[str, Any]:
        """The JSON object of the file that would hold this state."""
        content = {"loom": VERSION, **self._sections.get(TOP, {}), NETWORKS[0]: self._networks()}
        if blocks := self._sections.get(BLOCKS):
            content[BLOCKS[0]] = dict(blocks)
        return content

    def _networks(self) -> dict[str, Any]:
        frames = self._sections.get(NETWORKS, {})
        drawn = [section[1] for section, pieces in self._sections.items() if section[:1] == (NODES,) and pieces]
        # where the line of a network itself is damaged, it is known by its nodes
        names = frames if frames.keys() >= set(drawn) else dict.fromkeys([*drawn, *frames])
        networks = {}
        for name in names or [MAIN]:
            network = {NODES: dict(self._sections.get((NODES, name), {}))}
            if layout := self._sections.get((LAYOUT, name)):
                network[LAYOUT] = dict(layout)
            networks[name] = network | dict(frames.get(name, {}))
        return networks


def _are_names(value: Any) -> bool:
    return type(value) is list and all(type(name) is str for name in value)
