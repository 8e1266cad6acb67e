"""The layered layout: no card covers another, everything flows one way, and the order of the sheet does not matter."""

import random
import subprocess
import sys

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arranging import Boxes, Card, Line, Sheet, box, effort, places_of, settled
from engine.arranging.work import read_places
from engine.graph import Place

PLAIN = Card(184, 52)


@st.composite
def sheets(draw: st.DrawFn, circles: bool = False) -> Sheet:
    """Cards of several widths with wires between them, forward ones alone unless asked for others."""
    count = draw(st.integers(1, 14))
    widths = draw(st.lists(st.sampled_from((184, 184, 230, 412)), min_size=count, max_size=count))
    pairs = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=24))
    pairs = [(a, b) if a < b or circles else (b, a) for a, b in pairs if a != b]
    ends = draw(st.lists(st.sampled_from((0.25, 0.5, 0.75)), min_size=len(pairs), max_size=len(pairs)))
    lines = tuple(Line(f"n{a}", f"n{b}", end) for (a, b), end in zip(pairs, ends, strict=True))
    flow = draw(st.sampled_from(("down", "right")))
    return Sheet({f"n{i}": Card(width, 52) for i, width in enumerate(widths)}, lines, flow)


def overlaps(sheet: Sheet, places: dict[str, Place]) -> list[tuple[str, str]]:
    boxes = {name: box(place, sheet.cards[name]) for name, place in places.items()}
    names = sorted(boxes)
    return [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if boxes[a].covers(boxes[b])]


@settings(deadline=None, max_examples=60)
@given(sheets(circles=True))
def test_no_card_covers_another(sheet: Sheet) -> None:
    places = places_of(sheet)
    assert places.keys() == sheet.cards.keys()
    assert overlaps(sheet, places) == []


@settings(deadline=None, max_examples=60)
@given(sheets())
def test_every_wire_goes_with_the_flow(sheet: Sheet) -> None:
    places = places_of(sheet)
    for line in sheet.lines:
        a, b = box(places[line.source], sheet.cards[line.source]), box(places[line.target], sheet.cards[line.target])
        assert a.bottom < b.top if sheet.flow == "down" else a.right < b.left


@settings(deadline=None, max_examples=30)
@given(sheets(circles=True), st.randoms(use_true_random=False))
def test_the_order_of_the_sheet_does_not_matter(sheet: Sheet, chance: random.Random) -> None:
    cards, lines = list(sheet.cards.items()), list(sheet.lines)
    chance.shuffle(cards)
    chance.shuffle(lines)
    assert places_of(Sheet(dict(cards), tuple(lines), sheet.flow)) == places_of(sheet)


@settings(deadline=None, max_examples=60)
@given(sheets(), st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40)), max_size=8))
def test_what_is_laid_out_settles_clear_of_all_other_cards(sheet: Sheet, at: list[tuple[int, int]]) -> None:
    others = {f"o{i}": box(Place(x * 24, y * 24), PLAIN) for i, (x, y) in enumerate(at)}
    before = places_of(sheet)
    places = settled(before, sheet.cards, others)
    near = Boxes(others.values())
    assert not any(near.touch(box(place, sheet.cards[name]), 0) for name, place in places.items())
    assert len({(place.x - before[name].x, place.y - before[name].y) for name, place in places.items()}) <= 1


def test_a_chain_is_a_column_of_rows() -> None:
    chain = Sheet({"a": PLAIN, "b": PLAIN, "c": PLAIN}, (Line("a", "b"), Line("b", "c")))
    assert places_of(chain) == {"a": Place(0, 0), "b": Place(0, 96), "c": Place(0, 192)}


def test_a_chain_flows_to_the_right_where_asked() -> None:
    chain = Sheet({"a": PLAIN, "b": PLAIN}, (Line("a", "b"),), "right")
    assert places_of(chain) == {"a": Place(0, 0), "b": Place(264, 0)}


def test_the_main_path_of_residual_blocks_stays_straight() -> None:
    """Forty blocks, each with a wire past its two layers: one column, as a person would draw it."""
    lines, last = [], "start"
    for block in range(40):
        one, two, add = f"conv{block}a", f"conv{block}b", f"add{block}"
        lines += [Line(last, one), Line(one, two), Line(two, add, 0.25), Line(last, add, 0.5)]
        last = add
    places = places_of(Sheet({end: PLAIN for line in lines for end in (line.source, line.target)}, tuple(lines)))
    assert len({place.x for place in places.values()}) == 1


def test_branches_lie_in_the_order_of_the_ports_that_they_go_into() -> None:
    names = ("zeta", "alpha", "mid", "beta")
    lines = [Line("stem", name) for name in names]
    lines += [Line(name, "join", (place + 1) / 6) for place, name in enumerate(names)]
    places = places_of(Sheet(dict.fromkeys((*names, "stem", "join"), PLAIN), tuple(lines)))
    assert sorted(names, key=lambda name: places[name].x) == list(names)


def test_parts_without_a_wire_between_them_lie_side_by_side() -> None:
    lines = (Line("a1", "a2"), Line("a2", "a3"), Line("b1", "b2"))
    places = places_of(Sheet({end: PLAIN for line in lines for end in (line.source, line.target)}, lines))
    assert places["a1"].y == places["b1"].y
    assert {places[name].x for name in ("a1", "a2", "a3")}.isdisjoint({places[name].x for name in ("b1", "b2")})


def test_an_empty_sheet_has_no_places() -> None:
    assert places_of(Sheet({})) == {}


def test_a_wire_from_nowhere_does_not_count() -> None:
    sheet = Sheet({"a": PLAIN}, (Line("gone", "a"), Line("a", "gone")))
    assert places_of(sheet) == {"a": Place(0, 0)}
    assert effort(sheet) == 1


def test_a_process_of_its_own_gives_the_same_places() -> None:
    sheet = Sheet({"a": PLAIN, "b": PLAIN}, (Line("a", "b"),))
    command = [sys.executable, "-m", "engine.arranging.work"]
    done = subprocess.run(command, input=msgspec.json.encode(sheet), capture_output=True, check=True)
    assert read_places(done.stdout) == places_of(sheet)
