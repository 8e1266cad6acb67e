"""Where things lie: what is found in a rectangle is what touches it, however things came and went."""

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.canvas.space import CELL, Box, Space

sides = st.floats(-3 * CELL, 3 * CELL)
lengths = st.sampled_from([10.0, 200.0, CELL, 5 * CELL, 80 * CELL])
boxes = st.builds(lambda x, y, width, height: (x, y, x + width, y + height), sides, sides, lengths, lengths)
new_boxes = st.lists(boxes, max_size=12)


def touching(known: dict[int, Box], box: Box) -> set[int]:
    left, top, right, bottom = box
    return {n for n, b in known.items() if b[0] < right and b[2] > left and b[1] < bottom and b[3] > top}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_what_is_found_is_what_is_there(data: st.DataObject) -> None:
    space, known, last = Space[int](), dict[int, Box](), 0
    for _ in range(data.draw(st.integers(1, 12))):
        deed = data.draw(st.sampled_from(["put", "move", "put_all", "join", "drop", "part_with", "sweep"]))
        one = data.draw(st.sampled_from(sorted(known))) if known else None
        if deed in ("put", "put_all", "join"):
            come = {last + n: box for n, box in enumerate(data.draw(new_boxes), 1)}
            last += len(come)
            known |= come
            other = Space[int]()
            if deed == "put":
                for thing, box in come.items():
                    space.put(thing, box)
            elif deed == "put_all":
                space.put_all(come)
            else:
                other.put_all(come)
                space.join(other)
        elif deed == "sweep":
            space.sweep(data.draw(st.integers(1, 5)))
        elif one is not None:
            if deed == "move":
                known[one] = data.draw(boxes)
                space.put(one, known[one])
            else:
                del known[one]
                getattr(space, deed)(one)
        asked = data.draw(boxes)
        assert set(space.within(asked)) == touching(known, asked)


def test_half_of_many_is_found_as_a_corner_is() -> None:
    space, rows = Space[int](), range(24)
    known = {24 * y + x: (CELL * x + 5, CELL * y + 5, CELL * x + 99, CELL * y + 99) for x in rows for y in rows}
    space.put_all(known)
    for share in (1, 4, 8, 12, 15, 20, 24):
        box = (50.0, -20.0, CELL * 24, CELL * share + 50)
        assert set(space.within(box)) == touching(known, box)


def test_what_is_gone_is_cleared_up_after() -> None:
    space = Space[str]()
    space.put_all({"card": (0, 0, 900, 40), "wide": (0, 0, 90 * CELL, 40), "stays": (0, 0, 20, 20)})
    for thing in ("card", "wide"):
        space.part_with(thing)
    assert space.littered and space.within((0, 0, 5000, 50)) == ["stays"]
    space.sweep(5)
    assert not space.littered and space.within((0, 0, 5000, 50)) == ["stays"]
    assert list(space._cells.values()) == [{"stays": None}] and not space._wide
