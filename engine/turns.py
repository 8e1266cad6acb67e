"""Work beside a window: threads take turns of 5 ms in Python, which a frame would feel, so others are let pass."""

import threading
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

THINGS_A_TURN = 50
PAUSE_SECONDS = 0.0005

Thing = TypeVar("Thing")


def turns(things: Iterable[Thing]) -> Iterator[Thing]:
    """The same things; on another thread than the program's first, all others are let pass every 50 of them."""
    beside = threading.current_thread() is not threading.main_thread()
    for count, thing in enumerate(things, 1):
        yield thing
        if beside and count % THINGS_A_TURN == 0:
            time.sleep(PAUSE_SECONDS)
