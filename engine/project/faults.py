"""Why a project file could not be opened or saved."""

from collections.abc import Sequence
from functools import reduce

from engine.text import Failure, Text, text

MOST = 40


class BadFile(Failure):
    """A project file that cannot be opened."""


class NotOpened(BadFile):
    """The file system does not give the file out."""


class NotText(BadFile):
    """The file is not UTF-8 text."""


class NotJson(BadFile):
    """The text is not JSON."""


class Truncated(NotJson):
    """The text ends before its JSON does."""


class TooLarge(BadFile):
    """The file is larger than any project."""


class TooDeep(BadFile):
    """Brackets within brackets, deeper than any project."""


class Duplicated(BadFile):
    """A name is there twice in one object, so that one of the two would be lost."""


class NotFinite(BadFile):
    """NaN, an infinity, or a number too large for a computer."""


class OtherVersion(BadFile):
    """The file is not of a version that can be read here."""


class LaterVersion(OtherVersion):
    """The file was written by a version that is to come."""


class WrongContent(BadFile):
    """Sound JSON that is no project: `faults` are all that is wrong with it."""

    def __init__(self, name: str, faults: Sequence[Text]) -> None:
        super().__init__(text("{file} cannot be opened. {faults}", file=name, faults=listed(faults)))
        self.faults = tuple(faults)


class NotSaved(Failure):
    """The file could not be written; what was there before is whole."""


def listed(sentences: Sequence[Text]) -> Text:
    """Several sentences as one, a line each; of very many the first ones and how many more there are."""
    if len(sentences) == 1:
        return sentences[0]
    shown = list(sentences[:MOST])
    if more := len(sentences) - len(shown):
        shown.append(text("… and {count} more.", count=more))
    first, *rest = shown
    return reduce(lambda some, one: text("{some}\n- {one}", some=some, one=one), rest, text("\n- {one}", one=first))
