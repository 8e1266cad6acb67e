"""A program as the Python that a PyTorch user would have written. Only validated names and literals are printed."""

import keyword
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from engine.graph import Outlet
from engine.layers.call import Argument, In, Size
from engine.lower.classes import FEW, Class, Growing, Member, Parameter, Value, classes_of
from engine.lower.literals import literal, tuple_text
from engine.lower.page import INDENT, Group, Page, Part
from engine.lower.paths import all_lines
from engine.lower.program import Program, Step
from engine.lower.variables import loop_variable, name_values
from engine.text import Failure, say, text

IMPORTS = {
    "torch": "import torch",
    "math": "import math",
    "nn": "from torch import nn",
    "F": "from torch.nn import functional as F",
}
BODY = "        "
NUMBER = "number"


class Source(msgspec.Struct, frozen=True):
    """Printed Python. `lines` maps each node to the 1-based numbers of the lines that it became.

    A node inside an instance of a block is called by the way to it, "res1/conv1", whatever the repeat.
    """

    text: str
    lines: Mapping[str, tuple[int, ...]]
    class_name: str = "Network"
    probes: bool = False


def print_program(program: Program, class_name: str = "Network", probes: bool = False) -> Source:
    """The source of a class of this name, after those of its blocks; raises Failure where it cannot be a class's name.

    `probes`: the constructor takes a callable, and each node's value is what `probe(node, value)` gives for it, of
    nodes in blocks under "res1/conv1", or "res1/0/conv1" in the first of several repeats. A node with several outputs
    gives the probe all of them, as the torch call does.
    """
    if not class_name.isidentifier() or keyword.iskeyword(class_name) or class_name in IMPORTS:
        raise Failure(text("“{name}” cannot be the name of a class in Python.", name=class_name))
    classes = classes_of(program, class_name, IMPORTS, counted=not probes)
    page = Page()
    _write_imports(page, [one.program for one in classes.printed])
    for number, one in enumerate(classes.printed):
        for _ in range(2 if number else 0):
            page.line("")
        page.begin(one.name)
        _Writer(page, one, probes).write()
    return Source(page.text, all_lines(program, classes.of, page.lines_of, class_name), class_name, probes)


def _write_imports(page: Page, programs: Sequence[Program]) -> None:
    steps = [step for program in programs for step in program.steps if not step.instance]
    roots = {step.call.name.split(".")[0] for step in steps} | {"nn"}
    plain = [IMPORTS[root] for root in ("math", "torch") if root in roots]
    for line in (*plain, *(IMPORTS[root] for root in ("nn", "F") if root in roots), "", ""):
        page.line(line)


