"""The gallery in the window: the ways to it and back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from designer.gallery.wiring import open_gallery
from designer.window.main_window import MainWindow


@pytest.mark.parametrize("space", ["welcome", "design", "data"])
def test_escape_leads_back_to_where_one_came_from(design: MainWindow, space: str) -> None:
    design.spaces.show_space(space)
    for _ in range(2):
        gallery = open_gallery(design)
        assert design.spaces.current == "gallery"
        QTest.keyClick(gallery.search, Qt.Key.Key_Escape)
        assert design.spaces.current == space
