"""Refusing data that would not fit into this machine's memory, before it is read."""

from engine.data.faults import BadData
from engine.memory import bytes_text, free_memory
from engine.text import text


def need_room(size: int, name: str) -> None:
    """Raises BadData where the bytes that a source would take are more than are free."""
    if size > (free := free_memory()):
        raise BadData(
            text(
                "{file} would take {size} of memory; {free} are free. Use smaller images or fewer of them.",
                file=name,
                size=bytes_text(size),
                free=bytes_text(free),
            )
        )
