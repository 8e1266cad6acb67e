"""Walking, connecting, disconnecting and adding on the canvas, by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.blocks.commands import group, lift
from designer.canvas.layer_list import LayerList
from designer.document import Document
from designer.keyboard.connecting import Connecting
from designer.keyboard.keymap import keymap
from designer.window.main_window import MainWindow
from engine.graph import Inlet, Outlet, Wire
from engine.graph.edits import disconnect, remove
from engine.text import text
from tests.designer.keyboard.hands import ALT, CTRL, SHIFT, Hands

Key = Qt.Key
INTO_RELU2 = Wire(Outlet("conv2", "output"), Inlet("relu2", "value"))


@pytest.fixture
def document(design: MainWindow) -> Document:
    return design.document


def hint(window: MainWindow) -> str:
    line = window.design.canvas.keys.hint
    return line.text() if line.isVisible() else ""


def listed() -> LayerList:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, LayerList)
    return popup


def test_the_first_arrow_takes_what_is_in_the_middle(design: MainWindow, hands: Hands, document: Document) -> None:
    stage = design.design.canvas.stage
    stage.centerOn(stage.drawing.nodes["pool2"].card().center())
    hands.press(Key.Key_Down)
    assert document.selection == {"pool2"}
    hands.press(Key.Key_Down)
    assert document.selection == {"conv3"}


def test_home_and_end_go_to_the_ends_and_the_view_follows(design: MainWindow, hands: Hands, document: Document) -> None:
    stage = design.design.canvas.stage
    stage.zoom_to(1.0)
    for key, name in ((Key.Key_End, "output1"), (Key.Key_Home, "image")):
        hands.press(key)
        assert document.selection == {name}
        assert stage.seen().contains(stage.drawing.nodes[name].card().center())


def test_shift_extends_the_selection(hands: Hands, document: Document) -> None:
    document.select(["conv1"])
    hands.press(Key.Key_Down, Key.Key_Down, held=SHIFT)
    assert document.selection == {"conv1", "relu1", "pool1"}


def test_alt_moves_what_is_selected(hands: Hands, document: Document) -> None:
    document.select(["conv1"])
    x, y = document.graph.places["conv1"]
    hands.press(Key.Key_Right, held=ALT)
    hands.press(Key.Key_Down, held=ALT | SHIFT)
    assert document.graph.places["conv1"] == (x + 24, y + 4)


def test_nothing_lies_that_way_is_said(design: MainWindow, hands: Hands, document: Document) -> None:
    document.select(["image"])
    hands.press(Key.Key_Up)
    assert design.status.currentMessage() == "Nothing lies that way."


def test_connecting_lights_up_hints_and_connects(design: MainWindow, hands: Hands, document: Document) -> None:
    document.edit(text("cut"), disconnect(document.graph, INTO_RELU2.target))
    document.select(["conv2"])
    hands.press(Key.Key_C)
    assert isinstance(design.design.canvas.stage.gesture, Connecting)
    assert hint(design).startswith("Connect conv2 → relu2 · fits")
    assert "Enter connects" in hint(design)
    hands.press(Key.Key_Return)
    assert INTO_RELU2 in set(document.graph.wires())
    assert document.undo_stack.undoText() == "connect conv2 → relu2"
    assert hint(design) == "" and design.design.canvas.stage.gesture is None


def test_arrows_go_on_to_others_which_say_why_they_do_not_fit(
    design: MainWindow, hands: Hands, document: Document
) -> None:
    document.select(["conv2"])
    hands.press(Key.Key_C)
    first = hint(design)
    hands.press(Key.Key_Down)
    assert hint(design) != first and "fits" in hint(design)
    hands.press(Key.Key_Up, Key.Key_Up)
    assert "does not fit" in hint(design)


def test_what_closes_a_circle_is_not_connected(design: MainWindow, hands: Hands, document: Document) -> None:
    before = document.project
    document.select(["conv2"])
    hands.press(Key.Key_C)
    hands.write("conv1")
    assert "circle" in hint(design)
    hands.press(Key.Key_Return)
    assert document.project is before
    assert "circle" in design.status.currentMessage()
    hands.press(Key.Key_Escape)
    assert hint(design) == ""


def test_letters_find_the_target_by_its_name(design: MainWindow, hands: Hands, document: Document) -> None:
    document.select(["conv2"])
    hands.press(Key.Key_C)
    hands.write("relu3")
    assert hint(design).startswith("Connect conv2 → relu3 · fits, in place of conv3")
    hands.write("x")
    assert hint(design).startswith("No layer here is called “relu3x”.")
    hands.press(Key.Key_Backspace, Key.Key_Return)
    assert document.graph.source(Inlet("relu3", "value")) == Outlet("conv2", "output")


def test_escape_leaves_everything_as_it_was(design: MainWindow, hands: Hands, document: Document) -> None:
    before = document.project
    document.select(["conv2"])
    hands.press(Key.Key_C, Key.Key_Down, Key.Key_Escape)
    assert document.project is before and document.selection == {"conv2"}
    assert design.design.canvas.keys.mode is None


def test_an_edit_from_elsewhere_ends_connecting(design: MainWindow, hands: Hands, document: Document) -> None:
    document.select(["conv2"])
    hands.press(Key.Key_C)
    document.edit(text("delete"), remove(document.graph, ["relu4"]))
    assert design.design.canvas.keys.mode is None and hint(design) == ""


def test_an_output_is_connected_from_its_input(design: MainWindow, hands: Hands, document: Document) -> None:
    target = Inlet("output1", "value")
    document.edit(text("cut"), disconnect(document.graph, target))
    document.select(["output1"])
    hands.press(Key.Key_C)
    assert hint(design).startswith("Connect linear2 → output1 · fits")
    hands.press(Key.Key_Return)
    assert document.graph.source(target) == Outlet("linear2", "output")


def test_tab_while_connecting_adds_a_layer_there(hands: Hands, document: Document) -> None:
    document.select(["conv2"])
    hands.press(Key.Key_C, Key.Key_Tab)
    hands.choose("sigmoid")
    assert document.graph.source(Inlet("sigmoid1", "value")) == Outlet("conv2", "output")


def test_wires_are_chosen_and_taken_away(design: MainWindow, hands: Hands, document: Document) -> None:
    document.select(["conv2"])
    hands.press(Key.Key_W)
    assert {wire.target.node for wire in document.selected_wires} == {"conv2"}
    hands.press(Key.Key_W)
    assert document.selected_wires == {INTO_RELU2}
    hands.press(Key.Key_C, held=SHIFT)
    assert document.graph.source(INTO_RELU2.target) is None
    assert document.selection == {"relu2"}
    assert design.status.currentMessage() == "Disconnected conv2 → relu2."


def test_from_a_wire_the_arrows_lead_to_its_ends(hands: Hands, document: Document) -> None:
    for key, name in ((Key.Key_Up, "conv2"), (Key.Key_Down, "relu2")):
        document.select((), [INTO_RELU2])
        hands.press(key)
        assert document.selection == {name}


def test_disconnecting_a_node_asks_which_wire(hands: Hands, document: Document) -> None:
    document.select(["relu2"])
    hands.press(Key.Key_C, held=SHIFT)
    assert document.selected_wires == {INTO_RELU2}
    hands.press(Key.Key_C, held=SHIFT)
    assert document.graph.source(INTO_RELU2.target) is None


def test_what_fits_comes_first_with_its_shape(hands: Hands, document: Document) -> None:
    document.select(["pool1"])
    hands.press(Key.Key_Slash)
    hands.write("conv 64 5")
    popup = listed()
    first = popup.list.item(0)
    assert first is not None and first.text() == "Conv2d"
    assert "64×9×9" in str(first.data(Qt.ItemDataRole.AccessibleTextRole))
    assert popup.says.text() == "out_channels 64, kernel_size 5×5"
    hands.press(Key.Key_Return)
    assert document.graph.source(Inlet("conv4", "image")) == Outlet("pool1", "output")


def test_wrong_parameters_are_said_and_not_taken(hands: Hands, document: Document) -> None:
    before = document.project
    document.select(["pool1"])
    hands.press(Key.Key_Tab)
    hands.write("conv 0")
    assert "out_channels" in listed().says.text()
    hands.press(Key.Key_Return)
    assert document.project is before
    hands.press(Key.Key_Escape)


def test_tab_in_the_list_writes_the_name_out(hands: Hands, document: Document) -> None:
    hands.press(Key.Key_Tab)
    hands.write("batchn")
    hands.press(Key.Key_Tab)
    assert listed().search.text().startswith("BatchNorm")
    hands.press(Key.Key_Escape)


def test_with_a_wire_selected_the_layer_is_put_on_it(hands: Hands, document: Document) -> None:
    document.select((), [INTO_RELU2])
    hands.press(Key.Key_Tab)
    hands.choose("dropout2d")
    assert document.graph.source(INTO_RELU2.target) == Outlet("dropout1", "output")
    assert document.graph.source(Inlet("dropout1", "value")) == INTO_RELU2.source


def test_shift_and_enter_add_without_a_wire(hands: Hands, document: Document) -> None:
    document.select(["conv2"])
    hands.press(Key.Key_Tab)
    hands.choose("relu", held=SHIFT)
    assert document.graph.source(Inlet("relu5", "value")) is None


def test_enter_goes_to_the_first_parameter_and_escape_back(
    design: MainWindow, hands: Hands, document: Document, qtbot: QtBot
) -> None:
    document.select(["conv2"])
    hands.press(Key.Key_Return)
    assert hands.focus().accessibleName() == "out_channels"
    hands.press(Key.Key_A, held=CTRL)
    hands.write("48")
    hands.press(Key.Key_Escape)
    assert design.design.canvas.stage.hasFocus()
    assert document.graph.nodes["conv2"].layer.out_channels == 48  # type: ignore[attr-defined]


def test_enter_goes_to_the_first_parameter_that_several_layers_share(hands: Hands, document: Document) -> None:
    document.select(["conv1", "conv2"])
    hands.press(Key.Key_Return)
    assert hands.focus().accessibleName() == "out_channels"
    hands.write("7")
    layers = [document.graph.nodes[name].layer for name in ("conv1", "conv2")]
    assert [layer.out_channels for layer in layers] == [7, 7]  # type: ignore[attr-defined]


def test_enter_passes_over_a_parameter_that_is_set_on_the_face_of_the_block(hands: Hands, document: Document) -> None:
    document.select(["conv2", "relu2"])
    group(document, "stage")
    document.go(tuple(document.selection))
    lift(document, "conv2", "out_channels", "width")
    document.select(["conv2"])
    hands.press(Key.Key_Return)
    assert hands.focus().accessibleName() == "kernel_size 1"


def test_f6_goes_round_the_panels(design: MainWindow, hands: Hands, qtbot: QtBot) -> None:
    panels = (design.design.canvas, design.design.inspector, design.bottom, design.design.left)
    seen = set()
    for _ in range(8):
        hands.press(Key.Key_F6)
        seen |= {panel for panel in panels if panel.isAncestorOf(hands.focus())}
    assert {design.design.canvas, design.design.left} <= seen


def test_problems_are_gone_to_mended_and_said(design: MainWindow, hands: Hands, document: Document) -> None:
    document.edit(text("delete"), remove(document.graph, ["flatten1"]))
    hands.press(Key.Key_F8)
    assert design.status.currentMessage().startswith("Problem 1 of ")
    assert document.selection == {"linear1"}
    hands.press(Key.Key_Period, held=CTRL)
    assert document.report.ok
    assert design.status.currentMessage().startswith("Done: Insert flatten")
    assert design.design.canvas.stage.hasFocus()


def test_changed_keys_hold_at_once(design: MainWindow, hands: Hands, document: Document) -> None:
    keymap.give("connect", ["K"])
    document.select(["conv2"])
    hands.press(Key.Key_C)
    assert design.design.canvas.keys.mode is None
    hands.press(Key.Key_K)
    assert design.design.canvas.keys.mode is not None
    hands.press(Key.Key_Escape)


def test_a_plain_key_for_a_command_of_the_window_holds_on_the_canvas(design: MainWindow, hands: Hands) -> None:
    keymap.give("data", ["T"])
    hands.press(Key.Key_T)
    assert design.spaces.current == "data"
    design.spaces.show_space("design")
    design.design.palette_panel.search.setFocus()
    hands.write("t")
    assert design.spaces.current == "design"
    assert design.design.palette_panel.search.text() == "t"
