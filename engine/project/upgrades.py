"""Files of earlier versions: one small function for each step from a version to the next.

A step takes the JSON object of a file and gives that of the next version; it may change the one it is given.
`assets/samples/version-N.loom` is a sample of each version ever written, and opens for ever.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from engine.project.faults import LaterVersion, OtherVersion
from engine.text import text

Step: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]

VERSION = 2


def _second(content: dict[str, Any]) -> dict[str, Any]:
    """Blocks, frames, notes, bookmarks and the flow to the right came; a file without them is what it was."""
    return content


STEPS: Mapping[int, Step] = {1: _second}


def upgraded(
    content: dict[str, Any], name: str, steps: Mapping[int, Step] = STEPS, version: int = VERSION
) -> dict[str, Any]:
    """The content as this version would have written it. Raises OtherVersion."""
    for found in range(version_of(content, name, version), version):
        content = {**steps[found](content), "loom": found + 1}
    return content


def version_of(content: dict[str, Any], name: str, newest: int = VERSION) -> int:
    """The version of a file that can be read here. Raises OtherVersion."""
    found = content.get("loom")
    if found is None:
        raise OtherVersion(
            text(
                "{file} is no Tensorloom project: it does not say its version (“loom”: {newest}).",
                file=name,
                newest=newest,
            )
        )
    if type(found) is not int or found < 1:
        raise OtherVersion(
            text(
                "{file} says “loom”: {found}; a version from 1 to {newest} was expected.",
                file=name,
                found=repr(found)[:40],
                newest=newest,
            )
        )
    if found > newest:
        raise LaterVersion(
            text(
                "{file} was written by a later version of Tensorloom (format {found}; this one reads up to {newest}). "
                "Update Tensorloom to open it.",
                file=name,
                found=str(found)[:40],
                newest=newest,
            )
        )
    return found
