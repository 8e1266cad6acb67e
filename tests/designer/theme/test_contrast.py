"""Both themes can be read: contrast of text and of family colours, computed from the tokens (WCAG 2.1)."""

import pytest

from designer.theme.tokens import DARK, DARK_STRONG, LIGHT, LIGHT_STRONG, Tokens

THEMES = pytest.mark.parametrize("tokens", [DARK, LIGHT, DARK_STRONG, LIGHT_STRONG], ids=lambda tokens: tokens.name)
STRONG = pytest.mark.parametrize("tokens", [DARK_STRONG, LIGHT_STRONG], ids=lambda tokens: tokens.name)
SURFACES = ("window", "canvas", "card", "raised")


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@THEMES
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("words", ["text", "secondary", "accent", "problem", "warning", "good"])
def test_text_is_read_on_every_surface(tokens: Tokens, surface: str, words: str) -> None:
    assert contrast(getattr(tokens, words), getattr(tokens, surface)) >= 4.5


@THEMES
@pytest.mark.parametrize("surface", ["hover", "raised"])
def test_text_is_read_under_the_mouse(tokens: Tokens, surface: str) -> None:
    assert contrast(tokens.text, getattr(tokens, surface)) >= 4.5
    assert contrast(tokens.secondary, getattr(tokens, surface)) >= 4.5


@THEMES
def test_text_on_the_accent_is_read(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.on_accent, tokens.focus) >= 4.5


@THEMES
@pytest.mark.parametrize("surface", ["canvas", "card", "window"])
def test_families_and_curves_and_focus_are_seen(tokens: Tokens, surface: str) -> None:
    for name, colour in {**tokens.families, "training": tokens.training, "focus": tokens.focus}.items():
        assert contrast(colour, getattr(tokens, surface)) >= 3, name
    assert contrast(tokens.validation, getattr(tokens, surface)) >= 3


def test_both_themes_know_the_same_families() -> None:
    assert DARK.families.keys() == LIGHT.families.keys()


@STRONG
@pytest.mark.parametrize("surface", SURFACES)
def test_words_and_lines_stand_out_where_more_contrast_is_asked_for(tokens: Tokens, surface: str) -> None:
    for words in ("text", "secondary", "accent", "problem", "warning", "good"):
        assert contrast(getattr(tokens, words), getattr(tokens, surface)) >= 7, words
    for line in ("border", "focus", "disabled"):
        assert contrast(getattr(tokens, line), getattr(tokens, surface)) >= 4.5, line
