"""What is pictured: each scene sets the real window up by the ways that a person has."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from designer.compare.wiring import show
from designer.gallery.wiring import open_gallery
from designer.recovery import words
from designer.recovery.dialog import RecoveryDialog
from designer.theme.tokens import CARD_HEIGHT, CARD_WIDTH, GRID
from engine.graph import Box, Frame, Graph, Inlet, Note, Outlet, Place, edits
from engine.graph import annotating as an
from engine.layers import Layer, make_layer, with_parameters
from engine.project.compare import compare
from engine.project.journal.group import Head
from engine.project.journal.offers import Offer
from engine.project.journal.reading import Recovered
from engine.project.project import Project
from engine.project.settings import with_settings
from engine.project.starters import make_starter
from engine.project.templates import TEMPLATES
from engine.text import text
from tests.pictures.studio import Studio

SIZE = (1440, 900)
NOON = 1_790_000_000.0  # 21 September 2026, about noon


def welcome(studio: Studio) -> None:
    """What a first start shows."""


def canvas(studio: Studio) -> None:
    """The textbook network with a convolution selected."""
    opened(studio, make_starter("mnist-cnn"), "mnist-cnn")
    studio.window.document.select({"conv2"})
    studio.window.design.canvas.stage.setFocus()


def frames(studio: Studio) -> None:
    """Frames around two stages, one with a very long title, and a note in Markdown beside them."""
    project = make_starter("mnist-cnn")
    graph = project.graph
    for id, title, colour, names in (
        ("frame1", "Features at full resolution", "blue", ("conv1", "relu1", "pool1")),
        ("frame2", "Features at half resolution, with a title that is longer than its frame", "purple", ("conv2",)),
    ):
        boxes = [Box(*graph.places[name], CARD_WIDTH, CARD_HEIGHT) for name in names]
        graph = an.put(graph, "frames", id, Frame(title, an.around(boxes), colour))
    left = max(place.x for place in graph.places.values()) + CARD_WIDTH + 4 * GRID
    top = graph.places["conv1"].y
    note = (
        "### What to try\n\n- more **filters** in `conv2`\n- a *dropout* before `linear1`\n\n"
        "1. train for two epochs\n2. compare\n"
    )
    graph = an.put(graph, "notes", "note1", Note(note, Box(left, top, 12 * GRID, 8 * GRID), "orange"))
    graph = an.put(graph, "notes", "note2", Note("", Box(left, top + 9 * GRID, 8 * GRID, 3 * GRID), "teal"))
    opened(studio, project.with_graph(graph), "mnist-cnn")


def block(studio: Studio) -> None:
    """Inside a basic block of ResNet-18, a convolution with a lifted parameter selected."""
    template = next(template for template in TEMPLATES if template.id == "resnet18")
    opened(studio, template.make(), "resnet18")
    document = studio.window.document
    document.go(("stage1",))
    document.select({"conv1"})
    studio.wait(lambda: document.where == ("stage1",))


def resnet(studio: Studio) -> None:
    """ResNet-18 from outside: an instance of a block selected, its face in the inspector."""
    template = next(template for template in TEMPLATES if template.id == "resnet18")
    opened(studio, template.make(), "resnet18")
    studio.window.document.select({"down2"})


def flow(studio: Studio) -> None:
    """Inside an Inception block that flows to the right: four ways into a card with many ports, which is selected."""
    template = next(template for template in TEMPLATES if template.id == "inception")
    opened(studio, template.make(), "inception")
    document, view = studio.window.document, studio.window.design.canvas
    document.go(("block3a",))
    studio.wait(lambda: document.where == ("block3a",))
    view.actions_by_id["flow_right"].trigger()
    studio.wait(lambda: document.graph.flow == "right")
    document.select({"joined"})


def problem(studio: Studio) -> None:
    """A flatten is missing: its problem, and what the first fix would make of the drawing."""
    opened(studio, make_starter("mnist-cnn"), "mnist-cnn")
    document, view = studio.window.document, studio.window.design.canvas
    document.edit(text("remove flatten1"), edits.remove(document.graph, ["flatten1"]))
    view.show_node("linear1")
    fix = document.report.problems[0].fixes[0]
    view.fix_preview.show(fix)
    studio.wait(lambda: view.fix_preview.foreseen is not None)


def gallery(studio: Studio) -> None:
    """Every template, as it was published."""
    space = open_gallery(studio.window)
    studio.wait(lambda: all(card.made for card in space.cards.values()))


def comparison(studio: Studio) -> None:
    """Two versions: a name, a kernel, a layer that went, one that came, a setting."""
    old = make_starter("mnist-cnn")
    new = replace(old.with_graph(_changed(old.graph)), recipe=with_settings(old.recipe, {"epochs": "9"}))
    opened(studio, new, "mnist-cnn")
    show(studio.window, old, "mnist-cnn of last week")


def commands(studio: Studio) -> None:
    """The command palette with a query."""
    canvas(studio)
    studio.window.commands["commands"].trigger()
    field = QApplication.focusWidget()
    field.setText("conv")  # type: ignore[attr-defined]


def shortcuts(studio: Studio) -> None:
    """The sheet of all shortcuts."""
    canvas(studio)
    studio.window.commands["shortcuts"].trigger()
    studio.wait(QApplication.activeModalWidget)


def outline(studio: Studio) -> None:
    """The outline in the place of the palette, with a problem in it."""
    opened(studio, make_starter("mnist-cnn"), "mnist-cnn")
    document = studio.window.document
    document.edit(text("remove flatten1"), edits.remove(document.graph, ["flatten1"]))
    studio.window.commands["show_outline"].trigger()
    studio.window.design.canvas.show_node("linear1")


def thousand(studio: Studio) -> None:
    """A thousand nodes, near enough to read some, all of them on the minimap."""
    opened(studio, Project().with_graph(_thousand()), "thousand")
    stage = studio.window.design.canvas.stage
    stage.zoom_to(0.5)
    stage.centerOn(1500, 1200)


def far(studio: Studio) -> None:
    """The same thousand nodes, all in sight."""
    opened(studio, Project().with_graph(_thousand()), "thousand")
    studio.window.design.canvas.fit()


def quick_add(studio: Studio) -> None:
    """The list of layers below the selected node, what fits first."""
    canvas(studio)
    studio.window.commands["add_layer"].trigger()
    studio.wait(QApplication.activePopupWidget)


def recovery(studio: Studio) -> None:
    """What two crashes have left: one that differs from its file, one that never had a file."""
    words.time = _Clock  # type: ignore[misc, assignment]
    canvas(studio)
    old = make_starter("mnist-cnn")
    new = old.with_graph(_changed(old.graph))
    head = Head(path="/home/ada/networks/handwriting/mnist-cnn.loom")
    found = Recovered(Path("/a"), head, new, edited=NOON - 12 * 60)
    untitled = Recovered(Path("/b"), Head(title="digits"), make_starter("digits"), edited=NOON - 26 * 3600)
    offers = [Offer(found, "", "changed", old, compare(old, new)), Offer(untitled)]
    RecoveryDialog(offers, studio.window).open()
    studio.wait(QApplication.activeModalWidget)


SCENES: dict[str, Callable[[Studio], None]] = {
    "welcome": welcome,
    "canvas": canvas,
    "frames": frames,
    "resnet": resnet,
    "block": block,
    "flow": flow,
    "problem": problem,
    "gallery": gallery,
    "compare": comparison,
    "commands": commands,
    "shortcuts": shortcuts,
    "outline": outline,
    "minimap": thousand,
    "far": far,
    "quick_add": quick_add,
    "recovery": recovery,
}


class _Clock:
    """It is always noon."""

    time = staticmethod(lambda: NOON)


def opened(studio: Studio, project: Project, title: str) -> None:
    """Begins with a project, the palette with all that it shows later."""
    window = studio.window
    window.files.begin(project, title)
    studio.wait(lambda: window.spaces.current == "design" and window.design.palette_panel.blocks.whole)
    studio.picture()


def _changed(graph: Graph[Layer]) -> Graph[Layer]:
    graph = edits.rename(graph, "conv1", "stem")
    graph = edits.set_layer(graph, "conv2", with_parameters(graph.nodes["conv2"].layer, kernel_size=5))
    graph = edits.remove(graph, ["relu2"])
    place = graph.places["relu1"]
    graph = edits.add(
        graph, "drop1", make_layer("dropout", {}), Place(place.x + CARD_WIDTH + 2 * GRID, place.y + 4 * GRID)
    )
    return edits.connect(graph, Outlet("relu1", "output"), Inlet("drop1", "value"))


def _thousand() -> Graph[Layer]:
    """Twenty columns of fifty, one after another; every column ends in a sum with what came into it."""
    kinds = ("conv2d", "batch_norm2d", "relu", "conv2d", "batch_norm2d", "relu", "dropout2d", "relu", "max_pool2d")
    same = {"conv2d": {"padding": 1}, "max_pool2d": {"kernel_size": 3, "stride": 1, "padding": 1}}
    graph: Graph[Layer] = edits.add(Graph(), "image", make_layer("input", {"shape": (32, 64, 64)}), Place(0, -96))
    last = head = "image"
    for number in range(1000 - 2):
        column, row = divmod(number, 50)
        kind = "add" if row == 49 else kinds[row % len(kinds)]
        name = f"{kind.replace('2d', '')}{number}"
        layer = make_layer(kind, same.get(kind, {}))
        graph = edits.add(graph, name, layer, Place(column * 264.0, row * 96.0))
        inlet = type(layer).about.inputs[0].name
        graph = edits.connect(graph, Outlet(last, "output"), Inlet(name, inlet))
        if kind == "add":
            graph = edits.connect(graph, Outlet(head, "output"), Inlet(name, inlet, 1))
            head = name
        last = name
    place = graph.places[last]
    graph = edits.add(graph, "output1", make_layer("output", {}), Place(place.x, place.y + 96))
    return edits.connect(graph, Outlet(last, "output"), Inlet("output1", "value"))
