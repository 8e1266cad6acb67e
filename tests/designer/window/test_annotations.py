"""Frames, notes and bookmarks with mouse and keys, in the real window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from designer.annotations import addresses
from designer.annotations.bookmarks import BookmarkList
from designer.annotations.editing import NoteField, TitleField
from designer.annotations.markdown import Words, blocks
from designer.annotations.remarks import Spot
from designer.canvas.ports import size_in
from designer.theme import theme
from designer.window.main_window import MainWindow
from engine.graph import Annotations, Place
from engine.graph.annotating import inside
from engine.graph.edits import move
from engine.text import text

LEFT = Qt.MouseButton.LeftButton


class Hand:
    """What a person does on the canvas."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.document = window, window.document
        self.canvas = window.design.canvas
        self.stage = self.canvas.stage
        self.remarks = self.stage.drawing.remarks

    @property
    def held(self) -> Annotations:
        return self.document.graph.annotations

    def call(self, id: str) -> None:
        self.window.commands[id].trigger()

    def field(self, kind: type[QWidget]) -> QWidget:
        found = [field for field in self.stage.findChildren(kind) if field.isVisible()]
        assert len(found) == 1
        return found[0]

    def point(self, x: float, y: float) -> QPoint:
        return self.stage.mapFromScene(QPointF(x, y))

    def drag(self, start: QPoint, end: QPoint) -> None:
        port = self.stage.viewport()
        QTest.mousePress(port, LEFT, pos=start)
        for share in (0.3, 0.7, 1.0):
            QTest.mouseMove(port, start + (end - start) * share)
        QTest.mouseRelease(port, LEFT, pos=end)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.stage, key, keys)


@pytest.fixture
def hand(design: MainWindow) -> Iterator[Hand]:
    yield Hand(design)


def framed(hand: Hand, *names: str, title: str = "Stem") -> None:
    hand.document.select(names)
    hand.call("add_frame")
    field = hand.field(TitleField)
    QTest.keyClicks(field, title)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_frame_lies_around_the_selection_and_takes_its_title(hand: Hand) -> None:
    framed(hand, "conv1", "relu1")
    (frame,) = hand.held.frames.values()
    assert frame.title == "Stem"
    assert inside(hand.document.graph, frame.box, size_in) == ["conv1", "relu1"]
    assert hand.remarks.chosen == Spot("frames", "frame1") and not hand.document.selection


def test_a_frame_carries_its_cards_and_undo_brings_all_back(hand: Hand) -> None:
    framed(hand, "conv1", "relu1")
    before = hand.document.graph
    box = hand.held.frames["frame1"].box
    start = hand.point(box.x + 60, box.y + 10)
    hand.drag(start, start + QPoint(96, 0))
    moved = hand.document.graph
    away = moved.annotations.frames["frame1"].box.x - box.x
    assert away > 0
    for name, place in before.places.items():
        assert moved.places[name].x - place.x == (away if name in ("conv1", "relu1") else 0)
        assert hand.stage.drawing.nodes[name].x == moved.places[name].x
    hand.document.undo_stack.undo()
    assert hand.document.graph == before
    assert hand.stage.drawing.nodes["conv1"].x == before.places["conv1"].x


def test_esc_gives_up_a_move(hand: Hand) -> None:
    framed(hand, "conv1")
    before = hand.document.graph
    box = before.annotations.frames["frame1"].box
    start = hand.point(box.x + 60, box.y + 10)
    port = hand.stage.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    QTest.mouseMove(port, start + QPoint(50, 50))
    QTest.mouseMove(port, start + QPoint(90, 90))
    assert hand.remarks.shown != before.annotations
    hand.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(port, LEFT, pos=start + QPoint(90, 90))
    assert hand.document.graph is before and hand.remarks.shown is before.annotations
    assert hand.stage.drawing.nodes["conv1"].x == before.places["conv1"].x


