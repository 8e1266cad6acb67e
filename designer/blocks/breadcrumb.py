"""The way from the network to the block that one is in, above the canvas: a click on a step goes there."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from designer.blocks.places import Where, block_at
from designer.document import Document
from designer.theme.buttons import icon_button
from designer.theme.labels import Label, Sign
from designer.theme.tokens import STEP
from engine.blocks import PREFIX, block_layer
from engine.text import tr

MOST_STEPS = 4
LONGEST = 30 * STEP
ARROW = 12


class Breadcrumb(QFrame):
    """Shown only in a block. `asked` carries the place one wants to go to, `repeat_asked` the repeat to look at."""

    asked = Signal(object)
    repeat_asked = Signal(int)

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._said: tuple[object, ...] = ()
        self.steps: list[QToolButton] = []
        self.steppers: dict[str, QToolButton] = {}
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Where you are"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(STEP, STEP // 2, 2 * STEP, STEP // 2)
        self._row.setSpacing(STEP // 2)
        document.reported.connect(self.refresh)
        self.refresh()

    def refresh(self, _: object = None) -> None:
        """Shows the way to where one is now."""
        document, context = self._document, self._document.context
        said = (document.where, document.block, _network(document), context.repeat, context.repeats)
        if said == self._said:
            return
        self._said = said
        stepping = next((name for name, button in self.steppers.items() if button.hasFocus()), "")
        self._clear()
        self.hide()
        if document.where:
            self._fill()
            self.setAccessibleDescription(" ▸ ".join(self.words()))
            self.adjustSize()
            self.show()
            self.raise_()
        if stepping in self.steppers:
            self.steppers[stepping].setFocus()

    def words(self) -> list[str]:
        """What the steps are called, the network first."""
        return [_network(self._document), *(step.removeprefix(PREFIX) for step in self._document.where)]

    def _fill(self) -> None:
        where, words = self._document.where, self.words()
        places = [where[:depth] for depth in range(len(where) + 1)]
        self._add(icon_button("arrow-bend-left-up", tr("Leave the block (Esc)"), partial(self.asked.emit, where[:-1])))
        steps = list(zip(words, places, strict=True))[:-1]
        hidden = steps[1 : len(steps) - MOST_STEPS + 2] if len(steps) > MOST_STEPS else []
        for step in steps:
            if step in hidden[1:]:
                continue
            self._add(self._more(hidden) if step in hidden else self._step(*step))
            self._add(_arrow())
        self._add(self._here(words[-1]))
        self._add_repeats()

    def _here(self, name: str) -> QWidget:
        """The last step, with the block's own name."""
        label = Label("", "title", parent=self)
        label.setText(label.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, LONGEST))
        label.setToolTip(name)
        block = block_at(self._document.project, self._document.where)
        if self._document.where[-1].startswith(PREFIX):
            return label
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(STEP, 0, 0, 0)
        row.setSpacing(2 * STEP)
        kind = Label("", "secondary")
        title = block_layer(block, self._document.project.blocks[block]).about.title
        kind.setText(kind.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, LONGEST))
        kind.setToolTip(tr("Block “{name}”: what is changed here is changed in all its instances", name=block))
        row.addWidget(label)
        row.addWidget(kind)
        return both

    def _add_repeats(self) -> None:
        """Which repeat is looked at, and the way to the others."""
        repeat, repeats = self._document.context.repeat, self._document.context.repeats
        if repeats < 2:
            return
        self._row.addSpacing(2 * STEP)
        back = icon_button("caret-left", tr("Look at the repeat before"), partial(self.repeat_asked.emit, repeat - 1))
        on = icon_button("caret-right", tr("Look at the next repeat"), partial(self.repeat_asked.emit, repeat + 1))
        back.setEnabled(repeat > 0)
        on.setEnabled(repeat + 1 < repeats)
        self.steppers = {"back": back, "on": on}
        self._add(back)
        self._add(Label(tr("{number} of {count}", number=repeat + 1, count=repeats), "secondary"))
        self._add(on)

    def _step(self, name: str, where: Where) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "quiet")
        button.setText(button.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, LONGEST).replace("&", "&&"))
        button.setToolTip(tr("Go to {name}", name=name))
        button.setAccessibleName(tr("Go to {name}", name=name))
        button.clicked.connect(lambda _checked: self.asked.emit(where))
        self.steps.append(button)
        return button

    def _more(self, hidden: list[tuple[str, Where]]) -> QToolButton:
        """The steps in the middle of a long way, as a menu."""
        button = QToolButton(self)
        button.setProperty("role", "quiet")
        button.setText("…")
        button.setAccessibleName(tr("More steps"))
        button.setToolTip(" ▸ ".join(name for name, _ in hidden))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for name, where in hidden:
            menu.addAction(name.replace("&", "&&")).triggered.connect(lambda _=False, to=where: self.asked.emit(to))
        button.setMenu(menu)
        return button

    def _add(self, widget: QWidget) -> None:
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _clear(self) -> None:
        self.steps.clear()
        self.steppers.clear()
        while item := self._row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()  # it may be the one that was clicked


def _network(document: Document) -> str:
    return next(iter(document.project.networks))


def _arrow() -> Sign:
    return Sign("caret-right", "secondary", ARROW)
