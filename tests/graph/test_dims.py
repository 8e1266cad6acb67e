"""Sizes with free names: arithmetic on them is arithmetic on the numbers that they stand for."""

import operator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.graph import Dim, Poly, Spec, dim_at, free, spec

NAMES = ("N", "T", "K")

sizes = st.fixed_dictionaries({name: st.integers(1, 50) for name in NAMES})
leaves = st.one_of(st.integers(-9, 9), st.sampled_from(NAMES).map(free))


def combined(parts):
    return st.one_of(
        st.builds(operator.add, parts, parts),
        st.builds(operator.sub, parts, parts),
        st.builds(operator.mul, parts, parts),
        st.builds(operator.floordiv, parts, st.integers(1, 7)),
    )


dims = st.recursive(leaves, combined, max_leaves=8)


@pytest.mark.parametrize("sign", [operator.add, operator.sub, operator.mul])
@given(dims, dims, sizes)
def test_arithmetic_is_that_of_the_numbers(sign, a, b, at):
    assert dim_at(sign(a, b), at) == sign(dim_at(a, at), dim_at(b, at))


@given(dims, st.integers(1, 9), sizes)
def test_division_by_a_number_is_that_of_the_numbers(a, number, at):
    assert dim_at(a // number, at) == dim_at(a, at) // number


@given(dims, dims, sizes)
def test_division_by_a_free_size_is_that_of_the_numbers(a, b, at):
    if dim_at(b, at) and b != 0:
        assert dim_at(a // b, at) == dim_at(a, at) // dim_at(b, at)


@given(dims)
def test_negation_is_its_own_inverse(a):
    assert operator.neg(-a) == a and a + -a == 0


@given(dims, dims)
def test_sums_and_products_do_not_depend_on_the_order(a, b):
    assert a + b == b + a and a * b == b * a
    assert hash(a + b) == hash(b + a) and str(a * b) == str(b * a)


@given(dims, dims, dims)
def test_products_distribute_over_sums(a, b, c):
    assert a * (b + c) == a * b + a * c


@given(dims)
def test_a_constant_is_an_integer(a):
    assert isinstance(a, int) or any(atoms for atoms, _ in a.terms)


@given(dims)
def test_a_size_survives_json(a):
    value = Spec((a, 3))
    assert msgspec.json.decode(msgspec.json.encode(value), type=Spec) == value


@given(dims, st.integers(1, 9), sizes)
def test_what_divides_without_remainder_does_so_for_every_size(a, number, at):
    if isinstance(a, Poly) and a.divides_by(number):
        assert dim_at(a, at) % number == 0


@pytest.mark.parametrize(
    "size, words",
    [
        (free("N"), "N"),
        (2 * free("T") + 1, "2*T+1"),
        (free("T") - 1, "T-1"),
        (1 - free("T"), "-T+1"),
        (free("N") * free("T"), "N*T"),
        ((free("T") + 1) // 2, "((T+1)//2)"),
        ((free("T") + 1) // 2 // 3, "(((T+1)//2)//3)"),
        ((4 * free("T") + 2) // 2, "2*T+1"),
        (free("T") // free("T"), 1),
        (free("T") - free("T"), 0),
        (7 // free("T"), "(7//T)"),
    ],
)
def test_a_size_as_it_is_written(size: Dim, words):
    assert str(size) == str(words)


def test_a_shape_is_written_as_torchs_documentation_does():
    assert str(spec("N", 3, 32, 32)) == "(N, 3, 32, 32)"
    assert str(spec("N")) == "(N,)"
    assert str(Spec((free("N"), 2 * free("T") + 1))) == "(N, 2*T+1)"


def test_equal_sizes_are_equal_keys():
    assert {free("T") + 1: "found"}[1 + free("T")] == "found"
