"""Instances copied and pasted: their definitions come along, and in their own project are the project's."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from designer.blocks import commands
from designer.canvas import clipboard
from designer.canvas.commands import delete
from designer.document import Document
from engine.blocks import BlockLayer
from engine.project.file import loads
from engine.text import Text


@pytest.fixture
def other(qtbot: QtBot) -> Document:
    return Document()


def block_at(document: Document, name: str) -> str:
    layer = document.graph.nodes[name].layer
    assert isinstance(layer, BlockLayer)
    return layer.name


def test_a_copy_is_a_project_with_the_blocks_it_needs(document: Document) -> None:
    document.select(["res1", "stem"])
    clipboard.copy(document)
    copied = loads(QGuiApplication.clipboard().text())
    assert list(copied.blocks) == ["residual"]
    document.select(["stem"])
    clipboard.copy(document)
    assert not loads(QGuiApplication.clipboard().text()).blocks


def test_a_paste_elsewhere_brings_the_definitions_in_one_step(document: Document, other: Document) -> None:
    document.select(["res1", "res2"])
    commands.group(document, "stage")
    clipboard.copy(document)
    before = other.project
    clipboard.paste(other)
    assert list(other.project.blocks) == ["residual", "stage"]
    assert block_at(other, "stage1") == "stage"
    other.undo_stack.undo()
    assert other.project is before


def test_a_block_of_the_same_name_elsewhere_is_kept_apart(document: Document, other: Document) -> None:
    document.select(["res1"])
    clipboard.copy(document)
    clipboard.paste(other)
    commands.enter(other, "res1")
    other.select(["relu1"])
    delete(other)
    other.go(())
    clipboard.paste(other)
    assert sorted(other.project.blocks) == ["residual", "residual1"]
    assert "relu1" not in other.project.blocks["residual"].graph.nodes


def test_in_its_own_project_a_copy_is_of_the_block_as_it_is_now(document: Document) -> None:
    document.select(["res1"])
    clipboard.copy(document)
    commands.enter(document, "res1")
    document.select(["relu1"])
    delete(document)
    document.go(())
    clipboard.paste(document)
    assert list(document.project.blocks) == ["residual"]
    assert block_at(document, "res3") == "residual"


def test_an_instance_is_not_pasted_into_its_own_block(document: Document) -> None:
    told: list[Text] = []
    document.refused.connect(told.append)
    document.select(["res1"])
    clipboard.copy(document)
    commands.enter(document, "res2")
    before = document.project
    clipboard.paste(document)
    assert document.project is before
    assert "cannot contain itself" in str(told[0])
