"""The table of keys: defaults, changes, conflicts, and what a broken settings file does to it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.keyboard.keymap import Keymap, usable, written
from designer.window.commands import COMMANDS, plain

DEFAULTS = {"save": ["Ctrl+S"], "train": ["F5"], "add": ["Tab", "/"]}


@pytest.fixture
def table() -> Keymap:
    return Keymap(DEFAULTS)


def test_a_key_calls_its_command(table: Keymap) -> None:
    assert table.command("F5") == "train"
    assert table.command("/") == "add"
    assert table.command("F6") == ""


def test_a_key_given_to_another_command_leaves_the_one_that_had_it(table: Keymap) -> None:
    table.give("save", ["Ctrl+S", "/"])
    assert table.keys("save") == ("Ctrl+S", "/")
    assert table.keys("add") == ("Tab",)
    assert table.command("/") == "save"


def test_reset_gives_the_first_keys_back(table: Keymap) -> None:
    table.give("save", ["F5"])
    table.reset("train")
    assert (table.keys("train"), table.keys("save")) == (("F5",), ())
    table.reset_all()
    assert table.keys("save") == ("Ctrl+S",)
    assert table.dumps() == "{}"


def test_only_changes_are_written(table: Keymap) -> None:
    table.give("save", ["ctrl+shift+s"])
    assert json.loads(table.dumps()) == {"save": ["Ctrl+Shift+S"]}
    table.give("save", ["Ctrl+S"])
    assert table.dumps() == "{}"


def test_what_was_written_is_read(table: Keymap) -> None:
    table.give("save", ["F5"])
    table.give("add", [])
    other = Keymap(DEFAULTS)
    other.loads(table.dumps())
    assert all(other.keys(id) == table.keys(id) for id in DEFAULTS)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '{"save": 3}',
        '{"save": [3, null, {}]}',
        '{"gone": ["F9"]}',
        '{"save": ["Esc"]}',
        '{"save": ["Ctrl+K, Ctrl+S"]}',
        '{"save": ["no key"]}',
        "[" * 100_000,
    ],
)
def test_a_broken_text_breaks_nothing(table: Keymap, words: str) -> None:
    table.loads(words)
    assert table.keys("train") == ("F5",)
    assert table.command("F5") == "train"


def test_a_key_that_two_commands_claim_goes_to_one(table: Keymap) -> None:
    table.loads('{"save": ["F9"], "add": ["F9"]}')
    assert [id for id in DEFAULTS if "F9" in table.keys(id)] == [table.command("F9")]


def test_what_the_person_chose_goes_before_a_default(table: Keymap) -> None:
    table.loads('{"save": ["F5"]}')
    assert table.command("F5") == "save"
    assert table.keys("train") == ()


KEYS = st.sampled_from(["F5", "Ctrl+S", "Tab", "/", "A", "Shift+Up", "Ctrl+Alt+P"])


@given(st.lists(st.tuples(st.sampled_from(sorted(DEFAULTS)), st.lists(KEYS, max_size=3)), max_size=12))
def test_no_key_ever_calls_two_commands(steps: list[tuple[str, list[str]]]) -> None:
    table = Keymap(DEFAULTS)
    for id, keys in steps:
        table.give(id, keys)
    had = [key for id in DEFAULTS for key in table.keys(id)]
    assert len(had) == len(set(had))
    again = Keymap(DEFAULTS)
    again.loads(table.dumps())
    assert {id: again.keys(id) for id in DEFAULTS} == {id: table.keys(id) for id in DEFAULTS}


@given(
    st.text(max_size=60) | st.recursive(st.none() | st.text() | st.integers(), st.lists, max_leaves=5).map(json.dumps)
)
def test_any_text_is_read_without_a_fault(words: str) -> None:
    Keymap(DEFAULTS).loads(words)


@pytest.mark.parametrize("keys", ["Ctrl+S", "F5", "/", "Tab", "Shift+Up", "Alt+Left"])
def test_what_a_command_may_have(keys: str) -> None:
    assert usable(keys) and written(keys) == keys


@pytest.mark.parametrize("keys", ["", "Esc", "Space", "Ctrl+K, Ctrl+S", "no key"])
def test_what_no_command_may_have(keys: str) -> None:
    assert not usable(keys)


def test_plain_keys_are_those_that_type_or_edit() -> None:
    assert all(map(plain, ["C", "/", "Tab", "Del", "Shift+Up", "Home"]))
    assert not any(map(plain, ["Ctrl+C", "F5", "Shift+F5", "Alt+Up", "Meta+K"]))


def test_every_first_key_is_usable() -> None:
    assert [key for command in COMMANDS.values() for key in command.keys.split() if not usable(key)] == []
