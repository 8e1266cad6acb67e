"""The View menu: workspaces, panels that fold away, theme, full screen."""

from functools import partial
from typing import get_args

from PySide6.QtWidgets import QWidget

from designer.window.appearance import Appearance, Choice
from designer.window.main_window import MainWindow
from designer.window.settings import remember, remembered
from designer.window.top_bar import WORKSPACES

WITH_BOTTOM = ("design", "training")


def wire_spaces(window: MainWindow) -> None:
    """Connects tabs, menu and stack of workspaces; the welcome is seen first."""
    spaces, commands = window.spaces, window.commands
    for id in WORKSPACES:
        commands.on(id, partial(spaces.show_space, id))
    window.top.chosen.connect(spaces.show_space)
    commands.on("export", lambda: spaces.show_space("exporting"))
    commands.on("welcome", lambda: spaces.show_space("welcome"))
    commands.on("new", lambda: spaces.show_space("welcome"))
    spaces.shown.connect(lambda id: _show_space(window, id))
    spaces.show_space("welcome")


def wire_view(window: MainWindow, appearance: Appearance) -> None:
    """Connects the panels' switches, the choice of theme and full screen."""
    design, commands = window.design, window.commands
    _fold(window, "show_palette", design.left, True)
    _fold(window, "show_inspector", design.inspector_side, True)
    _fold(window, "show_code", design.code_side, False)
    _wire_bottom_fold(window)
    commands.on_check("show_menus", lambda shown: _show_menus(window, shown))
    _show_menus(window, remembered("show_menus", "yes") == "yes")
    for choice in get_args(Choice):
        commands.on(f"theme_{choice}", partial(appearance.choose, choice))
    appearance.setParent(window)  # it holds the window, and goes with it
    appearance.chosen.connect(lambda _: _show_choice(window, appearance))
    _show_choice(window, appearance)
    commands.on_check("full_screen", lambda full: window.showFullScreen() if full else window.showNormal())


def _show_space(window: MainWindow, id: str) -> None:
    for other in WORKSPACES:
        window.commands[other].setChecked(other == id)
    window.top.show_workspace(id)
    window.bottom.setVisible(id in WITH_BOTTOM)


def _fold(window: MainWindow, id: str, panel: QWidget, shown: bool) -> None:
    """A command that shows a panel or folds it away; which of both is remembered."""
    design, command = window.design, window.commands[id]

    def show(wanted: bool) -> None:
        design.show_panel(panel, wanted)
        command.setChecked(wanted)
        remember(id, "yes" if wanted else "no")

    window.commands.on_check(id, show)
    wanted = remembered(id, "yes" if shown else "no") == "yes"
    panel.setVisible(wanted)
    command.setChecked(wanted)


def _wire_bottom_fold(window: MainWindow) -> None:
    bottom, command = window.bottom, window.commands["show_bottom"]

    def folded(away: bool) -> None:
        command.setChecked(not away)
        remember("show_bottom", "no" if away else "yes")

    bottom.folded.connect(folded)
    window.commands.on_check("show_bottom", lambda shown: bottom.fold(not shown))
    bottom.fold(remembered("show_bottom", "yes") == "no")
    command.setChecked(not bottom.is_folded)


def _show_menus(window: MainWindow, shown: bool) -> None:
    """The menus are in a bar, or behind the button at the left of the top bar."""
    window.menuBar().setVisible(shown)
    window.top.menus.setVisible(not shown)
    window.commands["show_menus"].setChecked(shown)
    remember("show_menus", "yes" if shown else "no")


def _show_choice(window: MainWindow, appearance: Appearance) -> None:
    for choice in get_args(Choice):
        window.commands[f"theme_{choice}"].setChecked(choice == appearance.choice)
