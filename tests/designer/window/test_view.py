"""Panels, themes, workspaces, status line, and why the Train button waits."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from designer.document import Document
from designer.theme import theme, tokens
from designer.theme.style import dress
from designer.window.bottom_wiring import PROBLEMS
from designer.window.design import DesignWorkspace
from designer.window.main_window import MainWindow
from designer.window.settings import remembered
from engine.graph import Inlet
from engine.graph.edits import disconnect, remove
from engine.project.file import save
from engine.project.starters import make_starter
from engine.text import text


def test_the_theme_changes_at_once_and_is_kept(design: MainWindow, qapp: object) -> None:
    dress(qapp)  # type: ignore[arg-type]
    design.commands["theme_light"].trigger()
    assert theme.tokens.name == "light"
    assert design.palette().window().color() == QColor(theme.tokens.window)
    assert remembered("theme", "") == "light"
    design.commands["theme_dark"].trigger()
    assert design.palette().window().color() == QColor(theme.tokens.window)
    assert [design.commands[f"theme_{name}"].isChecked() for name in ("dark", "light")] == [True, False]


@pytest.mark.parametrize("id", ["show_palette", "show_inspector", "show_code", "show_bottom"])
def test_panels_fold_away_and_come_back(design: MainWindow, id: str) -> None:
    parts = {
        "show_palette": design.design.palette_panel,
        "show_inspector": design.design.inspector,
        "show_code": design.design.code,
        "show_bottom": design.bottom.pages,
    }
    seen = parts[id].isVisible()
    design.commands[id].trigger()
    assert parts[id].isVisible() is not seen
    assert remembered(id, "") == ("no" if seen else "yes")
    design.commands[id].trigger()
    assert parts[id].isVisible() is seen


@pytest.mark.parametrize("width", [1024, 1440, 1920])
def test_the_canvas_has_six_tenths_of_the_width(window: MainWindow, qtbot: QtBot, width: int) -> None:
    window.spaces.show_space("design")
    window.resize(width, 900)
    window.design.restore(width)
    qtbot.waitUntil(lambda: window.design.canvas.width() >= 0.6 * width)


def test_the_sides_give_way_with_the_window_and_come_back(design: MainWindow, qtbot: QtBot) -> None:
    sides = design.design.sides
    design.resize(1440, 900)
    qtbot.waitUntil(lambda: sides.width() == 1440)
    design.design.restore(1440)
    before = sides.sizes()
    assert before[0] == 240
    design.resize(1024, 700)
    qtbot.waitUntil(lambda: design.width() == 1024 and design.design.canvas.width() >= 0.6 * 1024)
    design.commands["show_palette"].trigger()
    design.resize(1440, 900)
    qtbot.waitUntil(lambda: sides.width() == 1440)
    design.commands["show_palette"].trigger()
    qtbot.waitUntil(lambda: sides.sizes() == before)


def test_what_is_first_seen_at_another_width_has_its_sides(qtbot: QtBot, nothing_leaks: None) -> None:
    design = DesignWorkspace(Document())
    design.resize(800, 600)
    design.restore(800)
    design.resize(1440, 900)
    design.show()
    qtbot.waitUntil(lambda: design.sides.sizes() == [240, 898, 0, 300])
    design.close()
    shiboken6.delete(design)


def test_sides_that_a_person_has_widened_stay_so(design: MainWindow, qtbot: QtBot) -> None:
    sides = design.design.sides
    design.resize(1440, 900)
    qtbot.waitUntil(lambda: sides.width() == 1440)
    sides.moveSplitter(500, 1)
    wide = sides.sizes()
    design.resize(1500, 900)
    qtbot.waitUntil(lambda: sides.width() == 1500)
    assert sides.sizes()[0] == wide[0] and sides.sizes()[3] == wide[3]


def test_tabs_and_menu_and_stack_agree(design: MainWindow, qtbot: QtBot) -> None:
    tabs = design.top.tabs
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    assert design.spaces.current == "data"
    assert design.commands["data"].isChecked()
    assert not design.bottom.isVisible()
    design.commands["design"].trigger()
    assert design.spaces.currentWidget() is design.design
    assert tabs.currentIndex() == 0


def test_the_design_tab_leads_from_the_welcome_to_the_canvas(window: MainWindow, qtbot: QtBot) -> None:
    tabs = window.top.tabs
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
    assert window.spaces.current == "design"


def test_unsaved_changes_move_nothing_in_the_top_bar(design: MainWindow, qtbot: QtBot) -> None:
    def places() -> list[int]:
        QApplication.processEvents()
        return [widget.x() for widget in (top.undo, top.redo, top.tabs)]

    top, document = design.top, design.document
    before = places()
    document.edit(text("x"), remove(document.graph, {"conv1"}))
    assert "•" in top.project.text()
    assert places() == before
    document.undo_stack.undo()
    assert "•" not in top.project.text()
    assert places() == before


def test_a_fix_from_another_workspace_is_seen_on_the_canvas(window: MainWindow) -> None:
    assert window.spaces.current == "welcome"
    window.commands["fix_problem"].trigger()
    assert window.document.undo_stack.undoText() == "add input" and window.spaces.current == "design"


def test_the_status_line_tells_the_size(design: MainWindow) -> None:
    report = design.document.report
    assert design.status.figures.text().startswith(f"12 layers · {report.total.parameters:,} parameters · ")
    assert design.status.problems.text() == "no problems"


def test_train_waits_for_problems_and_says_which(design: MainWindow) -> None:
    graph = design.document.graph
    target = next(name for name, node in graph.nodes.items() if type(node.layer).about.id == "conv2d")
    design.document.edit(text("cut"), disconnect(graph, Inlet(target, "image")))
    assert not design.top.train.isEnabled()
    assert "First solve" in design.top.train.toolTip()
    assert not design.commands["train"].isEnabled()
    design.commands["undo"].trigger()
    assert design.top.train.isEnabled() is (design.document.project.data.source != "")


def test_train_waits_for_data_and_says_so(window: MainWindow) -> None:
    window.spaces.get("welcome").cards["empty"].click()  # type: ignore[attr-defined]
    assert not window.top.train.isEnabled()
    assert "empty" in window.top.train.toolTip()


def test_undo_says_what_it_undoes(design: MainWindow) -> None:
    name = next(iter(design.document.graph.nodes))
    design.document.edit(text("delete {node}", node=name), remove(design.document.graph, [name]))
    assert design.commands["undo"].text() == f"Undo delete {name}"
    assert f"Undo delete {name}" in design.top.undo.toolTip()
    design.commands["undo"].trigger()
    assert design.commands["redo"].text() == f"Redo delete {name}"
    assert not design.commands["undo"].isEnabled()


def test_undo_keys_in_a_field_undo_the_whole_typing(design: MainWindow, qtbot: QtBot) -> None:
    design.document.select(["conv1"])
    design.design.inspector.refresh()
    box = design.design.inspector.page.form.fields["out_channels"].findChild(QLineEdit)  # type: ignore[union-attr]
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    qtbot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(box, "128")
    assert design.document.graph.nodes["conv1"].layer.out_channels == 128  # type: ignore[attr-defined]
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert design.document.graph.nodes["conv1"].layer.out_channels == 32  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: box.text() == "32")
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: box.text() == "128")


def test_the_bottom_tab_counts_problems_and_a_click_folds_it(design: MainWindow, qtbot: QtBot) -> None:
    tabs = design.bottom.tabs
    design.document.edit(text("delete"), remove(design.document.graph, ["conv1"], heal=False))
    assert tabs.tabText(PROBLEMS) == f"Problems {len(design.document.report.problems)}"
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(PROBLEMS).center())
    assert design.bottom.is_folded


def test_the_drawing_is_not_deleted_from_another_workspace(design: MainWindow, qtbot: QtBot) -> None:
    design.document.select(["conv1"])
    assert design.commands["delete"].isEnabled()
    design.spaces.show_space("data")
    assert not design.commands["delete"].isEnabled()


def test_geometry_and_panels_are_kept(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(760, 700)
    kept = window.size()
    window.close()
    second = MainWindow()
    second.restore()
    assert second.size() == kept
    second.close()
    second.deleteLater()


def test_a_name_of_any_script_is_shown_whole_or_elided(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / ("手写数字识别网络" * 8 + ".loom")
    save(make_starter("mlp"), path)
    assert window.files.open(path)
    assert "…" in window.top.project.text()
    assert path.stem in window.top.project.toolTip()
    assert window.top.project.width() <= 64 * tokens.STEP


def test_a_message_in_the_status_line_stands_alone(design: MainWindow) -> None:
    status = design.status
    status.showMessage("A message")
    design.document.edit(text("delete"), remove(design.document.graph, ["flatten1"]))
    assert not status.problems.isVisible() and not status.figures.isVisible()
    status.clearMessage()
    assert status.problems.isVisible() and status.figures.isVisible()


def test_no_workspace_and_no_panel_makes_a_small_window_grow(design: MainWindow, qtbot: QtBot) -> None:
    design.resize(1024, 700)
    for id in ("data", "training", "trying", "exporting", "design", "show_runs", "show_log", "show_code", "gallery"):
        design.commands[id].trigger()
        for _ in range(3):
            QApplication.processEvents()
        least = design.minimumSizeHint()
        assert least.width() <= 1024 and least.height() <= 700, id
        assert design.size() == QSize(1024, 700), id


def test_more_contrast_is_as_the_system_has_it(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    hints = QGuiApplication.styleHints().accessibility()
    monkeypatch.setattr("designer.window.appearance._strong", lambda: True)
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.tokens is tokens.DARK_STRONG
    window.commands["theme_light"].trigger()
    assert theme.tokens is tokens.LIGHT_STRONG
    monkeypatch.setattr("designer.window.appearance._strong", lambda: False)
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert theme.tokens is tokens.LIGHT