class _Writer:
    """Writes one class onto the page."""

    def __init__(self, page: Page, printed: Class, probes: bool) -> None:
        self.page = page
        self.printed = printed
        self.program = printed.program
        self.names = name_values(printed.program)
        self.probes = probes

    def write(self) -> None:
        self.page.line(f"class {self.printed.name}(nn.Module):")
        self.write_constructor()
        self.write_forward()

    def write_constructor(self) -> None:
        if not self.program.modules and not self.probes:
            return
        parameters = ["self", *(["probe"] if self.probes else []), *self.printed.parameters]
        self.page.statement("    ", Group("def __init__(", parameters, "):"))
        self.page.line("        super().__init__()")
        if self.probes:
            self.page.line("        self.probe = probe")
        for step in self.program.modules:
            self.page.statement(BODY, self.made(step), step.node)
        self.page.line("")

    def made(self, step: Step) -> Group:
        """What the constructor makes for a node: a module, or several in a chain."""
        members = self.printed.modules[step.node]
        if step.repeats < 2:
            return self.module(f"self.{step.node} = ", members[0], step.node)
        parts = list(self.chain(step.node, members))
        if step.looped:
            return Group(f"self.{step.node} = nn.ModuleList(", [Group("[", parts, "]")])
        return Group(f"self.{step.node} = nn.Sequential(", parts)

    def chain(self, node: str, members: Sequence[Member]) -> Iterator[Part]:
        """The modules of a chain; many equal ones that follow each other are counted."""
        for number, member in enumerate(_joined(members)):
            module = self.module("", member, f"{node}/{number}")
            if isinstance(member.count, int) and member.count < FEW:
                yield from [module] * member.count
                continue
            growing = any(isinstance(value, Growing) for value in member.named.values())
            loop = f"for {self.number if growing else '_'} in range({_count(member.count, number)})"
            yield Group("*(", [module, loop], comma="")

    def module(self, head: str, member: Member, path: str) -> Group:
        """The call of the constructor of a module at this path inside the class."""
        arguments = [f"{name}={self.given(value)}" for name, value in member.named.items()]
        if member.own and self.probes:
            arguments.insert(0, f'lambda node, value: probe(f"{path}/{{node}}", value)')
        return Group(f"{head}{member.name}(", arguments)

    def given(self, value: Value) -> str:
        """An argument of a constructor."""
        if isinstance(value, Growing):
            sign, step = "-" if value.step < 0 else "+", abs(value.step)
            return f"{self.given(value.start)} {sign} {f'{step} * ' if step > 1 else ''}{self.number}"
        return value.name if isinstance(value, Parameter) else literal(value)

    @property
    def number(self) -> str:
        """What counts the links of a chain."""
        name = NUMBER
        while name in self.printed.parameters:
            name += "_"
        return name

    def write_forward(self) -> None:
        names = [self.names[Outlet(name, "output")] for name in self.program.arguments]
        self.page.statement("    ", Group("def forward(", ["self", *names], "):"), *self.program.arguments)
        for name in self.program.arguments if self.probes else ():
            variable = self.names[Outlet(name, "output")]
            self.page.line(f"{BODY}{variable} = self.probe({literal(name)}, {variable})", name)
        for step in self.program.steps:
            self.write_step(step)
        for node, reason in self.program.left_out:
            self.page.line(f"{BODY}# {_one_line(say(reason))}", node)
        self.write_return()

    def write_step(self, step: Step) -> None:
        targets = ", ".join(self.names[Outlet(step.node, port)] for port in step.outputs)
        if step.looped:
            self.write_loop(step, targets)
        elif self.probes:
            self.page.line(f"{BODY}{targets} = self.probe({literal(step.node)}, {self.value(step)})", step.node)
        elif step.call.kind == "operator":
            self.page.sum(f"{BODY}{targets} = ", self.operands(step), step.call.name, step.node)
        else:
            function, arguments = self.called(step)
            self.page.statement(BODY, Group(f"{targets} = {function}(", arguments), step.node)

    def write_loop(self, step: Step, targets: str) -> None:
        """A chain whose links have several ports."""
        _, arguments = self.called(step)
        link = loop_variable(self.names)
        self.page.statement(BODY, Group(f"{targets} = ", arguments, ""), step.node)
        self.page.line(f"{BODY}for {link} in self.{step.node}:", step.node)
        self.page.line(f"{BODY}{INDENT}{targets} = {link}({targets})", step.node)
        if self.probes:
            self.page.line(f"{BODY}{targets} = self.probe({literal(step.node)}, ({targets}))", step.node)

    def value(self, step: Step) -> str:
        """What a step computes, in one line."""
        if step.call.kind == "operator":
            return f" {step.call.name} ".join(self.operands(step))
        function, arguments = self.called(step)
        return f"{function}({', '.join(arguments)})"

    def write_return(self) -> None:
        values = [self.names[outlet] for outlet in self.program.returned]
        if values:
            self.page.line(f"{BODY}return {', '.join(values)}", *self.program.results)
        elif not self.program.steps and not (self.probes and self.program.arguments):
            self.page.line(f"{BODY}pass")

    def operands(self, step: Step) -> list[str]:
        """What stands between the signs: the values of a port that takes several one by one."""
        return [
            operand
            for value in step.call.positional
            for operand in (self.arriving(step, value.port) if isinstance(value, In) else [self.argument(step, value)])
        ]

    def called(self, step: Step) -> tuple[str, list[str]]:
        """What a step calls, and with which arguments."""
        call = step.call
        positional: tuple[Argument, ...] = call.positional
        if call.kind == "module":
            ports = [port for port in step.ports if step.inputs.get(port.name)]
            positional = positional or tuple(In(port.name) for port in ports)
            arguments = [self.argument(step, value) for value in positional]
            return f"self.{step.node}", arguments + self.keywords(step, call.passed)
        arguments = [self.argument(step, value) for value in positional]
        arguments += self.keywords(step, call.named)
        if call.kind == "function":
            return call.name, arguments
        return f"{arguments[0]}.{call.name}", arguments[1:]

    def keywords(self, step: Step, named: Sequence[tuple[str, Argument]]) -> list[str]:
        return [f"{name}={self.argument(step, value)}" for name, value in named]

    def argument(self, step: Step, value: Argument) -> str:
        if isinstance(value, In):
            return self.incoming(step, value.port)
        if isinstance(value, Size):
            return f"{self.incoming(step, value.port)}.size({value.axis})"
        if isinstance(value, tuple):
            return tuple_text([self.argument(step, part) for part in value])
        return literal(value)

    def incoming(self, step: Step, port: str) -> str:
        names = self.arriving(step, port)
        if any(p.variadic for p in step.ports if p.name == port):
            return tuple_text(names)
        return names[0] if names else "None"

    def arriving(self, step: Step, port: str) -> list[str]:
        """The variables that come into a port."""
        return [self.names[source] for source in step.inputs.get(port, ())]


def _joined(members: Sequence[Member]) -> list[Member]:
    """The first of a chain counted with those after it, where they are the same."""
    if len(members) > 1:
        first, second = members[:2]
        if isinstance(second.count, int) and second.count + 1 >= FEW and second == replace(first, count=second.count):
            return [replace(first, count=second.count + 1), *members[2:]]
    return list(members)


def _count(count: int | Parameter, after: int) -> str:
    """How many there are; a parameter counts those before in the chain too."""
    if isinstance(count, int):
        return str(count)
    return f"{count.name} - {after}" if after else count.name


def _one_line(sentence: str) -> str:
    """A sentence that may hold anything a file says, made fit for a comment: it cannot end the line."""
    return "".join(character if character.isprintable() else " " for character in sentence)
