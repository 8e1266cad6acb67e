"""What ARCHITECTURE.md lists for machines is what there is."""

import typing
from pathlib import Path

import msgspec
import pytest

from engine import messages
from engine.project.recipe import Optimizer, Recipe
from engine.project.settings import known_keys

TEXT = (Path(__file__).parents[2] / "ARCHITECTURE.md").read_text(encoding="utf-8")
EVENTS = typing.get_args(messages.EVENTS)


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
def test_every_field_of_an_event_is_listed(kind: type[msgspec.Struct]) -> None:
    row = next(line for line in TEXT.splitlines() if line.startswith(f"| `{kind.__struct_config__.tag}` |"))
    listed = row.split("|")[2]
    assert [f"`{name}`" for name in kind.__struct_fields__ if name != "job"] == listed.strip().split(", ")


@pytest.mark.parametrize("optimizer", typing.get_args(Optimizer), ids=lambda kind: kind.__name__)
def test_every_key_of_the_recipe_is_listed(optimizer: type[msgspec.Struct]) -> None:
    for key in known_keys(Recipe(optimizer=optimizer())):
        assert f"`{key}`" in TEXT
