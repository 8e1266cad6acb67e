"""Sizes of dimensions: integers, or polynomials in named free sizes such as the batch `N`."""

import math
from collections.abc import Mapping
from typing import TypeAlias

import msgspec

Atom: TypeAlias = "str | Quotient"
Monomial: TypeAlias = tuple[Atom, ...]


class Poly(msgspec.Struct, frozen=True, cache_hash=True):
    """A polynomial with integer coefficients; `terms` maps sorted atoms to a coefficient, in sorted order.

    An atom is a free size's name, or a division that leaves a remainder. Never a constant: arithmetic that ends in a
    constant gives an `int`.
    """

    terms: "tuple[tuple[tuple[str | Quotient, ...], int], ...]"

    def __add__(self, other: "Dim") -> "Dim":
        total = dict(self.terms)
        for atoms, factor in _terms(other):
            total[atoms] = total.get(atoms, 0) + factor
        return _dim(total)

    __radd__ = __add__

    def __neg__(self) -> "Dim":
        return self * -1

    def __sub__(self, other: "Dim") -> "Dim":
        return self + -1 * other

    def __rsub__(self, other: "Dim") -> "Dim":
        return -1 * self + other

    def __mul__(self, other: "Dim") -> "Dim":
        total: dict[Monomial, int] = {}
        for ours, factor in self.terms:
            for theirs, times in _terms(other):
                atoms = tuple(sorted(ours + theirs, key=str))
                total[atoms] = total.get(atoms, 0) + factor * times
        return _dim(total)

    __rmul__ = __mul__

    def __floordiv__(self, other: "Dim") -> "Dim":
        if isinstance(other, int) and self.divides_by(other):
            return _dim({atoms: factor // other for atoms, factor in self.terms})
        if self == other:
            return 1
        return Poly((((Quotient(self, other),), 1),))

    def __rfloordiv__(self, other: int) -> "Dim":
        return Poly((((Quotient(other, self),), 1),)) if other else 0

    def divides_by(self, number: int) -> bool:
        """Whether the number divides it without remainder, whatever the free sizes."""
        return all(factor % number == 0 for _, factor in self.terms)

    def at(self, sizes: Mapping[str, int]) -> int:
        """Its value where the free sizes have these; one that is not named counts as 1."""
        return sum(factor * math.prod(_at(atom, sizes) for atom in atoms) for atoms, factor in self.terms)

    def __str__(self) -> str:
        parts = [_term_text(atoms, factor) for atoms, factor in reversed(self.terms)]
        return "+".join(parts).replace("+-", "-")


class Quotient(msgspec.Struct, frozen=True, cache_hash=True):
    """A division rounded down that is known only when data comes."""

    dividend: "int | Poly"
    divisor: "int | Poly"

    def __str__(self) -> str:
        above, below = (_bracketed(dim) for dim in (self.dividend, self.divisor))
        return f"({above}//{below})"


Dim: TypeAlias = int | Poly


def free(name: str) -> Poly:
    """A size that is known only when data comes, called by its name."""
    return Poly((((name,), 1),))


def dim_at(dim: Dim, sizes: Mapping[str, int]) -> int:
    """The size where the free sizes have these; one that is not named counts as 1."""
    return dim.at(sizes) if isinstance(dim, Poly) else dim


def _at(atom: Atom, sizes: Mapping[str, int]) -> int:
    if isinstance(atom, Quotient):
        return dim_at(atom.dividend, sizes) // dim_at(atom.divisor, sizes)
    return sizes.get(atom, 1)


def _terms(dim: Dim) -> tuple[tuple[Monomial, int], ...]:
    return dim.terms if isinstance(dim, Poly) else (((), dim),)


def _dim(total: dict[Monomial, int]) -> Dim:
    terms = tuple(sorted(((a, factor) for a, factor in total.items() if factor), key=_order))
    if not terms:
        return 0
    if len(terms) == 1 and not terms[0][0]:
        return terms[0][1]
    return Poly(terms)


def _order(term: tuple[Monomial, int]) -> tuple[str, ...]:
    return tuple(str(atom) for atom in term[0])


def _term_text(atoms: Monomial, factor: int) -> str:
    if not atoms:
        return str(factor)
    product = "*".join(str(atom) for atom in atoms)
    return product if factor == 1 else f"-{product}" if factor == -1 else f"{factor}*{product}"


def _bracketed(dim: Dim) -> str:
    single = isinstance(dim, int) or (len(dim.terms) == 1 and dim.terms[0][1] == 1 and len(dim.terms[0][0]) == 1)
    return str(dim) if single else f"({dim})"
