"""A program as the Python that a PyTorch user would have written. Only validated names and literals are printed."""

import keyword
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from engine.graph import Outlet
from engine.layers.call import Argument, In, Size
from engine.lower.program import Program, Step
from engine.lower.variables import name_values
from engine.text import Failure, say, text

WIDTH = 100
INDENT = "    "
IMPORTS = {
    "torch": "import torch",
    "math": "import math",
    "nn": "from torch import nn",
    "F": "from torch.nn import functional as F",
}


class Source(msgspec.Struct, frozen=True):
    """Printed Python. `lines` maps each node to the 1-based numbers of the lines that it became."""

    text: str
    lines: Mapping[str, tuple[int, ...]]
    class_name: str = "Network"
    probes: bool = False


def print_program(program: Program, class_name: str = "Network", probes: bool = False) -> Source:
    """The source of a class of this name; raises Failure where it cannot be a class's name.

    `probes`: the constructor takes a callable, and each node's value is what `probe(node, value)` gives for it.
    A node with several outputs gives the probe all of them, as the torch call does.
    """
    if not class_name.isidentifier() or keyword.iskeyword(class_name) or class_name in IMPORTS:
        raise Failure(text("“{name}” cannot be the name of a class in Python.", name=class_name))
    page = _Page(program, name_values(program), probes)
    page.write_imports()
    page.line(f"class {class_name}(nn.Module):")
    page.write_constructor()
    page.write_forward()
    return Source("\n".join(page.text) + "\n", page.lines(), class_name, probes)


class _Page:
    """The lines written so far, and which node each belongs to."""

    def __init__(self, program: Program, names: Mapping[Outlet, str], probes: bool) -> None:
        self.program = program
        self.names = names
        self.probes = probes
        self.text: list[str] = []
        self.owners: defaultdict[str, list[int]] = defaultdict(list)

    def lines(self) -> dict[str, tuple[int, ...]]:
        return {node: tuple(numbers) for node, numbers in self.owners.items()}

    def line(self, line: str, *nodes: str) -> None:
        self.text.append(line)
        for node in nodes:
            self.owners[node].append(len(self.text))

    def statement(self, head: str, arguments: Sequence[str], tail: str, *nodes: str) -> None:
        """`head(arguments)tail`, in one line; where that is too long, as ruff would break it."""
        self.broken(f"{head}({', '.join(arguments)}){tail}", head, arguments, ", ", ",", tail, *nodes)

    def sum(self, head: str, parts: Sequence[str], sign: str, *nodes: str) -> None:
        """`head a + b`, in brackets where it takes several lines."""
        later = [f"{sign} {part}" for part in parts[1:]]
        self.broken(f"{head}{f' {sign} '.join(parts)}", head, [parts[0], *later], " ", "", "", *nodes)

    def broken(
        self, whole: str, head: str, parts: Sequence[str], between: str, end: str, tail: str, *nodes: str
    ) -> None:
        if len(whole) <= WIDTH or not parts:
            return self.line(whole, *nodes)
        outer = head[: len(head) - len(head.lstrip())]
        inner = outer + INDENT
        together = inner + between.join(parts)
        lines = [together] if len(together) <= WIDTH else [f"{inner}{part}{end}" for part in parts]
        for line in (f"{head}(", *lines, f"{outer}){tail}"):
            self.line(line, *nodes)
        return None

    def write_imports(self) -> None:
        roots = {step.call.name.split(".")[0] for step in self.program.steps} | {"nn"}
        plain = [IMPORTS[root] for root in ("math", "torch") if root in roots]
        for line in (*plain, *(IMPORTS[root] for root in ("nn", "F") if root in roots), "", ""):
            self.line(line)

    def write_constructor(self) -> None:
        if not self.program.modules and not self.probes:
            return
        self.line(f"    def __init__(self{', probe' if self.probes else ''}):")
        self.line("        super().__init__()")
        if self.probes:
            self.line("        self.probe = probe")
        for step in self.program.modules:
            named = [f"{name}={_literal(value)}" for name, value in step.call.named]
            self.statement(f"        self.{step.node} = {step.call.name}", named, "", step.node)
        self.line("")

    def write_forward(self) -> None:
        names = [self.names[Outlet(name, "output")] for name in self.program.arguments]
        self.statement("    def forward", ["self", *names], ":", *self.program.arguments)
        for name in self.program.arguments if self.probes else ():
            variable = self.names[Outlet(name, "output")]
            self.line(f"        {variable} = self.probe({_literal(name)}, {variable})", name)
        for step in self.program.steps:
            self.write_step(step)
        for node, reason in self.program.left_out:
            self.line(f"        # {_one_line(say(reason))}", node)
        self.write_return()

    def write_step(self, step: Step) -> None:
        targets = ", ".join(self.names[Outlet(step.node, port)] for port in step.outputs)
        if self.probes:
            self.line(f"        {targets} = self.probe({_literal(step.node)}, {self.value(step)})", step.node)
        elif step.call.kind == "operator":
            self.sum(f"        {targets} = ", self.operands(step), step.call.name, step.node)
        else:
            function, arguments = self.called(step)
            self.statement(f"        {targets} = {function}", arguments, "", step.node)

    def value(self, step: Step) -> str:
        """What a step computes, in one line."""
        if step.call.kind == "operator":
            return f" {step.call.name} ".join(self.operands(step))
        function, arguments = self.called(step)
        return f"{function}({', '.join(arguments)})"

    def write_return(self) -> None:
        values = [self.names[outlet] for outlet in self.program.returned]
        if values:
            self.line(f"        return {', '.join(values)}", *self.program.results)
        elif not self.program.steps and not (self.probes and self.program.arguments):
            self.line("        pass")

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
            return _tuple([self.argument(step, part) for part in value])
        return _literal(value)

    def incoming(self, step: Step, port: str) -> str:
        names = self.arriving(step, port)
        if any(p.variadic for p in step.ports if p.name == port):
            return _tuple(names)
        return names[0] if names else "None"

    def arriving(self, step: Step, port: str) -> list[str]:
        """The variables that come into a port."""
        return [self.names[source] for source in step.inputs.get(port, ())]


def _literal(value: Argument) -> str:
    if isinstance(value, tuple):
        return _tuple([_literal(part) for part in value])
    if isinstance(value, str) and value.isprintable() and not {'"', "\\"} & set(value):
        return f'"{value}"'
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if value is None or isinstance(value, bool | int | float | str):
        return repr(value)
    raise TypeError(f"{value!r} is no literal")


def _tuple(parts: Sequence[str]) -> str:
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _one_line(sentence: str) -> str:
    """A sentence that may hold anything a file says, made fit for a comment: it cannot end the line."""
    return "".join(character if character.isprintable() else " " for character in sentence)
