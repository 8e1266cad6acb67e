"""Places turned from one flow to the other: what lay after something still does, and the way back leads back."""

from hypothesis import given
from hypothesis import strategies as st

from engine.graph import Place
from engine.graph.flow import COLUMN, GRID, ROW, along, beside, place_at, turned

NUMBERS = st.integers(-40, 40)
ROWS = st.dictionaries(st.sampled_from("abcdef"), st.tuples(NUMBERS, NUMBERS))


@given(ROWS)
def test_rows_become_columns_and_the_way_back_leads_back(rows: dict[str, tuple[int, int]]) -> None:
    places = {name: Place(column * COLUMN["down"], row * ROW["down"]) for name, (column, row) in rows.items()}
    there = turned(places, "down", "right")
    assert there == {name: Place(row * ROW["right"], column * COLUMN["right"]) for name, (column, row) in rows.items()}
    assert turned(there, "right", "down") == places
    assert turned(places, "down", "down") is places


@given(st.dictionaries(st.sampled_from("abcdef"), st.builds(Place, st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))))
def test_what_lies_further_along_the_flow_still_does(places: dict[str, Place]) -> None:
    there = turned(places, "down", "right")
    for one, place in places.items():
        assert there[one].x % GRID == there[one].y % GRID == 0
        for other in places:
            if places[other].y > place.y:
                assert there[other].x >= there[one].x
            if places[other].x > place.x:
                assert there[other].y >= there[one].y


@given(NUMBERS, NUMBERS, st.sampled_from(["down", "right"]))
def test_a_place_is_so_far_along_and_beside(far: int, aside: int, flow: str) -> None:
    place = place_at(flow, far, aside)  # type: ignore[arg-type]
    assert (along(flow, place), beside(flow, place)) == (far, aside)  # type: ignore[arg-type]
