"""Which drawn node PyTorch's exporter stumbled over, and what it says in one line."""

import re
from collections.abc import Mapping
from traceback import walk_tb
from typing import TypeAlias

from torch.fx import Node

Lines: TypeAlias = Mapping[str, tuple[int, ...]]

PRINTED_LINE = re.compile(r'File "<network [0-9a-f]+>", line (\d+)')
COLOUR = re.compile(r"\x1b\[\d*m")


def node_at(lines: Lines, number: int) -> str:
    """The node that the printed line belongs to; empty where there is none."""
    return next((node for node, numbers in lines.items() if number in numbers), "")


def raising_node(error: BaseException, lines: Lines) -> str:
    """The node on whose printed line an error was raised, or empty."""
    for frame, number in walk_tb(error.__traceback__):
        if frame.f_code.co_filename.startswith("<network "):
            return node_at(lines, number)
    return ""


def blamed_node(error: BaseException, lines: Lines) -> str:
    """The node that could not be put into ONNX, or empty.

    The exporter's errors name operations after decomposition; the operation itself, which still knows its printed
    line, is found in the frames that were at work on it.
    """
    while error.__cause__ is not None:
        error = error.__cause__
    for frame, _ in reversed(list(walk_tb(error.__traceback__))):
        for value in frame.f_locals.values():
            line = PRINTED_LINE.search(value.meta.get("stack_trace") or "") if isinstance(value, Node) else None
            if line:
                return node_at(lines, int(line[1]))
    return ""


def first_line(error: BaseException) -> str:
    """The first line of what the first cause says."""
    while error.__cause__ is not None:
        error = error.__cause__
    lines = [line.strip() for line in COLOUR.sub("", str(error)).splitlines() if line.strip()]
    return lines[0][:300] if lines else type(error).__name__
