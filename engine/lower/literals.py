"""Values as Python writes them. Nothing else is ever printed as a value."""

import math
from collections.abc import Sequence

from engine.layers.call import Argument


def literal(value: Argument) -> str:
    """The value as Python writes it. Raises TypeError for what is no literal."""
    if isinstance(value, tuple):
        return tuple_text([literal(part) for part in value])
    if isinstance(value, str) and value.isprintable() and not {'"', "\\"} & set(value):
        return f'"{value}"'
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if value is None or isinstance(value, bool | int | float | str):
        return repr(value)
    raise TypeError(f"{value!r} is no literal")


def tuple_text(parts: Sequence[str]) -> str:
    """ "(a, b)", and "(a,)" for one."""
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"
