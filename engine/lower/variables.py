"""Which variable of forward holds which value: `x` along a chain, the node's name where a value lives on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

from engine.graph import Outlet
from engine.lower.program import Program

CHAINS = ("x", "out")
UNUSED = "_"
LINK = "link"


def name_values(program: Program) -> dict[Outlet, str]:
    """A variable for each value, the arguments of forward among them.

    A value that is used by the very next step alone goes into `x`, which that step may overwrite: so its memory is
    free as soon as in code written by hand. Any other keeps its node's name. Where a value called `x` lives on, the
    chain is called `out`. What a called function's name starts with (`torch`, `sum`) stays the function's.
    """
    uses = _uses(program)
    nodes = {*program.arguments, *(step.node for step in program.steps)}
    roots = {step.call.name.split(".")[0] for step in program.steps if step.call.kind == "function"}
    loops = {step.node for step in program.steps if step.looped}
    names: dict[Outlet, str] = {}
    chained: list[Outlet] = []
    lasting: set[str] = set()
    for outlet, wanted, made in _values(program, uses):
        brief = uses[outlet] <= {made + 1}
        if brief and made >= 0 and wanted == outlet.node:
            chained.append(outlet)
            continue
        if not uses[outlet] and wanted != outlet.node and outlet.node not in loops:
            names[outlet] = UNUSED
            continue
        own = wanted == outlet.node and wanted not in roots
        names[outlet] = wanted if own else _free(wanted, nodes | roots | lasting)
        if not brief or made >= 0:
            lasting.add(names[outlet])
    chain = next((name for name in CHAINS if name not in lasting | roots), "")
    return names | dict.fromkeys(chained, chain or _free(CHAINS[0], nodes | roots | lasting))


def _values(program: Program, uses: Mapping[Outlet, set[int]]) -> Iterator[tuple[Outlet, str, int]]:
    """Every value, the name it would like to have, and the step that makes it (-1: an argument).

    Of several outputs, the first has its node's name where no other is taken.
    """
    for name in program.arguments:
        yield Outlet(name, "output"), name, -1
    for place, step in enumerate(program.steps):
        several = step.looped or any(uses[Outlet(step.node, port)] for port in step.outputs[1:])
        for number, port in enumerate(step.outputs):
            yield Outlet(step.node, port), f"{step.node}_{port}" if several or number else step.node, place


def _uses(program: Program) -> defaultdict[Outlet, set[int]]:
    """At which steps each value is used; the return is the step after the last."""
    uses: defaultdict[Outlet, set[int]] = defaultdict(set)
    for place, step in enumerate(program.steps):
        for source in step.sources():
            uses[source].add(place)
    for source in program.returned:
        uses[source].add(len(program.steps))
    return uses


def loop_variable(names: Mapping[Outlet, str]) -> str:
    """For the links of a chain: a name that is no value's."""
    return _free(LINK, set(names.values()))


def _free(name: str, taken: Set[str]) -> str:
    """The name, or the name with the first number that makes it nobody's."""
    free, number = name, 1
    while free in taken:
        free, number = f"{name}{number}", number + 1
    return free
