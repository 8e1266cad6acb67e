"""Reading and stepping numbers as people write them."""

import pytest

from designer.inspector.figures import bytes_text, flops_text
from designer.inspector.numbers import NotANumber, number_text, read_number, step


@pytest.mark.parametrize(
    ("words", "whole", "number"),
    [("64", True, 64), ("1,024", True, 1024), ("1e3", True, 1000), (" 3e-4 ", False, 3e-4), ("−2", True, -2)],
)
def test_numbers_are_read_as_they_are_written(words: str, whole: bool, number: float) -> None:
    assert read_number(words, whole) == number


@pytest.mark.parametrize(("words", "whole"), [("", True), ("a", False), ("1.5", True), ("1e400x", False), ("٫", True)])
def test_what_is_no_number_is_refused(words: str, whole: bool) -> None:
    with pytest.raises(NotANumber):
        read_number(words, whole)


@pytest.mark.parametrize("number", [0.001, 1e-8, 1.0, 0.0, 123456.0, 5, 2**63 - 1])
def test_a_shown_number_is_read_back_the_same(number: float) -> None:
    assert read_number(number_text(number), isinstance(number, int)) == number


@pytest.mark.parametrize(
    ("number", "steps", "after"),
    [(0.001, 1, 0.002), (0.001, -1, 0.0009), (0.9, 1, 1.0), (1e-8, 2, 3e-8), (0.0, 1, 0.01), (0.3, -1, 0.2)],
)
def test_a_step_changes_the_leading_digit(number: float, steps: int, after: float) -> None:
    assert step(number, steps, whole=False) == pytest.approx(after, rel=1e-9)


def test_figures_have_units() -> None:
    assert flops_text(5_583_104) == "5.6 MFLOPs"
    assert flops_text(12) == "12 FLOPs"
    assert bytes_text(4 * 93_322) == "0.4 MB"
    assert bytes_text(312) == "312 bytes"
