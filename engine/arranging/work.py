"""The layout in a process of its own: a sheet comes in on stdin, the places go out on stdout, both JSON.

It holds no lock of the window's process, and can be killed at any moment.
"""

import sys

import msgspec

from engine.arranging.layered import places_of
from engine.arranging.sheet import Sheet
from engine.graph.graph import Place


def main() -> int:
    """Lays out one sheet."""
    sheet = msgspec.json.decode(sys.stdin.buffer.read(), type=Sheet)
    sys.stdout.buffer.write(msgspec.json.encode(places_of(sheet)))
    return 0


def read_places(data: bytes) -> dict[str, Place]:
    """What `main` wrote. Raises msgspec.DecodeError."""
    return msgspec.json.decode(data, type=dict[str, Place])


if __name__ == "__main__":
    sys.exit(main())
