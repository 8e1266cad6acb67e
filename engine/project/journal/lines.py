"""The lines of a journal: JSON after its length and checksum, so that a damaged line is known as such."""

import json
import zlib
from typing import Any, Final

DAMAGED: Final = object()
"""What a damaged line is read as."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


_encode_ascii = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


def line(value: Any, exact: bool = False) -> bytes:
    """A line. Raises ValueError where a number is not finite.

    Half a character becomes a question mark, since no file can keep it; with `exact` it is kept: a path may have such.
    """
    written = _encode(value)
    try:
        content = written.encode()
    except UnicodeEncodeError:
        content = _encode_ascii(value).encode() if exact else written.encode(errors="replace")
    return b"%x %08x %b\n" % (len(content), zlib.crc32(content), content)


def read_line(written: bytes) -> Any:
    """The value of a line without its end, or DAMAGED."""
    length, _, rest = written.partition(b" ")
    checksum, _, content = rest.partition(b" ")
    if length != b"%x" % len(content) or checksum != b"%08x" % zlib.crc32(content):
        return DAMAGED
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return DAMAGED
