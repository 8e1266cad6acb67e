"""The menu bar, and the same menus behind the ☰ button."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QMenuBar

from designer.aside import Aside, Task
from designer.window.commands import BREAK, MENUS, Actions, Command
from designer.window.settings import forget_files, look_for_files, recent_files
from engine.text import Text, say, tr


def fill_menus(bar: QMenuBar | QMenu, actions: Actions, open_file: Callable[[Path], object]) -> None:
    """Adds a menu for each group of commands."""
    for title, commands in MENUS.items():
        words = say(title) if isinstance(bar, QMenuBar) else say(title).replace("&", "")
        menu = bar.addMenu(words)
        menu.setToolTipsVisible(True)
        for command in commands:
            if command is BREAK:
                menu.addSeparator()
                continue
            _menu_of(menu, command).addAction(actions[command.id])
            if command.id == "recent":
                menu.addMenu(recent_menu(menu, open_file))


def _menu_of(menu: QMenu, command: Command) -> QMenu:
    """The menu that a command stands in: this one, or one within it, made for the first of its commands."""
    if command.under is None:
        return menu
    name = command.under.message
    return menu.findChild(QMenu, name, Qt.FindChildOption.FindDirectChildrenOnly) or _inner(menu, name, command.under)


def _inner(menu: QMenu, name: str, title: Text) -> QMenu:
    inner = menu.addMenu(say(title))
    inner.setObjectName(name)
    return inner


def fill_project_menu(menu: QMenu, actions: Actions, open_file: Callable[[Path], object]) -> None:
    """The menu behind the project's name: what concerns its file."""
    for id in ("new", "open"):
        menu.addAction(actions[id])
    menu.addMenu(recent_menu(menu, open_file))
    menu.addSeparator()
    for id in ("save", "save_as", "save_code", "save_picture", "export"):
        menu.addAction(actions[id])


def recent_menu(parent: QMenu, open_file: Callable[[Path], object]) -> QMenu:
    """The recent files, looked for each time the menu is opened."""
    menu = QMenu(tr("Recent files"), parent)
    aside = Aside(menu)

    def fill_again(task: Task[bool]) -> None:
        if task.result() and menu.isVisible():
            _fill_recent(menu, open_file)

    menu.aboutToShow.connect(lambda: _fill_recent(menu, open_file))
    menu.aboutToShow.connect(lambda: aside.start(look_for_files, fill_again))
    return menu


def _fill_recent(menu: QMenu, open_file: Callable[[Path], object]) -> None:
    menu.clear()
    for path in recent_files():
        action = menu.addAction(path.name.replace("&", "&&"))
        action.setToolTip(str(path))
        action.triggered.connect(lambda _checked, path=path: open_file(path))
    if menu.isEmpty():
        menu.addAction(tr("No files yet")).setEnabled(False)
        return
    menu.setToolTipsVisible(True)
    menu.addSeparator()
    menu.addAction(tr("Empty this list")).triggered.connect(lambda _checked: forget_files())
