"""Ways into blocks: "res1/conv1" is the node conv1 inside the instance res1, "res1/0/conv1" in the first of repeats."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from engine.lower.program import Program, Step

Lines: TypeAlias = Mapping[str, tuple[int, ...]]


class Found(NamedTuple):
    """A step somewhere in a program, the way to it, and the way to what it is in, with "/" at the end."""

    path: str
    within: str
    step: Step


def all_steps(program: Program, within: str = "") -> Iterator[Found]:
    """Every step in the order of running, those inside an instance before the instance itself."""
    for step in program.steps:
        path = f"{within}{step.node}"
        for number, inner in enumerate(step.instance.programs if step.instance else ()):
            yield from all_steps(inner, f"{path}/{number}/" if step.repeats > 1 else f"{path}/")
        yield Found(path, within, step)


def drawn(path: str) -> str:
    """The way without the numbers of repeats, which are all drawn as one: "res1/conv1" for "res1/0/conv1"."""
    return "/".join(part for part in path.split("/") if not part.isdecimal())


def numbered(path: str, key: str) -> str:
    """The way with the numbers of repeats that the key of a module on it has: "res1/0/add1" for "res1.0"."""
    keys, found = key.split("."), []
    for part in path.split("/"):
        found.append(part)
        if keys and keys.pop(0) != part:
            keys = []
        while keys and keys[0].isdecimal():
            found.append(keys.pop(0))
    return "/".join(found)


def all_lines(
    program: Program, of: Mapping[int, str], lines_of: Callable[[str], Mapping[str, Sequence[int]]], class_name: str
) -> dict[str, tuple[int, ...]]:
    """The lines of every node, those inside of blocks under the ways to them; `of` names the class of each program."""
    found: defaultdict[str, set[int]] = defaultdict(set)

    def collect(within: str, inner: Program, name: str) -> None:
        for node, numbers in lines_of(name).items():
            found[f"{within}{node}"].update(numbers)
        for step in inner.steps:
            for one in step.inner:
                collect(f"{within}{step.node}/", one, of[id(one)])

    collect("", program, class_name)
    return {path: tuple(sorted(numbers)) for path, numbers in found.items()}


class Ways:
    """Finds nodes by the lines of the printed source that are being run."""

    def __init__(self, lines: Lines) -> None:
        self._inside: defaultdict[str, dict[int, str]] = defaultdict(dict)
        for path, numbers in lines.items():
            within = path.rpartition("/")[0]
            for number in numbers:
                self._inside[within].setdefault(number, path)

    def at(self, numbers: Iterable[int]) -> str:
        """The node on these lines, from the outermost call on; empty where there is none."""
        path = ""
        for number in numbers:
            found = self._inside[path].get(number)
            if found is None:
                break
            path = found
        return path


def weight_at(program: Program, key: str) -> tuple[str, str]:
    """The node that a weight belongs to, and the weight's own name: ("res1/0/attend", "out_proj.weight")."""
    path, rest = "", key.split(".")
    inner: Program | None = program
    while inner and rest:
        name = rest.pop(0)
        step = next((step for step in inner.steps if step.node == name), None)
        path = f"{path}/{name}" if path else name
        if step is None or step.instance is None:
            break
        number = 0
        if step.repeats > 1:
            number = int(rest.pop(0))
            path = f"{path}/{number}"
        inner = step.instance.programs[number]
    return path, ".".join(rest)