def test_a_note_is_written_and_rewritten(hand: Hand) -> None:
    hand.call("add_note")
    field = hand.field(NoteField)
    QTest.keyClicks(field, "# Why")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "**because**")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert hand.held.notes["note1"].text == "# Why\n\n**because**"
    hand.key(Qt.Key.Key_F2)
    field = hand.field(NoteField)
    QTest.keyClicks(field, "other")
    hand.stage.setFocus()
    if field.isVisible():  # offscreen a field may never have had the focus
        field.take()  # type: ignore[attr-defined]
    assert hand.held.notes["note1"].text == "other"


def test_what_is_typed_into_a_note_is_an_edit_at_every_key_and_one_step(hand: Hand) -> None:
    hand.call("add_note")
    field = hand.field(NoteField)
    for length, key in enumerate("Why", 1):
        QTest.keyClicks(field, key)
        assert hand.held.notes["note1"].text == "Why"[:length]
    assert field.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    hand.document.undo_stack.undo()
    assert hand.held.notes["note1"].text == ""
    hand.document.undo_stack.redo()
    hand.remarks.choose(Spot("notes", "note1"))
    hand.key(Qt.Key.Key_F2)
    QTest.keyClicks(hand.field(NoteField), "!")
    QTest.keyClick(hand.field(NoteField), Qt.Key.Key_Escape)
    hand.document.undo_stack.undo()
    assert hand.held.notes["note1"].text == "Why"


def test_a_note_comes_where_no_card_and_no_other_note_hides_it(hand: Hand) -> None:
    for _ in range(3):
        hand.call("add_note")
        QTest.keyClick(hand.field(NoteField), Qt.Key.Key_Escape)
    notes = [QRectF(*note.box) for note in hand.held.notes.values()]
    cards = [item.card() for item in hand.stage.drawing.nodes.values()]
    for number, note in enumerate(notes):
        assert hand.stage.seen().contains(note)
        assert not any(note.intersects(other) for other in (*cards, *notes[:number]))


def test_the_corner_resizes(hand: Hand) -> None:
    hand.call("add_note")
    QTest.keyClick(hand.field(NoteField), Qt.Key.Key_Escape)
    box = hand.held.notes["note1"].box
    corner = hand.point(box.x + box.width - 3, box.y + box.height - 3)
    hand.drag(corner, corner + QPoint(60, 40))
    now = hand.held.notes["note1"].box
    assert (now.x, now.y) == (box.x, box.y) and now.width > box.width and now.height > box.height
    hand.drag(hand.point(now.x + now.width - 3, now.y + now.height - 3), hand.point(now.x - 500, now.y - 500))
    least = hand.held.notes["note1"].box
    assert least.width >= 96 and least.height >= 48


def test_keys_move_grow_and_delete_the_chosen_one(hand: Hand) -> None:
    framed(hand, "conv1")
    before = hand.held.frames["frame1"].box
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Right)
    assert hand.held.frames["frame1"].box.x == before.x + 48
    assert hand.document.undo_stack.undoText() == "move frame"
    hand.document.undo_stack.undo()
    assert hand.held.frames["frame1"].box == before
    hand.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert hand.held.frames["frame1"].box.height == before.height + 24
    hand.key(Qt.Key.Key_Delete)
    assert not hand.held.frames and "conv1" in hand.document.graph.nodes
    assert hand.remarks.chosen is None


def test_esc_and_a_selected_layer_let_go_of_a_frame(hand: Hand) -> None:
    framed(hand, "conv1")
    hand.key(Qt.Key.Key_Escape)
    assert hand.remarks.chosen is None
    hand.remarks.choose(Spot("frames", "frame1"))
    hand.document.select(["relu1"])
    assert hand.remarks.chosen is None


def test_the_menu_colours_a_frame(hand: Hand, qtbot: QtBot) -> None:
    framed(hand, "conv1")
    hand.stage.remark_menu.emit(Spot("frames", "frame1"), hand.stage.pointer_at(QPointF(50, 50)))
    (menu,) = [menu for menu in hand.canvas.findChildren(QMenu) if menu.isVisible()]
    colours = next(action.menu() for action in menu.actions() if action.menu())
    next(action for action in colours.actions() if action.text() == "Teal").trigger()  # type: ignore[attr-defined]
    menu.close()
    assert hand.held.frames["frame1"].colour == "teal"


