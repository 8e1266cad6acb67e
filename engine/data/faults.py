"""Why data cannot be used."""

from engine.text import Failure


class BadData(Failure):
    """Data that is missing, damaged or not what it should be; the sentence names the file."""


class BadImage(BadData):
    """An image that cannot be used."""
