"""Unsaved work in words: when it was edited, how much of it there is, what differs from its file."""

import time

from PySide6.QtCore import QDateTime, QLocale

from engine.project.journal.offers import Offer, summary
from engine.project.journal.shelf import DAMAGED, DISCARDED
from engine.text import say, tr

MINUTE, HOUR, DAY = 60, 3600, 86_400


def name_words(offer: Offer) -> str:
    """What the project is called."""
    path = offer.found.path
    return path.stem if path else offer.found.head.title or tr("untitled")


def place_words(offer: Offer) -> str:
    """Where its file lies."""
    return str(offer.found.path) if offer.found.path else tr("never saved to a file")


def time_words(moment: float, now: float | None = None) -> str:
    """A moment, seen from now and by the clock: "12 minutes ago (21/11/2026 11:32)"."""
    if not moment:
        return tr("at an unknown time")
    when = QDateTime.fromSecsSinceEpoch(int(moment))
    clock = QLocale.system().toString(when, QLocale.FormatType.ShortFormat)
    return tr("{ago} ({clock})", ago=_ago((time.time() if now is None else now) - moment), clock=clock)


def size_words(offer: Offer) -> str:
    """How large it is, and what of it is not in the file."""
    count = offer.layers
    words = [tr("1 layer") if count == 1 else tr("{count} layers", count=count)]
    if offer.file is not None:
        words.append(tr("against the file: {what}", what=", ".join(say(word) for word in summary(offer))))
    return " · ".join(words)


def warnings(offer: Offer) -> list[str]:
    """What a person should know before taking it."""
    file = offer.found.path.name if offer.found.path else ""
    said = {
        "changed": tr(
            "{file} was changed on disk since. Recovered work is shown on top of what it holds now.", file=file
        ),
        "gone": tr("{file} is no longer there. Saving writes it anew.", file=file),
        "later": tr(
            "{file} was saved by a later version of Tensorloom since. Recovered work is shown as a new project.",
            file=file,
        ),
        "unreadable": tr("{file} cannot be read now. Saving puts the recovered work in its place.", file=file),
    }
    words = [said[offer.on_disk]] if offer.on_disk in said else []
    words += [say(damage) for damage in offer.found.damage]
    if offer.shelf == DISCARDED:
        words.append(tr("Discarded; kept for 30 days."))
    if offer.shelf == DAMAGED:
        words.append(tr("The damaged journal is kept in {folder}.", folder=str(offer.found.folder)))
    return words


def _ago(seconds: float) -> str:
    if seconds < MINUTE:
        return tr("just now")
    if seconds < HOUR:
        count = int(seconds // MINUTE)
        return tr("a minute ago") if count == 1 else tr("{count} minutes ago", count=count)
    if seconds < DAY:
        count = int(seconds // HOUR)
        return tr("an hour ago") if count == 1 else tr("{count} hours ago", count=count)
    count = int(seconds // DAY)
    return tr("yesterday") if count == 1 else tr("{count} days ago", count=count)