def test_a_band_can_be_drawn_inside_a_frame(hand: Hand) -> None:
    framed(hand, "conv1", "relu1")
    box = hand.held.frames["frame1"].box
    hand.remarks.choose(None)
    hand.drag(hand.point(box.x + 10, box.y + 34), hand.point(box.x + box.width - 10, box.y + box.height - 10))
    assert hand.document.selection == {"conv1", "relu1"}
    assert hand.held.frames["frame1"].box == box


def test_a_bookmark_brings_its_view_back(hand: Hand, qtbot: QtBot) -> None:
    hand.stage.zoom_to(2.0)
    hand.stage.centerOn(100, 200)
    seen = hand.stage.seen()
    hand.call("bookmarks")
    (shown,) = hand.canvas.findChildren(BookmarkList)
    shown.add.click()
    assert [b.title for b in hand.held.bookmarks.values()] == ["Bookmark 1"]
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    shown.close()
    hand.canvas.fit()
    hand.call("bookmarks")
    shown = next(one for one in hand.canvas.findChildren(BookmarkList) if one.isVisible())
    QTest.keyClick(shown.list, Qt.Key.Key_Return)
    now = hand.stage.seen()
    assert abs(now.center().x() - seen.center().x()) < 8 and abs(now.width() - seen.width()) < 8


def test_enter_keeps_the_view(hand: Hand, qtbot: QtBot) -> None:
    hand.call("bookmarks")
    shown = hand.canvas.findChild(BookmarkList)
    assert isinstance(shown, BookmarkList)
    qtbot.waitUntil(shown.isVisible)
    QTest.keyClick(shown.add, Qt.Key.Key_Return)
    assert list(hand.held.bookmarks) == ["bookmark1"]
    shown.close()


def test_a_bookmark_is_deleted_by_key(hand: Hand) -> None:
    hand.call("bookmarks")
    (shown,) = hand.canvas.findChildren(BookmarkList)
    shown.add.click()
    shown.list.closePersistentEditor(shown.list.currentItem())
    hand.document.undo_stack.undo()
    assert not hand.held.bookmarks and shown.list.count() == 0
    hand.document.undo_stack.redo()
    shown.close()
    assert hand.held.bookmarks


@pytest.mark.parametrize("words", ["![x](/etc/hostname)", "<b>bold</b> <img src='/etc/hostname'>", "[a](file:///etc)"])
def test_markdown_loads_nothing_and_html_is_text(words: str, qapp: object) -> None:
    asked: list[object] = []

    class Watched(Words):
        def loadResource(self, type: int, name: object) -> object:  # type: ignore[override]
            asked.append(super().loadResource(type, name))  # type: ignore[arg-type]
            return asked[-1]

    document = Watched(words, 200)
    document.size()
    assert all(answer == "" for answer in asked)
    if "<b>" in words:
        assert "<b>" in document.toPlainText()


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("a\nb\n\nc", ["a\u2028b", "c"]),
        ("> quoted\n> _more_", ["quoted\u2028more"]),
        ("- [ ] todo\n- [x] done", ["☐ todo", "☑ done"]),
        ("- a\n  more\n- b", ["a\u2028more", "b"]),
        ("```\nfor i in x:\n    y\n```", ["for i in x:", "    y"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["", "a", "b", "1", "2", ""]),
        ("![a picture](file:///etc/hostname) after", ["[a picture] after"]),
    ],
)
def test_markdown_is_set_as_it_is_meant(markdown: str, shown: list[str], qapp: object) -> None:
    assert [block.text() for block in blocks(Words(markdown, 300))] == shown


def test_code_is_wrapped_rather_than_cut_off(qapp: object) -> None:
    words = Words("```\n" + "long " * 100 + "\n```\n" + "x" * 500, 200)
    assert words.idealWidth() <= 200


