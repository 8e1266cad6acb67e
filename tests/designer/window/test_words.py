"""Every sentence of the window goes through the translation: in a made-up language, nothing is left in English."""

import re
import string
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QMessageBox,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from designer.blocks.commands import enter, group
from designer.blocks.kinds import blocks_of
from designer.canvas.hits import Hit
from designer.canvas.menus import aim, menu_for
from designer.canvas.tips import tip
from designer.gallery.wiring import open_gallery
from designer.keyboard.keymap import keymap
from designer.training.home import home_of
from designer.window import dialogs
from designer.window.commands import COMMANDS
from designer.window.main_window import MainWindow
from engine.data.known import MNIST
from engine.graph import edits
from engine.layers import catalogue, make_layer
from engine.layers.parameters import Parameter, parameters_of
from engine.project.recipe import SGD, Adam, AdamW, Recipe, RMSprop
from engine.project.templates import TEMPLATES
from engine.text import speak, text
from engine.train.runs import Run, make_folder, write_run

LETTERS = re.compile(r"[^\W\d_]{2,}")
AMOUNT = re.compile(r"[\d.,]+ (?:[kMGT]?B|ms)\b")
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
NAMES = ("Tensorloom", "mnist-cnn", "float32 int64", MNIST.host)
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def marked(sentence: str) -> str:
    """The sentence with its own words in ⟦…⟧ and its values outside, which are to be translated by themselves."""
    parts = string.Formatter().parse(sentence)
    return "".join(_mark(words) + ("" if name is None else "{" + name + "}") for words, name, _, _ in parts)


def _mark(words: str) -> str:
    return f"⟦{words}⟧".replace("{", "{{").replace("}", "}}") if words.strip() else words


@pytest.fixture(autouse=True)
def made_up_language() -> Iterator[None]:
    speak(marked)
    yield
    speak("en")


def shown(root: QWidget) -> Iterator[str]:
    """Every text that a widget and what is in it shows, could show, or says to a screen reader."""
    for widget in (root, *root.findChildren(QWidget)):
        if not isinstance(widget.parent(), QTabBar | QHeaderView):  # Qt's own arrows and corners, translated by Qt
            yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
            yield from _own(widget)
    for action in root.findChildren(QAction):
        yield from (action.text(), action.toolTip(), action.statusTip())


def _own(widget: QWidget) -> Iterator[str]:
    match widget:
        case QDialog():
            yield widget.windowTitle()
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.placeholderText()
        case QMenu():
            yield widget.title()
        case QComboBox():
            yield from (widget.itemText(index) for index in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(index) for index in range(widget.count()))
        case QHeaderView() if not widget.isHidden() and widget.model():
            way = widget.orientation()
            yield from (str(widget.model().headerData(n, way) or "") for n in range(widget.count()))
        case QAbstractItemView() if widget.model():
            yield from _items(widget.model(), QModelIndex(), 1 if isinstance(widget, QListView) else None)


def _items(model: QAbstractItemModel, parent: QModelIndex, columns: int | None) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        for column in range(columns or model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(index.data(role) or "") for role in ROLES)
        yield from _items(model, model.index(row, 0, parent), columns)


def names(window: MainWindow) -> set[str]:
    """What is a name and no sentence: of nodes, layers, ports, parameters, their values and the keys."""
    structs: tuple[type, ...] = (Recipe, SGD, Adam, AdamW, RMSprop)
    parameters: list[Parameter] = [p for struct in structs for p in parameters_of(struct)]
    words = {*window.document.graph.nodes, *(struct.__name__ for struct in structs), "optimizer"}
    for cls in (*catalogue().values(), *blocks_of(window.document).values()):
        words |= {cls.about.title, cls.about.id, *cls.about.outputs, *(port.name for port in cls.about.inputs)}
        parameters += cls.about.parameters
    for parameter in parameters:
        words |= {parameter.name, *parameter.choices, str(parameter.default)}
    return {part for word in words for part in LETTERS.findall(word)}


def left_over(window: MainWindow, *roots: QWidget) -> set[str]:
    """What is in English without having gone through the translation."""
    return untranslated(window, (words for root in roots or (window,) for words in shown(root)))


def untranslated(window: MainWindow, texts: Iterator[str]) -> set[str]:
    known = names(window) | set(LETTERS.findall(" ".join(NAMES)))
    keys = [each.toString(QKeySequence.SequenceFormat.NativeText) for id in COMMANDS for each in keymap.sequences(id)]
    found = set()
    for words in texts:
        plain = AMOUNT.sub("", MARKED.sub("\n", words))
        for key in sorted(keys, key=len, reverse=True):
            plain = re.sub(rf"(?:^|[\s,]){re.escape(key)}(?=[\s,]|$)", "\n", plain)
        if set(LETTERS.findall(plain)) - known:
            found.add(words)
    return found


def visit(window: MainWindow) -> None:
    """Makes everything that is made at its first use."""
    window.commands["show_code"].trigger()
    for id in ("data", "training", "trying", "exporting", "design"):
        window.spaces.show_space(id)
    for tab in range(3):
        window.bottom.show_tab(tab)


def broken(window: MainWindow) -> None:
    """The drawing with a layer that does not fit, one that nothing comes into, and a wrong loss."""
    graph = window.document.graph
    graph = edits.add(graph, "lonely", make_layer("linear", {}))
    graph = edits.set_layer(graph, "conv1", make_layer("conv1d", {}))
    window.document.edit(text("arrange"), graph)


