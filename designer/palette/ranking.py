"""Finding things by what a person types: layers, commands and nodes alike; the best match first.

Every word of the query must be found. From best to worst: it is a name, begins one, begins a word of one, lies within
one; then what is forgiven: letters left out ("sva" for "Save as"), and one slip of the fingers ("cnov" for "conv").
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias, TypeVar

from engine.layers import About
from engine.text import tr

Fields: TypeAlias = Sequence[Sequence[str]]
Thing = TypeVar("Thing")

EXACT, BEGINS, WORD, WITHIN, SCATTERED, SLIP = range(6)
SLIPS_FROM = 4  # letters: a shorter word with a slip could be anything
PARTS = re.compile(r"[^\W_]+")
HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Match(NamedTuple):
    """How well something fits, smaller is better: its weakest word, all words together, the length of its name."""

    weakest: int
    together: int
    length: int
    how: int

    @property
    def sure(self) -> int:
        """0: this very name was typed; 1: a name or a word of one begins so; 2: it is found in some other way."""
        return 0 if self.how == EXACT else 1 if self.how <= WORD else 2


def best(query: str, things: Iterable[Thing], fields: Callable[[Thing], Fields]) -> list[tuple[Match, Thing]]:
    """The things that every word of the query finds, best first, equals in their order.

    `fields` are a thing's texts by falling weight: its names first.
    """
    found = [(matched, thing) for thing in things if (matched := match(query, fields(thing)))]
    return sorted(found, key=lambda entry: entry[0])


def match(query: str, fields: Fields) -> Match | None:
    """How well the query fits texts of falling weight; None where one of its words is in none of them."""
    words = plain(query).split()
    length = len(fields[0][0]) if fields and fields[0] else 0
    if not words:
        return Match(0, 0, length, WITHIN)
    ranks = [_rank(word, fields) for word in words]
    whole = _rank("".join(words), fields) if len(words) > 1 else None
    sound = [rank for rank in ranks if rank is not None]
    if len(sound) == len(ranks) and (whole is None or max(sound) < whole):
        return Match(max(sound), sum(sound), length, max(sound) // len(fields))
    return Match(whole, whole, length, whole // len(fields)) if whole is not None else None


def ranked(query: str, abouts: Iterable[About]) -> list[About]:
    """The layers that every word of the query finds, best first, of equals the shorter name; all for no words."""
    if not query.strip():
        return list(abouts)
    return [about for _, about in best(query, abouts, layer_fields)]


def layer_fields(about: About) -> Fields:
    """What is searched of a layer: names, search words, family, the sentence that says what it does."""
    names = (about.title, about.id, about.id.replace("_", ""))
    return (names, about.also, (about.family, tr(about.family)), (tr(about.summary),))


@lru_cache(maxsize=65536)
def plain(words: str) -> str:
    """As texts are compared: full-width letters and capitals are one with the others."""
    return unicodedata.normalize("NFKC", words).casefold()


@lru_cache(maxsize=65536)
def _parts(words: str) -> tuple[str, ...]:
    """The words of a text; MaxPool2d has two."""
    split = HUMPS.sub(" ", unicodedata.normalize("NFKC", words))
    return tuple(PARTS.findall(split.casefold()))


def _rank(word: str, fields: Fields) -> int | None:
    """The best way in which a word is found, of equally good ones that in the field of more weight."""
    ranks = (_how(word, text, place) for place, texts in enumerate(fields) for text in texts)
    return min((how * len(fields) + place for how, place in (r for r in ranks if r)), default=None)


def _how(word: str, text: str, place: int) -> tuple[int, int] | None:
    """How a word is found in a text. Only names, the first field, are forgiven faults."""
    whole = plain(text)
    if word in whole:
        return _found(word, whole, text), place
    if place:
        return None
    if _scattered(word, whole):
        return SCATTERED, place
    slips = len(word) >= SLIPS_FROM and any(_one_slip(word, part) for part in (whole, *_parts(text)))
    return (SLIP, place) if slips else None


def _found(word: str, whole: str, text: str) -> int:
    if word == whole:
        return EXACT
    if whole.startswith(word):
        return BEGINS
    return WORD if any(part.startswith(word) for part in _parts(text)) else WITHIN


def _scattered(word: str, whole: str) -> bool:
    """True where the letters come in this order, the first of them first."""
    letters = iter(whole)
    return whole[:1] == word[:1] and all(letter in letters for letter in word)


def _one_slip(typed: str, meant: str) -> bool:
    """True where the beginning of `meant` was typed with two letters swapped, or one wrong, left out or too many."""
    at = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), 0)
    if at == 0:
        return False
    here, there = typed[at:], meant[at:]
    swapped = here[:2] == there[1::-1] and there[2:].startswith(here[2:])
    return swapped or any(there[a:].startswith(here[b:]) for a, b in ((1, 1), (1, 0), (0, 1)))
