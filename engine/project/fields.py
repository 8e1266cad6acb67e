"""What reading a project's JSON shares: fields of the wrong kind become sentences."""

import json
from collections.abc import Mapping
from typing import Any

from engine.text import Text, text


def object_of(value: Any, where: Text, faults: list[Text]) -> Mapping[str, Any]:
    """The object, or a fault and an empty one."""
    if type(value) is dict:
        return value
    faults.append(text("{where} must be an object {{…}}; it is {value}.", where=where, value=shown(value)))
    return {}


def only(content: Mapping[str, Any], known: tuple[str, ...], where: Text, faults: list[Text]) -> None:
    """A fault for every field that is not among the known ones."""
    for field in content:
        if field not in known:
            faults.append(
                text(
                    "{where} has an unknown field “{field}”; known are {known}.",
                    where=where,
                    field=field[:80],
                    known=", ".join(known),
                )
            )


def expected(where: Text, what: Text, wanted: Text, value: Any) -> Text:
    """The sentence for a value of another kind than is wanted."""
    return text(
        "{where}: {what} must be {expected}; it is {value}.",
        where=where,
        what=what,
        expected=wanted,
        value=shown(value),
    )


def shown(value: Any) -> Text | str:
    """The value as it is written in the file, not too long."""
    if value is None:
        return text("missing")
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 60 else written[:59] + "…"


def is_number(value: Any) -> bool:
    """Whether it is a number that a float holds; true and false are none."""
    return type(value) is float or (type(value) is int and abs(value) < 2**53)