def test_every_workspace_and_panel_is_translated(design: MainWindow) -> None:
    visit(design)
    assert left_over(design) == set()


@pytest.mark.parametrize("chosen", [[], ["conv1"], ["conv1", "conv2"], ["image"], ["output1"]])
def test_the_inspector_is_translated(design: MainWindow, chosen: list[str]) -> None:
    design.document.select(chosen)
    design.design.inspector.refresh()
    assert left_over(design, design.design.inspector) == set()


@pytest.mark.parametrize("kind", list(catalogue()))
def test_every_layers_page_is_translated(window: MainWindow, kind: str) -> None:
    window.document.edit(text("arrange"), edits.add(window.document.graph, "node", make_layer(kind, {})))
    window.document.select(["node"])
    window.design.inspector.refresh()
    assert left_over(window, window.design.inspector) == set()


def test_problems_and_their_fixes_are_translated(design: MainWindow) -> None:
    broken(design)
    visit(design)
    assert design.document.report.problems
    assert left_over(design) == set()


@pytest.mark.parametrize("node", ["conv1", "lonely", ""])
def test_the_menus_and_tips_of_the_canvas_are_translated(design: MainWindow, node: str) -> None:
    broken(design)
    found = Hit(node=node) if node else Hit()
    aim(design.document, found)
    menu = menu_for(design, design.document, found, design.design.canvas._ready_actions(), print)
    assert menu.actions()
    assert left_over(design, menu) == set()
    assert untranslated(design, iter([re.sub("<[^>]*>", " ", tip(design.document, found))])) == set()
    menu.deleteLater()


@pytest.mark.parametrize("command", ["commands", "shortcuts", "about", "add_layer"])
def test_what_opens_above_the_window_is_translated(design: MainWindow, command: str) -> None:
    before = {widget for widget in design.findChildren(QWidget) if widget.isVisible()}
    design.commands[command].trigger()
    assert {widget for widget in design.findChildren(QWidget) if widget.isVisible()} - before
    assert left_over(design) == set()
    for top in QApplication.topLevelWidgets():
        if top is not design and top.isVisible():
            assert left_over(design, top) == set()
            top.close()


@pytest.mark.parametrize("command", ["gallery", "show_outline", "find", "bookmarks", "replace_layer", "add_note"])
def test_what_opens_in_the_window_is_translated(design: MainWindow, command: str, qtbot: QtBot) -> None:
    design.document.select(["relu1"])
    design.commands[command].trigger()
    if command == "gallery":
        gallery = open_gallery(design)
        qtbot.waitUntil(lambda: all(card.made for card in gallery.cards.values()), timeout=30_000)
    assert not left_over(design) - {
        words for template in TEMPLATES for words in (template.title, template.origin.source)
    }


STEM = {"stem", "stem1", "Stem", "main", "main ▸ stem1", "⟦Go to ⟧main"}
"""Names of a block, its instance and the network."""


def test_the_inside_of_a_block_is_translated(design: MainWindow) -> None:
    design.document.select(["conv1", "relu1"])
    group(design.document, "stem")
    design.design.inspector.refresh()
    assert not left_over(design) - STEM
    enter(design.document, min(design.document.selection))
    for chosen in ([], ["conv1"]):
        design.document.select(chosen)
        design.design.inspector.refresh()
        assert not left_over(design) - STEM


def test_questions_are_translated(design: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []
    path = home_of(design.document).folder / "mnist-cnn.loom"

    def ask(box: QMessageBox) -> None:
        asked.append(untranslated(design, (words.replace(str(path), "") for words in shown(box))))
        box.deleteLater()

    monkeypatch.setattr(dialogs, "_ask", ask)
    dialogs.ask_unsaved(design, "mnist-cnn")
    design.files.open(path)
    assert asked == [set(), set()]


@pytest.mark.parametrize("state", ["done", "stopped", "failed"])
def test_runs_are_translated(design: MainWindow, state: str) -> None:
    run = Run(
        name="mnist-cnn",
        started="2026-11-21T10:00:00+00:00",
        ended="2026-11-21T10:01:05+00:00",
        state=state,  # type: ignore[arg-type]
        sentence=text("Interrupted."),
        epochs_done=2,
        best_epoch=2,
        metrics={"loss": 0.25, "accuracy": 0.9375},
    )
    write_run(make_folder(home_of(design.document).folder, "mnist-cnn"), run)
    visit(design)
    assert left_over(design) == set()


def test_steps_that_can_be_undone_are_translated(design: MainWindow) -> None:
    design.document.select(["conv1"])
    for command in ("duplicate", "copy", "paste", "delete", "arrange"):
        design.commands[command].trigger()
    stack = design.document.undo_stack
    assert untranslated(design, (stack.text(number) for number in range(stack.count()))) == set()


def test_a_sentence_without_translation_is_seen(design: MainWindow) -> None:
    label = QLabel("Plain English here", design)
    assert left_over(design) == {"Plain English here"}
    label.deleteLater()


def test_a_value_without_translation_is_seen(design: MainWindow) -> None:
    label = QLabel(marked("{node} needs {what}").format(node="conv1", what="plain words"), design)
    assert left_over(design) == {"conv1⟦ needs ⟧plain words"}
    label.deleteLater()
