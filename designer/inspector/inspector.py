"""The inspector: a page for what is selected, kept up as the document changes."""

from typing import TypeAlias

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea

from designer.blocks.block_page import BlockPage, block_about
from designer.document import Document
from designer.inspector.empty_page import EmptyPage
from designer.inspector.node_page import NodePage, kind_of
from designer.inspector.several_page import SeveralPage, kinds_of

Page: TypeAlias = NodePage | SeveralPage | EmptyPage | BlockPage


class Inspector(QScrollArea):
    """Shows one node's form, what several nodes have together, or a summary of the network."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page: Page = EmptyPage(document)
        self._show_page(self.page)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        document.selected.connect(lambda _: self._soon.start())
        document.reported.connect(lambda _: self._soon.start())

    def refresh(self) -> None:
        """Shows what is selected now. Once after all that an edit brings with it: a rename ends with its selection."""
        self._soon.stop()
        if self._fits() or self._passes_on():
            self.page.refresh()
        else:
            self._show_page(self._make_page())

    def _fits(self) -> bool:
        """True where the page at hand is the right one for the selection."""
        names, nodes = self._document.selection, self._document.graph.nodes
        if isinstance(self.page, NodePage):
            here = self.page.node
            return here in nodes and names == {here} and kind_of(nodes[here].layer) == self.page.kind
        if isinstance(self.page, SeveralPage):
            same = names == self.page.chosen
            return same and kinds_of([nodes[name].layer for name in names]) == self.page.kinds
        if isinstance(self.page, BlockPage):
            return not names and bool(self._document.where) and self.page.about == block_about(self._document)
        return not names and not self._document.where

    def _passes_on(self) -> bool:
        """True where the page could be given to another node of the same type: a form costs time to make."""
        names, nodes = self._document.selection, self._document.graph.nodes
        if isinstance(self.page, SeveralPage) and len(names) > 1:
            return self.page.show_nodes(names)
        if not isinstance(self.page, NodePage) or len(names) != 1:
            return False
        (name,) = names
        if name not in nodes or kind_of(nodes[name].layer) != self.page.kind:
            return False
        self.page.show_node(name)
        return True

    def _make_page(self) -> Page:
        names = self._document.selection
        if not names:
            return BlockPage(self._document) if self._document.where else EmptyPage(self._document)
        return NodePage(self._document, *names) if len(names) == 1 else SeveralPage(self._document, names)

    def _show_page(self, page: Page) -> None:
        self.page = page
        page.setProperty("role", "panel")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(page)
