"""Cards in line and at equal distances."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.order.aligning import SHARES, Edge, aligned, distributed
from engine.arranging import Card
from engine.graph import Place

WIDTHS = st.sampled_from((184.0, 230.0, 412.0))
PLACES = st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900), WIDTHS), min_size=2, max_size=8)


def drawn(rows: list[tuple[int, int, float]]) -> tuple[dict[str, Place], dict[str, Card]]:
    places = {f"n{number}": Place(x, y) for number, (x, y, _) in enumerate(rows)}
    return places, {f"n{number}": Card(width, 52) for number, (_, _, width) in enumerate(rows)}


@given(PLACES, st.sampled_from(sorted(SHARES)))
def test_one_edge_of_all_lies_on_a_line_and_the_other_axis_stays(
    rows: list[tuple[int, int, float]], edge: Edge
) -> None:
    places, cards = drawn(rows)
    axis, share = SHARES[edge]
    after = aligned(places, cards, edge)
    size = {name: (card.width, card.height)[axis] for name, card in cards.items()}
    lines = [place[axis] + share * size[name] for name, place in after.items()]
    assert max(lines) - min(lines) < 1e-6
    assert all(after[name][1 - axis] == place[1 - axis] for name, place in places.items())


@pytest.mark.parametrize(("edge", "expected"), [("left", 0), ("centre", 108), ("right", 216), ("top", 0)])
def test_the_line_is_that_of_the_outermost_or_the_middle(edge: Edge, expected: float) -> None:
    places, cards = drawn([(0, 0, 184.0), (216, 96, 184.0)])
    assert aligned(places, cards, edge)["n0"][SHARES[edge][0]] == expected


@given(PLACES, st.sampled_from(("across", "down")))
def test_the_rooms_are_equal_and_the_outermost_stay(rows: list[tuple[int, int, float]], along: str) -> None:
    places, cards = drawn(rows)
    axis = 0 if along == "across" else 1
    after = distributed(places, cards, along)  # type: ignore[arg-type]
    size = {name: (card.width, card.height)[axis] for name, card in cards.items()}
    order = sorted(places, key=lambda name: (places[name][axis] + size[name] / 2, name))
    rooms = [after[b][axis] - after[a][axis] - size[a] for a, b in pairwise(order)]
    assert max(rooms) - min(rooms) < 1e-6
    for name in (order[0], order[-1]):
        assert after[name] == pytest.approx(places[name])
