"""The classes that a program is printed as: for each block one, or one for each of its forms.

All uses of a block are looked at, each instance and each repeat. Those with the same steps share a class; arguments
of modules that differ among them become parameters of its constructor, equal columns of values one parameter.
"""

import keyword
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, NamedTuple, TypeAlias

import msgspec
from msgspec.structs import replace

from engine.blocks import BlockLayer
from engine.graph import name_fault
from engine.graph.names import RESERVED
from engine.layers.call import Argument
from engine.lower.literals import literal
from engine.lower.program import Program, Step
from engine.text import Failure

FEW = 3  # so many modules in a chain are counted
BUILTINS = frozenset({"float", "range"})
REPEAT = "*"  # the number of repeats, among arguments


class Parameter(NamedTuple):
    """An argument of the constructor that is printed."""

    name: str


class Growing(NamedTuple):
    """A whole number that is larger by so much at each link of a chain."""

    start: "Value"
    step: int


Value: TypeAlias = "Argument | Parameter | Growing"


class Member(msgspec.Struct, frozen=True):
    """A module, or `count` of them in a chain: `name(**named)`. `own`: its class is printed too.

    Those of a chain are equal but for arguments that are growing. Where the count is a parameter, that counts the
    members before this one as well.
    """

    name: str
    named: Mapping[str, Value]
    count: int | Parameter = 1
    own: bool = False


class Class(msgspec.Struct, frozen=True):
    """A class to print. `modules` are what its constructor makes for a node: several stand in a chain."""

    name: str
    parameters: tuple[str, ...]
    program: Program
    modules: Mapping[str, tuple[Member, ...]]


class Classes(NamedTuple):
    """All classes, each after those that it uses, the network's last; `of` says which one a program inside became."""

    printed: tuple[Class, ...]
    of: Mapping[int, str]


class _Use(NamedTuple):
    """A block in one place: its program, the values of its lifted parameters, and the modules that it makes there."""

    program: Program
    face: Mapping[str, Any]
    modules: Mapping[str, tuple[Member, ...]]


class _Slot(NamedTuple):
    """An argument of one of the modules that a node makes, and its value in each use."""

    node: str
    number: int
    argument: str
    values: tuple[Value, ...]

    @property
    def wanted(self) -> str:
        """What it is called together with its node."""
        return f"{self.node}_{'repeat' if self.argument == REPEAT else self.argument}"

    @property
    def column(self) -> tuple[str, ...]:
        """The values so that 1 and True differ."""
        return tuple(literal(value) for value in self.values)


def classes_of(program: Program, name: str, reserved: Iterable[str] = (), counted: bool = True) -> Classes:
    """The classes of a program; that of the network itself has this name, no other has a reserved one.

    `counted`: equal modules that follow each other in a chain are one member with a count.
    """
    return _Forming(program, {name, *reserved, *RESERVED, *BUILTINS}, counted).classes(program, name)


