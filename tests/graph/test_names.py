"""Names of nodes: what Python, PyTorch and every file system can carry."""

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from engine.graph import free_name, name_fault
from engine.graph.names import LONGEST, MODULE_ATTRIBUTES, FreeNames

HOSTILE = [
    "class",
    "None",
    "train",
    "forward",
    "ﬁ",
    "ｎｎ",
    "self",
    "torch",
    "nn",
    "__init__",
    "_hidden",
    "",
    " ",
    "a b",
    "1st",
    "conv-1",
    "conv.1",
    "a\n",
    "x = 1",
    "x); import os; (",
    "__import__('os').system('ls')",
    "a" * (LONGEST + 1),
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_refused_with_a_sentence(name):
    fault = name_fault(name)
    assert fault is not None and str(fault).endswith(".")


@pytest.mark.parametrize("name", ["conv1", "卷积", "größe", "β", "Encoder_2", "x", "a" * LONGEST, "print", "match"])
def test_a_name_of_any_script_is_taken(name):
    assert name_fault(name) is None


@pytest.mark.parametrize("name", keyword.kwlist)
def test_no_keyword_is_a_name(name):
    assert name_fault(name) is not None


def test_whatever_a_module_has_is_no_name():
    public = {name for name in dir(nn.Module()) if not name.startswith("_")}
    assert public <= MODULE_ATTRIBUTES
    assert all(name_fault(name) for name in dir(nn.Module()))


@given(st.text(max_size=12))
def test_every_name_that_is_taken_can_be_a_submodule(name):
    if name_fault(name) is None:
        module = nn.Module()
        exec(compile(f"self.{name} = relu", "", "exec"), {"self": module, "relu": nn.ReLU()})
        assert dict(module.named_children()).keys() == {name}


@given(st.sampled_from(["conv", "conv1", "conv12", "卷积", "n1o2", "7"]), st.sets(st.integers(1, 30)))
def test_a_free_name_is_the_next_that_nobody_has(stem, numbers):
    base = stem.rstrip("0123456789") or "node"
    first = int(stem.removeprefix(base) or 1) if stem.startswith(base) else 1
    expected = next(number for number in range(first, 99) if number not in numbers)
    assert free_name(stem, {f"{base}{number}" for number in numbers}) == f"{base}{expected}"


@given(st.sampled_from(["a" * LONGEST, "a" * (LONGEST - 1) + "9"]), st.integers(0, 12))
def test_a_free_name_is_never_too_long(stem, copies):
    taken = {stem}
    for _ in range(copies):
        name = free_name(stem, taken)
        assert name not in taken and name_fault(name) is None
        taken.add(name)


@given(
    st.sets(st.sampled_from(["a", "a1", "a2", "a3", "a7", "b1", "node1", "7", "x" * LONGEST])),
    st.lists(st.sampled_from(["a", "a1", "a2", "a3", "a8", "b", "b1", "7", "x" * LONGEST]), max_size=30),
)
def test_many_free_names_are_those_that_one_finds_one_by_one(taken, wanted):
    free, known = FreeNames(taken), set(taken)
    for name in wanted:
        expected = free_name(name, known) if name in known else name
        assert free.give(name) == expected
        known.add(expected)
