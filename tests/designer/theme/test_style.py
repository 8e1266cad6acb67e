"""The stylesheet and the palette come from the tokens alone; icons follow the theme."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPalette
from pytestqt.qtbot import QtBot

from designer.theme import marks, theme
from designer.theme.icons import icon
from designer.theme.style import palette, sheet
from designer.theme.tokens import DARK, LIGHT, Tokens

THEMES = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)


@pytest.fixture(autouse=True)
def dark_again(qtbot: QtBot) -> Iterator[None]:
    yield
    theme.choose("dark")


@THEMES
def test_every_colour_of_the_stylesheet_is_a_token(tokens: Tokens) -> None:
    made = sheet(tokens)
    assert "$" not in made
    used = set(re.findall(r"#[0-9a-fA-F]{6}", made))
    assert used <= {value for value in tokens if isinstance(value, str)}
    assert len(used) > 10


def test_no_state_has_a_font_of_its_own() -> None:
    """Qt measures a button in the font that it has without its state: bold words of a default button were cut."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet(DARK))
    assert len(rules) > 50
    with_fonts = [selector.strip() for selector, looks in rules if "font-weight" in looks or "font-size" in looks]
    assert with_fonts and not [selector for selector in with_fonts if re.search(r"(?<!:):(?!:)", selector)]


@THEMES
def test_every_picture_of_the_stylesheet_is_there(tokens: Tokens) -> None:
    files = re.findall(r'url\("([^"]+)"\)', sheet(tokens))
    assert files
    assert [file for file in files if not Path(file).is_file()] == []


@THEMES
def test_pictures_lie_elsewhere_where_the_cache_cannot_be_written(
    tokens: Tokens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a full or read-only home the window did not start."""
    (tmp_path / "in the way").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "in the way"))
    test_every_picture_of_the_stylesheet_is_there(tokens)

    def nowhere(**_: object) -> str:
        raise OSError("no room anywhere")

    monkeypatch.setattr("tempfile.mkdtemp", nowhere)
    marks._spare.cache_clear()
    assert sheet(tokens)
    marks._spare.cache_clear()


@THEMES
def test_the_palette_greys_what_is_disabled(tokens: Tokens) -> None:
    made = palette(tokens)
    group, role = QPalette.ColorGroup, QPalette.ColorRole
    assert made.color(group.Active, role.WindowText) == QColor(tokens.text)
    assert made.color(group.Disabled, role.WindowText) == QColor(tokens.disabled)


def test_an_icon_is_painted_in_the_colour_of_the_theme_in_force() -> None:
    play = icon("play-fill", "accent")
    for tokens in (DARK, LIGHT):
        theme.choose(tokens.name)
        image: QImage = play.pixmap(QSize(32, 32)).toImage()
        assert image.pixelColor(12, 16) == QColor(tokens.accent)


def test_an_unknown_icon_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        icon("no-such-icon")
