"""Finding layers by what a person types: title, id, search words of any language, family; best matches first."""

import unicodedata
from collections.abc import Callable, Iterable

from engine.layers import About
from engine.text import tr


def ranked(query: str, abouts: Iterable[About]) -> list[About]:
    """The layers that every word of the query finds, best first, of equals the shorter name; all for no words."""
    words = _plain(query).split()
    if not words:
        return list(abouts)
    found = [(rank, len(about.title), about) for about in abouts if (rank := _rank(words, about)) is not None]
    return [about for *_, about in sorted(found, key=lambda entry: entry[:2])]


def _rank(words: list[str], about: About) -> int | None:
    """How well a layer fits, 0 the best; None where a word does not find it. The weakest word counts."""
    fields = _fields(about)
    ranks = [_word_rank(word, fields) for word in words]
    if any(rank is None for rank in ranks):
        return None
    return max((rank for rank in ranks if rank is not None), default=0)


def _word_rank(word: str, fields: list[list[str]]) -> int | None:
    """Equal to a field, its beginning, or within it; fields of more weight first."""
    tests: tuple[Callable[[str], bool], ...] = (word.__eq__, lambda t: t.startswith(word), lambda t: word in t)
    for weight, test in enumerate(tests):
        for place, texts in enumerate(fields):
            if any(test(text) for text in texts):
                return weight * len(fields) + place
    return None


def _fields(about: About) -> list[list[str]]:
    """What is searched, of falling weight: names, search words, family, the sentence that says what it does."""
    names = [about.title, about.id, about.id.replace("_", "")]
    sentence = _plain(tr(about.summary)).split()
    families = [about.family, tr(about.family)]
    return [[_plain(text) for text in texts] for texts in (names, about.also, families)] + [sentence]


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()