def test_the_look_of_quotes_and_code_follows_the_theme(hand: Hand) -> None:
    hand.call("add_note")
    field = hand.field(NoteField)
    field.insertPlainText("> quoted\n\n`code` and " + "more words " * 60)  # type: ignore[attr-defined]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    hand.remarks.choose(None)
    pictures = {}
    for scheme in ("dark", "light"):
        theme.choose(scheme)
        hand.stage.zoom_to(1.0)
        rect = hand.remarks.rect(Spot("notes", "note1"))
        part = hand.stage.mapFromScene(rect).boundingRect()
        pictures[scheme] = picture = hand.stage.viewport().grab(part).toImage()
        bar = QColor(theme.tokens.secondary)
        assert any(picture.pixelColor(13, y) == bar for y in range(picture.height()))
    assert pictures["dark"] != pictures["light"]


def test_the_menu_of_a_note_copies_its_text_and_opens_an_address_after_a_question(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.call("add_note")
    field = hand.field(NoteField)
    QTest.keyClicks(field, "> [paper](https://example.org/a?b=c&d) and [file](file:///etc/passwd)")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    asked: list[str] = []
    opened: list[str] = []
    answers = iter((False, True))
    monkeypatch.setattr(addresses, "confirm", lambda *words: asked.append(words[2]) or next(answers))
    monkeypatch.setattr(addresses.QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    hand.stage.remark_menu.emit(Spot("notes", "note1"), hand.stage.pointer_at(QPointF(50, 50)))
    (menu,) = [menu for menu in hand.canvas.findChildren(QMenu) if menu.isVisible()]
    actions = {action.text(): action for action in menu.actions()}
    (address,) = [words for words in actions if words.startswith("Open ")]
    assert address == "Open https://example.org/a?b=c&&d…"
    actions[address].trigger()
    assert "https://example.org/a?b=c&d" in asked[0] and not opened
    actions[address].trigger()
    assert opened == ["https://example.org/a?b=c&d"]
    actions["Copy text"].trigger()
    assert QGuiApplication.clipboard().text() == hand.held.notes["note1"].text
    menu.close()


def test_a_chosen_note_is_told_by_its_words(hand: Hand) -> None:
    told: list[str] = []
    hand.canvas.told.connect(told.append)
    hand.call("add_note")
    field = hand.field(NoteField)
    QTest.keyClicks(field, "> **Why** this")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    hand.remarks.choose(None)
    hand.remarks.choose(Spot("notes", "note1"))
    assert told == ["an empty note chosen", "note “Why this” chosen", "note “Why this” chosen"]


def test_frames_and_notes_are_painted_and_fitted(hand: Hand) -> None:
    framed(hand, "conv1", title="A very long title " * 20)
    hand.call("add_note")
    QTest.keyClick(hand.field(NoteField), Qt.Key.Key_Escape)
    content = hand.stage.drawing.content()
    for spot in (Spot("frames", "frame1"), Spot("notes", "note1")):
        assert content.contains(hand.remarks.rect(spot))
    for zoom in (0.1, 0.5, 1.0):
        hand.stage.zoom_to(zoom)
        image: QImage = hand.stage.grab().toImage()
        assert not image.isNull()


def test_frames_stay_around_their_layers_in_a_new_layout(hand: Hand, qtbot: QtBot) -> None:
    framed(hand, "conv1", "relu1")
    hand.document.edit(text("move conv1"), move(hand.document.graph, {"relu1": Place(400, 96)}))
    framed(hand, "conv2", "pool2", title="Second")
    steps = hand.document.undo_stack.count()
    hand.call("arrange")
    qtbot.waitUntil(lambda: hand.document.undo_stack.count() > steps)
    graph = hand.document.graph
    assert {"conv2", "pool2"} <= set(inside(graph, graph.annotations.frames["frame2"].box, size_in))
    hand.document.undo_stack.undo()
    assert hand.held.frames["frame2"].box != graph.annotations.frames["frame2"].box


def test_a_closed_list_of_bookmarks_hears_of_nothing(hand: Hand, qtbot: QtBot) -> None:
    hand.call("bookmarks")
    (shown,) = hand.canvas.findChildren(BookmarkList)
    with qtbot.waitSignal(shown.destroyed):
        shown.close()
    hand.document.edit(text("move conv1"), move(hand.document.graph, {"conv1": Place(400, 96)}))
    assert not hand.canvas.findChildren(BookmarkList)