class _Forming:
    """Makes classes of the blocks in a program, those that use no other block first."""

    def __init__(self, program: Program, taken: set[str], counted: bool) -> None:
        self._taken = taken
        self._counted = counted
        self._made: dict[int, tuple[str, Mapping[str, Value]]] = {}
        self._classes: list[Class] = []
        found = _blocks(program)
        layers = sorted(found, key=lambda layer: layer.depth)
        titles = [self._free(_title(layer)) for layer in layers]
        for layer, title in zip(layers, titles, strict=True):
            self._form(layer, title, [_Use(one, face, self._modules(one)) for one, face in found[layer].values()])

    def classes(self, program: Program, name: str) -> Classes:
        network = Class(name, (), program, self._modules(program))
        return Classes((*self._classes, network), {id: made for id, (made, _) in self._made.items()})

    def _form(self, layer: type[BlockLayer], title: str, uses: Sequence[_Use]) -> None:
        """The classes of one block: the first has its title, others a number more."""
        forms: defaultdict[Any, list[_Use]] = defaultdict(list)
        for use in uses:
            forms[_form_of(use)].append(use)
        for number, same in enumerate(forms.values()):
            name = self._free(title) if number else title
            columns = _columns(same)
            names = _named(layer, same, columns, self._taken)
            parameters = {_key(slot): Parameter(names[column]) for column, slots in columns.items() for slot in slots}
            modules = _with_parameters(same[0].modules, _slots(same), parameters)
            self._classes.append(Class(name, tuple(names.values()), same[0].program, modules))
            for place, use in enumerate(same):
                values = {names[column]: slots[0].values[place] for column, slots in columns.items()}
                self._made[id(use.program)] = name, values

    def _modules(self, program: Program) -> dict[str, tuple[Member, ...]]:
        return {step.node: tuple(self._members(step)) for step in program.modules}

    def _members(self, step: Step) -> Iterator[Member]:
        """The module of a node; of a chain the first, and then equal ones together; or all, where they grow evenly."""
        if step.instance is None:
            yield Member(step.call.name, dict(step.call.named))
            return
        links = [Member(*self._made[id(program)], own=True) for program in step.instance.programs]
        if self._counted and (grown := _grown(links)):
            yield grown
            return
        first, *others = links
        yield first
        for _, same in groupby(others, key=lambda member: (member.name, _texts(member.named))):
            several = list(same)
            yield from [replace(several[0], count=len(several))] if self._counted else several

    def _free(self, title: str) -> str:
        """The title, or the title with the first number that makes it nobody's."""
        free = _free(title, self._taken)
        self._taken.add(free)
        return free


def _blocks(program: Program) -> dict[type[BlockLayer], dict[int, tuple[Program, Mapping[str, Any]]]]:
    """Every program inside, once, with its lifted values, by block in the order of appearance."""
    found: dict[type[BlockLayer], dict[int, tuple[Program, Mapping[str, Any]]]] = {}
    waiting = [program]
    for outer in waiting:
        for step in outer.steps:
            known = found.setdefault(step.instance.layer, {}) if step.instance else {}
            for inner in step.inner:
                if step.instance and id(inner) not in known:
                    known[id(inner)] = inner, step.instance.face
                    waiting.append(inner)
    return found


def _title(layer: type[BlockLayer]) -> str:
    """A block's name as a class has it. Raises Failure for a name that is none."""
    if fault := name_fault(layer.name):
        raise Failure(fault)
    title = layer.about.title
    return title if title.isidentifier() and not keyword.iskeyword(title) else f"{layer.name}_"


def _free(name: str, taken: Iterable[str]) -> str:
    free, number = name, 2
    while free in taken or keyword.iskeyword(free):
        free, number = f"{name}{'_' if name[-1].isdigit() else ''}{number}", number + 1
    return free


def _form_of(use: _Use) -> tuple[object, ...]:
    """Equal where one class serves: the same steps on the same values, modules alike but for their arguments."""
    program = use.program
    return program.arguments, program.results, program.returned, tuple(_step_form(step, use) for step in program.steps)


def _step_form(step: Step, use: _Use) -> tuple[object, ...]:
    call = step.call
    wired = step.node, call.kind, tuple(step.inputs.items()), step.outputs, repr((call.positional, call.passed))
    if call.kind != "module":
        return (*wired, call.name, repr(call.named))
    members = use.modules[step.node]
    return (*wired, tuple(_member_form(m, step) for m in members))


def _member_form(member: Member, step: Step) -> tuple[object, ...]:
    growing = tuple((name, value.step) for name, value in member.named.items() if isinstance(value, Growing))
    return member.name, frozenset(member.named).difference(step.defaults), growing


def _grown(links: Sequence[Member]) -> Member | None:
    """A chain as one, where from link to link whole numbers grow by the same and all else is equal."""
    if len(links) < FEW or len({link.name for link in links}) > 1:
        return None
    named = dict(links[0].named)
    for argument, start in links[0].named.items():
        values = [link.named[argument] for link in links]
        if len({literal(value) for value in values}) == 1:
            continue
        steps = {b - a for a, b in pairwise(values) if type(a) is int and type(b) is int}
        if len(steps) != 1 or not all(type(value) is int for value in values):
            return None
        named[argument] = Growing(start, steps.pop())
    return Member(links[0].name, named, len(links), own=True) if named != links[0].named else None


