"""Where a wire may go: what fits first, near ones first, named ones before all."""

import pytest
from pytestqt.qtbot import QtBot

from designer.document import Document
from designer.keyboard.candidates import targets
from engine.graph import Inlet, Outlet, Place, edits
from engine.project.project import Project
from engine.project.starters import make_starter
from engine.text import text

CONV2 = Outlet("conv2", "output")


@pytest.fixture
def document(qtbot: QtBot) -> Document:
    """The textbook network with linear1, which takes no image, right below conv2."""
    document = Document()
    document.start(make_starter("mnist-cnn"))
    x, y = document.graph.places["conv2"]
    document.edit(text("move"), edits.move(document.graph, {"linear1": Place(x, y + 60)}))
    return document


def test_what_fits_goes_before_what_is_nearer(document: Document) -> None:
    found = targets(document, CONV2)
    assert [target.fits for target in found] == sorted((target.fits for target in found), reverse=True)
    assert found[0].name == "relu2"
    misfits = [target.name for target in found if not target.fits]
    assert misfits[0] == "linear1"


def test_a_reason_is_given_for_each_that_does_not_fit(document: Document) -> None:
    reasons = {t.name: str(t.choices[0].fault) for t in targets(document, CONV2) if not t.fits}
    assert "linear1 takes (N, features)" in reasons["linear1"]
    assert "circle" in reasons["conv1"]


def test_names_find_the_very_node_first_whether_it_fits_or_not(document: Document) -> None:
    assert targets(document, CONV2, "linear1")[0].name == "linear1"
    assert targets(document, CONV2, "relu")[0].fits
    assert targets(document, CONV2, "nothing") == []


def test_from_an_input_the_outputs_are_offered(document: Document) -> None:
    found = targets(document, Inlet("relu2", "value"))
    assert found[0].name == "conv2"
    assert all(isinstance(choice.end, Outlet) for target in found for choice in target.choices)
    assert "output1" not in {target.name for target in found}


def test_a_free_port_goes_before_one_that_has_a_wire(qtbot: QtBot, draw) -> None:  # type: ignore[no-untyped-def]
    document = Document()
    document.start(Project().with_graph(draw({"a": ("input", {}), "b": ("input", {}), "sum": ("add", {}, "a")})))
    (target,) = targets(document, Outlet("b", "output"))
    assert [(choice.end.slot, choice.free) for choice in target.choices] == [(1, True), (0, False)]  # type: ignore[union-attr]
