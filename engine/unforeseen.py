"""What a person is told of an error that nobody foresaw; its traceback belongs into the log. No torch."""

from engine.text import Text, text


def unforeseen(error: Exception) -> Text:
    """A sentence for an error that is no Failure."""
    return text(
        "Something unexpected went wrong ({kind}: {reason}). The log has the details; please report it.",
        kind=type(error).__name__,
        reason=first_line(error),
    )


def first_line(error: BaseException) -> str:
    """What an error says, short enough for a sentence."""
    lines = (line.strip() for line in str(error).splitlines())
    return next((line[:300] for line in lines if line), type(error).__name__)
