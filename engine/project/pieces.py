"""Pieces of a project that travel as text: through the clipboard, a chat, an issue, in whole or in part."""

import json
import re
from collections.abc import Iterator
from typing import Any

from engine.project.faults import BadFile
from engine.project.file import loads
from engine.project.project import MAIN, Project
from engine.project.syntax import check_size, parse
from engine.project.upgrades import VERSION
from engine.text import Failure, text

PLACE = "pasted text"
_FENCED = re.compile(r"```[^\n`]*\n(.*?)```", re.DOTALL)


class NoPiece(Failure):
    """A text in which there are no layers."""


def read_piece(words: str) -> Project:
    """The project in a text, or the one that its layers make: a file, a network, or some nodes of one.

    What stands around it, such as a chat's sentences and code fences, is passed over. Raises NoPiece where there are
    no layers, and BadFile where there are, but something is wrong with them.
    """
    check_size(len(words), PLACE)
    fault: BadFile | None = None
    for candidate in _candidates(words):
        try:
            whole = _whole(parse(candidate, PLACE))
        except BadFile:
            continue
        if whole is None:
            continue
        try:
            return loads(json.dumps(whole), PLACE)
        except BadFile as found:
            fault = fault or found
    raise fault or NoPiece(text("There are no layers in this text: it is neither a project nor a piece of one."))


def _candidates(words: str) -> Iterator[str]:
    """The parts of a text that may be JSON, the likeliest first."""
    yield words
    yield from _FENCED.findall(words)
    first, last = words.find("{"), words.rfind("}")
    if 0 <= first < last:
        yield words[first : last + 1]
        quote = words.rfind("\n", 0, first) + 1
        start = words.find('"', quote)
        if 0 <= start < first:  # lines of nodes, cut out of a file: "conv1": {…}, "relu1": {…}
            yield "{" + words[start : last + 1] + "}"


def _whole(found: Any) -> dict[str, Any] | None:
    """The object of a whole file, or None where the value holds no layers."""
    if type(found) is not dict:
        return None
    if type(found.get("networks")) is dict:
        return {"loom": VERSION, **found}
    if type(found.get("nodes")) is dict:
        blocks = {"blocks": found["blocks"]} if "blocks" in found else {}
        network = {key: value for key, value in found.items() if key not in ("blocks", "loom")}
        return {"loom": VERSION, **blocks, "networks": {MAIN: network}}
    if found and all(type(node) is dict and type(node.get("type")) is str for node in found.values()):
        return {"loom": VERSION, "networks": {MAIN: {"nodes": found}}}
    return None
