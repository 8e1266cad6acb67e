"""Lines of Python being written: broken as ruff breaks them where they are too long, each with the node it shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

WIDTH = 100
INDENT = "    "


class Group(NamedTuple):
    """`head`, the parts with a comma or nothing between them, `tail`: a call, a list, a generator."""

    head: str
    parts: "Sequence[str | Group]"
    tail: str = ")"
    comma: str = ","

    @property
    def inside(self) -> str:
        return f"{self.comma} ".join(map(str, self.parts))

    def __str__(self) -> str:
        return f"{self.head}{self.inside}{self.tail}"


Part: TypeAlias = str | Group


class Page:
    """The lines so far, and which node of which class each belongs to."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._owners: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._class = ""

    @property
    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def begin(self, class_name: str) -> None:
        """The lines that follow belong to nodes of this class."""
        self._class = class_name

    def lines_of(self, class_name: str) -> Mapping[str, list[int]]:
        """The 1-based numbers of the lines of each node of a class."""
        return self._owners[class_name]

    def line(self, line: str, *nodes: str) -> None:
        self._lines.append(line)
        for node in nodes:
            self._owners[self._class][node].append(len(self._lines))

    def statement(self, indent: str, group: Group, *nodes: str) -> None:
        """A call or the like, in one line; where that is too long, as ruff would break it."""
        for line in _broken(indent, group, ""):
            self.line(line, *nodes)

    def sum(self, head: str, parts: Sequence[str], sign: str, *nodes: str) -> None:
        """`head a + b`, in brackets where it takes several lines."""
        whole = f"{head}{f' {sign} '.join(parts)}"
        if len(whole) <= WIDTH:
            return self.line(whole, *nodes)
        outer = head[: len(head) - len(head.lstrip())]
        together = f"{outer}{INDENT}{f' {sign} '.join(parts)}"
        later = [f"{outer}{INDENT}{sign} {part}" for part in parts[1:]]
        inside = [together] if len(together) <= WIDTH else [f"{outer}{INDENT}{parts[0]}", *later]
        for line in (f"{head}(", *inside, f"{outer})"):
            self.line(line, *nodes)
        return None


def _broken(indent: str, part: Part, end: str) -> list[str]:
    """The lines of a part that is followed by `end`."""
    whole = f"{indent}{part}{end}"
    if len(whole) <= WIDTH or isinstance(part, str) or not part.parts:
        return [whole]
    inner = indent + INDENT
    lines = [f"{inner}{part.inside}"]
    if len(lines[0]) > WIDTH:
        lines = [line for one in part.parts for line in _broken(inner, one, part.comma)]
    return [f"{indent}{part.head}", *lines, f"{indent}{part.tail}{end}"]