def _is_grown(member: Member) -> bool:
    return any(isinstance(value, Growing) for value in member.named.values())


def _slots(uses: Sequence[_Use]) -> Iterator[_Slot]:
    """All arguments of all modules, in the order in which they are printed."""
    for step in uses[0].program.modules:
        for number in range(len(uses[0].modules[step.node])):
            members = [use.modules[step.node][number] for use in uses]
            for argument in _arguments(members):
                values = (member.named.get(argument, step.defaults.get(argument)) for member in members)
                starts = tuple(value.start if isinstance(value, Growing) else value for value in values)
                yield _Slot(step.node, number, argument, starts)
            if number or _is_grown(members[0]):
                counts = [member.count for member in members]
                yield _Slot(step.node, number, REPEAT, tuple(c + number for c in counts if isinstance(c, int)))


def _arguments(members: Iterable[Member]) -> list[str]:
    """The arguments that any of them has, in order: one that the first leaves out stands where it does in others."""
    found: list[str] = []
    for member in members:
        place = 0
        for name in member.named:
            if name not in found:
                found.insert(place, name)
            place = found.index(name) + 1
    return found


def _columns(uses: Sequence[_Use]) -> dict[tuple[str, ...], list[_Slot]]:
    """The slots whose values differ between uses, those with equal columns together."""
    found: defaultdict[tuple[str, ...], list[_Slot]] = defaultdict(list)
    for slot in _slots(uses):
        if len(set(column := slot.column)) > 1:
            found[column].append(slot)
    return dict(found)


def _key(slot: _Slot) -> tuple[str, int, str]:
    return slot.node, slot.number, slot.argument


def _named(
    layer: type[BlockLayer],
    uses: Sequence[_Use],
    columns: Mapping[tuple[str, ...], Sequence[_Slot]],
    taken: Iterable[str],
) -> dict[tuple[str, ...], str]:
    """A parameter's name for each column: that of a lifted one with these values, else of the argument.

    Where two would be called the same, both have their node's name before it.
    """
    lifted = {tuple(literal(use.face[one.name]) for use in uses): one.name for one in reversed(layer.block.parameters)}
    plain = Counter(slots[0].argument for column, slots in columns.items() if column not in lifted)
    names: dict[tuple[str, ...], str] = {}
    for column, slots in columns.items():
        argument = slots[0].argument
        alone = plain[argument] == 1 and argument != REPEAT and argument not in lifted.values()
        wanted = lifted.get(column) or (argument if alone else slots[0].wanted)
        names[column] = _free(wanted, {*taken, *names.values()})
    return names


def _with_parameters(
    modules: Mapping[str, tuple[Member, ...]],
    slots: Iterable[_Slot],
    parameters: Mapping[tuple[str, int, str], Parameter],
) -> dict[str, tuple[Member, ...]]:
    """The modules with parameters in place of the values that differ."""
    named: defaultdict[tuple[str, int], dict[str, Value]] = defaultdict(dict)
    counts: dict[tuple[str, int], Parameter] = {}
    for slot in slots:
        place, parameter = (slot.node, slot.number), parameters.get(_key(slot))
        given = modules[slot.node][slot.number].named
        if slot.argument == REPEAT:
            counts |= {place: parameter} if parameter else {}
        elif parameter or slot.argument in given:
            named[place][slot.argument] = _put(parameter, given.get(slot.argument))
    return {
        node: tuple(
            replace(member, named=named[node, number], count=counts.get((node, number), member.count))
            for number, member in enumerate(members)
        )
        for node, members in modules.items()
    }


def _put(parameter: Parameter | None, value: Value) -> Value:
    """The parameter in place of a value, or of where it starts."""
    if isinstance(value, Growing):
        return value._replace(start=parameter or value.start)
    return parameter or value


def _texts(named: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    return tuple((name, literal(value)) for name, value in named.items())
