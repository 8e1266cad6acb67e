"""Groups of lines: those that lead from a state to the next end with a line that counts them and says when it was."""

from collections.abc import Iterator
from typing import Any

import msgspec

from engine.project.journal.lines import DAMAGED, line, read_line

FORMAT = 1


class Head(msgspec.Struct, frozen=True):
    """Whose work a journal keeps: the project's file ("" for none yet) and its SHA-256 when it was read or saved.

    `runs` is where the runs of a project without a file lie; `journal` the version of the journal's form.
    """

    path: str = ""
    title: str = ""
    sha256: str = ""
    began: float = 0.0
    pid: int = 0
    runs: str = ""
    journal: int = FORMAT


class End(msgspec.Struct, frozen=True):
    """The line at the end of a group: its number from 1, how many lines are before it, and when it was."""

    group: int
    lines: int
    at: float


class Group(msgspec.Struct, frozen=True):
    """The sound lines of a group. `whole`: none is missing; `ended`: its last line is there; `at`: when it was."""

    lines: list[Any]
    at: float
    whole: bool
    ended: bool = True


def head_line(head: Head) -> bytes:
    """The line that says whose journal it is."""
    return line(msgspec.to_builtins(head), exact=True)


def end_line(end: End) -> bytes:
    """The line that makes a group of those before it."""
    return line(msgspec.to_builtins(end))


def read_groups(content: bytes) -> Iterator[Group]:
    """The groups of a journal, whatever became of it.

    What follows the end of the last group is one that is not `ended`, and `whole` where it was being written.
    """
    *written, torn = content.split(b"\n")
    pending: list[Any] = []
    damaged, last = 0, 0
    for value in map(read_line, written):
        if value is DAMAGED:
            damaged += 1
        elif (end := _end(value)) is None:
            pending.append(value)
        else:
            whole = not damaged and end.lines == len(pending) and end.group == last + 1
            yield Group(pending, end.at, whole)
            pending, damaged, last = [], 0, end.group
    if pending or damaged or torn:
        yield Group(pending, 0.0, not damaged, ended=False)


def read_head(lines: list[Any]) -> Head:
    """The head among the lines of a first group; it is there twice."""
    for value in lines:
        if type(value) is dict and "journal" in value:
            try:
                return msgspec.convert(value, Head)
            except msgspec.ValidationError:
                if type(value["journal"]) is int and value["journal"] > FORMAT:
                    return Head(journal=value["journal"])
    return Head()


def _end(value: Any) -> End | None:
    if type(value) is not dict or "group" not in value:
        return None
    try:
        return msgspec.convert(value, End)
    except msgspec.ValidationError:
        return None
