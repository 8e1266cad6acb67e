"""Ways of wires: no card is crossed where a free way exists, and wires of different values keep apart."""

import itertools
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.order.router import Router
from designer.order.ways import TURN, Box, Look, Station, around, is_clear, stations
from engine.graph import Inlet, Outlet, Wire

WIDTH, HEIGHT = 184.0, 52.0


def card(column: float, row: float) -> Box:
    return column, row, column + WIDTH, row + HEIGHT


def below(box: Box) -> Station:
    return box[0] + WIDTH / 2, box[3]


def above(box: Box, share: float = 0.5) -> Station:
    return box[0] + WIDTH * share, box[1]


def look_at(cards: list[Box]) -> Look:
    return lambda box: [c for c in cards if c[0] < box[2] and c[2] > box[0] and c[1] < box[3] and c[3] > box[1]]


def points(way: list[Station]) -> list[Station]:
    """Points along a way, as it is painted."""
    found, turn = [], TURN
    for (x, y), (to, below) in itertools.pairwise(way):
        middle = (y + below) / 2
        handles = [y + turn, below + turn] if y == below and x != to else [middle, middle]
        turn = -turn if y == below and x != to else turn
        for t in (step / 24 for step in range(25)):
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            found.append(((a + b) * x + (c + d) * to, a * y + b * handles[0] + c * handles[1] + d * below))
    return found


def crossed(way: list[Station], cards: list[Box]) -> list[Box]:
    return [c for c in cards if any(c[0] < x < c[2] and c[1] < y < c[3] for x, y in points(way))]


@st.composite
def drawings(draw: st.DrawFn) -> list[Box]:
    """Cards that leave as much room as hands leave: none nearer than half a row to another."""
    spots = draw(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=25, unique=True))
    cards: list[Box] = []
    for column, row in spots:
        new = card(column * 24.0, row * 24.0)
        if not look_at(cards)((new[0] - 30, new[1] - 48, new[2] + 30, new[3] + 48)):
            cards.append(new)
    return cards


@settings(deadline=None, max_examples=150)
@given(drawings(), st.data())
def test_no_way_crosses_a_card(cards: list[Box], data: st.DataObject) -> None:
    one, two = data.draw(st.sampled_from(cards)), data.draw(st.sampled_from(cards))
    start, end = below(one), above(two)
    runs = None if is_clear(start, end, look_at(cards), (one, two)) else around(start, end, look_at(cards), (one, two))
    if runs:
        way = stations(runs, start, end)
        assert way[0] == start and way[-1] == end
        assert crossed(way, cards) == []


def test_a_way_is_found_for_nearly_all_wires_of_random_drawings() -> None:
    """Of every pair of cards in a lattice with gaps: the few without a way are level with each other."""
    cards = [card(240.0 * (n % 5) + 24 * (n % 3), 96.0 * (n // 5)) for n in range(30) if n % 7]
    counts: Counter[str] = Counter()
    for one in cards:
        for two in cards:
            start, end = below(one), above(two)
            if one is two or is_clear(start, end, look_at(cards), (one, two)):
                continue
            counts["found" if around(start, end, look_at(cards), (one, two)) else "none"] += 1
    assert counts["found"] > 300
    assert counts["none"] < 0.02 * counts["found"]


def test_a_skip_goes_past_the_cards_between() -> None:
    column = [card(0, 96.0 * row) for row in range(6)]
    start, end = below(column[0]), above(column[5])
    assert not is_clear(start, end, look_at(column), (column[0], column[5]))
    runs = around(start, end, look_at(column), (column[0], column[5]))
    assert runs is not None and len(runs) == 3
    assert not 0 <= runs[1].x <= WIDTH


def test_a_way_leans_to_the_side_of_its_port() -> None:
    column = [card(0, 96.0 * row) for row in range(4)]
    start, end = below(column[0]), above(column[3])
    for lean in (-24.0, 24.0):
        runs = around(start, end, look_at(column), (column[0], column[3]), lean)
        assert runs is not None and (runs[1].x < 0) == (lean < 0)


def test_a_wire_that_goes_up_goes_around_its_own_cards() -> None:
    cards = [card(0, 0), card(0, 192)]
    start, end = below(cards[1]), above(cards[0])
    assert not is_clear(start, end, look_at(cards), cards)
    runs = around(start, end, look_at(cards), cards)
    assert runs is not None
    assert crossed(stations(runs, start, end), cards) == []


def test_there_is_no_way_out_of_a_port_that_a_card_covers() -> None:
    cards = [card(0, 0), card(20, 30), card(0, 300)]
    assert around(below(cards[0]), above(cards[2]), look_at(cards), (cards[0], cards[2])) is None


def test_wires_of_different_values_run_on_lanes_of_their_own() -> None:
    column = [card(0, 96.0 * row) for row in range(8)]
    router = Router()
    lanes = {}
    for first, last in ((0, 6), (1, 7), (0, 7)):
        wire = Wire(Outlet(f"n{first}", "output"), Inlet(f"n{last}", "value"))
        own = (column[first], column[last])
        way = router.way(wire, below(column[first]), above(column[last]), look_at(column), own, 1)
        assert way is not None
        lanes[first, last] = way[1][0]
    assert lanes[0, 6] == lanes[0, 7], "the same value shares a lane"
    assert abs(lanes[1, 7] - lanes[0, 6]) >= 8


def test_a_forgotten_wire_leaves_its_lane() -> None:
    column = [card(0, 96.0 * row) for row in range(8)]
    router = Router()

    def lane(source: str) -> float:
        wire = Wire(Outlet(source, "output"), Inlet("n6", "value"))
        way = router.way(wire, below(column[0]), above(column[6]), look_at(column), (column[0], column[6]))
        assert way is not None
        return way[1][0]

    first = lane("a")
    router.forget(Wire(Outlet("a", "output"), Inlet("n6", "value")))
    assert lane("b") == first
    assert lane("b") == first, "asked again, it stays"
