"""What a moved card comes to lie in line with."""

import pytest

from designer.order.snapping import Box, Guide, Snapper


def card(x: float, y: float, width: float = 184) -> Box:
    return x, y, x + width, y + 52


@pytest.mark.parametrize(("x", "away"), [(4, -4), (-5, 5), (20, None), (180, 4), (-187, 3)])
def test_an_edge_near_an_edge_is_pulled_onto_it(x: float, away: float | None) -> None:
    assert Snapper([card(0, 0)]).nearest(card(x, 300), 0, 6) == away


def test_middles_are_compared_with_middles() -> None:
    snapper = Snapper([card(0, 0, 300)])
    assert snapper.nearest(card(55, 200), 0, 6) == 3
    assert snapper.nearest(card(147, 200), 0, 6) is None


def test_a_card_between_two_comes_into_the_middle() -> None:
    snapper = Snapper([card(0, 0), card(700, 7)])
    assert snapper.nearest(card(347, 4), 0, 6) == pytest.approx(-5 + 8)


def test_a_card_beside_two_keeps_their_distance() -> None:
    snapper = Snapper([card(0, 0), card(250, 0)])
    assert snapper.nearest(card(497, 0), 0, 6) == 3
    rooms = [guide for guide in snapper.guides(card(500, 0)) if guide.room]
    assert [guide.length for guide in rooms] == [66, 66]


def test_guides_say_what_a_card_is_in_line_with_and_how_far_apart_they_are() -> None:
    assert Snapper([card(0, 0), card(0, -300)]).guides(card(0, 200)) == [Guide(92, 52, 92, 200, True)]
    assert Snapper([card(0, 0)]).guides(card(300, 0)) == [Guide(184, 26, 300, 26, True)]


def test_an_edge_in_line_with_a_card_of_another_width_is_shown_over_both() -> None:
    assert Snapper([card(0, 0, 300)]).guides(card(0, 200)) == [Guide(0, 0, 0, 252)]


def test_out_of_line_there_are_none() -> None:
    assert Snapper([card(0, 0)]).guides(card(30, 200)) == []
    assert Snapper([]).nearest(card(0, 0), 0, 6) is None
