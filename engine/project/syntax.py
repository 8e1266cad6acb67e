"""From text to JSON values, refusing what JSON readers usually let pass: duplicate keys, NaN, excess depth and size.

The text is parsed at full speed; only where something is wrong is it walked a second time, to find the line.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

from engine.project.faults import Duplicated, NotFinite, NotJson, NotText, TooDeep, TooLarge, Truncated
from engine.text import text

LARGEST = 64 * 1024 * 1024
DEEPEST = 100
_MOST_DIGITS = 20
_BEYOND = 2**63

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\]:,"]+', re.DOTALL)
_COLON = re.compile(r"\s*:")
_LONE = re.compile(r"\\u[dD][89a-fA-F]")


class _Twice(Exception):
    """A key is there twice."""


class _Infinite(Exception):
    """A number is not finite."""


class _Token(NamedTuple):
    """A string, bracket or word of the text; `key`: it names a member of the object that opened at `home`."""

    word: str
    line: int
    depth: int
    home: int
    key: bool


def parse(content: str, name: str) -> Any:
    """The JSON value in a text. Raises a BadFile that names the line."""
    check_size(len(content), name)
    try:
        value = _decoder.decode(content.removeprefix("\ufeff"))
    except RecursionError:
        _refuse_depth(content, name)
    except _Twice:
        _refuse_duplicate(content, name)
    except _Infinite as number:
        _refuse_number(content, str(number), name)
    except json.JSONDecodeError as error:
        raise _not_json(content, error, name) from error
    if _too_deep(value):
        _refuse_depth(content, name)
    if _LONE.search(content) or not content.isascii():
        _refuse_surrogates(value, name)
    return value


def check_size(size: int, name: str) -> None:
    """Raises TooLarge."""
    if size > LARGEST:
        sentence = text(
            "{file} has {size} MB; a project has at most {limit} MB. Is it another kind of file?",
            file=name,
            size=size // 2**20,
            limit=LARGEST // 2**20,
        )
        raise TooLarge(sentence)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


def _float(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise _Infinite(word)
    return number


def _int(word: str) -> int:
    if len(word) > _MOST_DIGITS or not -_BEYOND <= (number := int(word)) < _BEYOND:
        raise _Infinite(word)
    return number


def _constant(word: str) -> NoReturn:
    raise _Infinite(word)


_decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_float=_float, parse_int=_int, parse_constant=_constant)


def _too_deep(value: Any) -> bool:
    """Level by level: whether brackets lie within brackets more often than they may."""
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [one for one in level if type(one) is dict or type(one) is list]
        if not level:
            return False
        level = [inner for one in level for inner in (one.values() if type(one) is dict else one)]
    return True


def _not_json(content: str, error: json.JSONDecodeError, name: str) -> NotJson:
    cut = error.pos >= len(content.rstrip()) or error.msg.startswith("Unterminated string")
    if not content.strip():
        return Truncated(text("{file} is empty; a project file was expected.", file=name))
    if cut:
        return Truncated(
            text(
                "{file} is cut off: it ends at line {line}, before its last bracket is closed. "
                "Take an older copy of it, or have it sent again.",
                file=name,
                line=content.count("\n", 0, len(content.rstrip())) + 1,
            )
        )
    return NotJson(
        text(
            "{file} is not a project file: line {line}, column {column} is not JSON ({what}).",
            file=name,
            line=error.lineno,
            column=error.colno,
            what=error.msg[:1].lower() + error.msg[1:],
        )
    )


def _refuse_depth(content: str, name: str) -> NoReturn:
    line = next((token.line for token in _tokens(content) if token.depth > DEEPEST), 1)
    raise TooDeep(
        text(
            "{file}, line {line}: brackets lie deeper within each other than {limit}, which no project needs.",
            file=name,
            line=line,
            limit=DEEPEST,
        )
    )


def _refuse_duplicate(content: str, name: str) -> NoReturn:
    seen: set[tuple[int, str]] = set()
    for token in _tokens(content):
        key = (token.home, json.loads(token.word, strict=False)) if token.key else (0, "")
        if key in seen:
            raise Duplicated(
                text(
                    "{file}, line {line}: the name “{key}” is there twice in one place. Give one of the two another "
                    "name, or take it out.",
                    file=name,
                    line=token.line,
                    key=key[1][:80],
                )
            )
        if token.key:
            seen.add(key)
    raise Duplicated(text("{file} has a name twice in one place.", file=name))


def _refuse_number(content: str, number: str, name: str) -> NoReturn:
    line = next((token.line for token in _tokens(content) if token.word == number), 1)
    raise NotFinite(
        text(
            "{file}, line {line}: {number} is not a number that a project can hold. Write a finite one.",
            file=name,
            line=line,
            number=number if len(number) <= 24 else number[:23] + "…",
        )
    )


def _refuse_surrogates(value: Any, name: str) -> None:
    """Half of a two-part character can be written in JSON, but in no file."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise NotText(text("{file} holds half a character, which is no text.", file=name)) from error


def _tokens(content: str) -> Iterator[_Token]:
    opened: list[int] = []
    line, counted = 1, 0
    for match in _TOKEN.finditer(content):
        word, start = match.group(), match.start()
        line, counted = line + content.count("\n", counted, start), start
        if word in "{[":
            opened.append(start)
        key = word[0] == '"' and _COLON.match(content, match.end()) is not None
        yield _Token(word, line, len(opened), opened[-1] if opened else -1, key)
        if word in "}]" and opened:
            opened.pop()
