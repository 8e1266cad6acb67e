"""Sentences for a person: a message with named values, put into the user's language where it is shown."""

import gettext
from collections.abc import Callable
from typing import TypeAlias

import msgspec

from engine.assets import assets_folder

Value: TypeAlias = "str | int | float | Text"

TRANSLATIONS = assets_folder() / "translations"


class Text(msgspec.Struct, frozen=True, cache_hash=True):
    """A sentence in English with `{named}` places, and what goes into them.

    The English sentence is the id under which translations are found.
    """

    message: str
    values: "tuple[tuple[str, Value], ...]" = ()

    def __str__(self) -> str:
        return say(self)


class Failure(Exception):
    """Something a person must be told: what was expected, what came, where, and what to do.

    Every error that may reach a person is one of these (or a subclass). `text` is the sentence.
    """

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.text = sentence

    def __str__(self) -> str:
        return say(self.text)


def text(message: str, **values: Value) -> Text:
    """A sentence to be shown later, maybe in another process: `text("{node} is missing", node="conv1")`."""
    return Text(message, tuple(sorted(values.items())))


def say(sentence: Text) -> str:
    """The sentence in the language chosen by `speak`, its values filled in, integers grouped by thousands."""
    translated = _translate(sentence.message) if sentence.message else ""  # gettext keeps its header under ""
    return translated.format_map({name: _spoken(value) for name, value in sentence.values})


def tr(message: str, **values: Value) -> str:
    """`say(text(...))` in one call, for what is shown at once (window labels, command line)."""
    return say(text(message, **values))


def speak(language: str | Callable[[str], str]) -> None:
    """Chooses the language ("en", "zh_CN") or, for tests, any function from English to what is shown."""
    global _translate
    if callable(language):
        _translate = language
    else:
        _translate = gettext.translation("tensorloom", TRANSLATIONS, languages=[language], fallback=True).gettext


def _spoken(value: Value) -> str:
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.6g}"
    return value


def _same(message: str) -> str:
    return message


_translate: Callable[[str], str] = _same
