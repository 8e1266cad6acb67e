"""Which drawn node PyTorch's exporter stumbled over, and what it says in one line."""

import re
from traceback import walk_tb

from torch.fx import Node

from engine.lower.paths import Ways

PRINTED_LINE = re.compile(r'File "<network [0-9a-f]+>", line (\d+)')
COLOUR = re.compile(r"\x1b\[\d*m")


def printed_lines(trace: str) -> list[int]:
    """The lines of the printed source in a stack trace, from the outermost call on."""
    return [int(number) for number in PRINTED_LINE.findall(trace)]


def raising_node(error: BaseException, ways: Ways) -> str:
    """The node on whose printed line an error was raised, or empty."""
    frames = walk_tb(error.__traceback__)
    return ways.at(number for frame, number in frames if frame.f_code.co_filename.startswith("<network "))


def blamed_node(error: BaseException, ways: Ways) -> str:
    """The node that could not be put into ONNX, or empty.

    The exporter's errors name operations after decomposition; the operation itself, which still knows its printed
    line, is found in the frames that were at work on it.
    """
    while error.__cause__ is not None:
        error = error.__cause__
    for frame, _ in reversed(list(walk_tb(error.__traceback__))):
        for value in frame.f_locals.values():
            lines = printed_lines(value.meta.get("stack_trace") or "") if isinstance(value, Node) else []
            if lines:
                return ways.at(lines)
    return ""


def first_line(error: BaseException) -> str:
    """The first line of what the first cause says."""
    while error.__cause__ is not None:
        error = error.__cause__
    lines = [line.strip() for line in COLOUR.sub("", str(error)).splitlines() if line.strip()]
    return lines[0][:300] if lines else type(error).__name__
