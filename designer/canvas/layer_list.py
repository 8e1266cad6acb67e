"""A list of layers with a search field that opens at a point of the canvas: what fits first, its shape beside it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QVBoxLayout, QWidget

from designer.canvas.words import output_words, value_words
from designer.keyboard.speech import announce
from designer.keyboard.typed import Reading, read, split
from designer.palette.ranking import best, layer_fields
from designer.palette.rows import HEIGHT, KIND, NOTE, OF, RowDelegate
from designer.panels.search_list import SearchList
from designer.theme.labels import as_tip
from designer.theme.tokens import STEP
from engine.check.fitting import fitted, outcome
from engine.graph import Spec
from engine.layers import About, Layer, catalogue
from engine.text import say, tr

WIDTH = 98 * STEP
ROWS = 9
SHAPED = 24  # rows whose shape is worked out at once


class LayerList(SearchList):
    """Offers some layers first, and the others when they are searched; "conv2d 64 3" also sets parameters.

    `chosen` carries the Layer with the parameters that were typed, and their names; `added` the same where Shift was
    held: it is to be added without a wire. `values` are what would come into the layer, where that is known;
    `layers` all that there are (the catalogue, where nothing is said).
    """

    chosen = Signal(object, object)
    added = Signal(object, object)

    def __init__(
        self,
        parent: QWidget,
        kinds: Sequence[str],
        note: str = "",
        values: Sequence[Spec] = (),
        hint: str = "",
        layers: Mapping[str, type[Layer]] | None = None,
    ) -> None:
        super().__init__(parent, WIDTH, ROWS)
        self._kinds, self._note, self._values = list(kinds), note, tuple(values)
        self._layers = catalogue() if layers is None else layers
        self._hint = hint or tr("Enter adds · Esc leaves")
        self._set_up()
        self.show_found("")

    def show_found(self, query: str) -> None:
        """Shows the layers that are found; of those found equally well the ones that fit go first."""
        typed = split(query)
        found = self._found(typed.name)
        self.list.clear()
        for number, about in enumerate(found):
            self.list.addItem(self._row(about, typed.values, number < SHAPED))
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.says.setAlignment(Qt.AlignmentFlag.AlignVCenter if found else Qt.AlignmentFlag.AlignTop)
        self.say()

    def reading(self) -> Reading | None:
        """The current row's layer, with the parameters that were typed."""
        item = self.list.currentItem()
        return read(self._layers[item.data(KIND)], split(self.search.text()).values) if item else None

    def choose(self, wired: bool = True) -> None:
        """Takes the current row, unless what was typed for its parameters is wrong."""
        reading = self.reading()
        if reading and reading.fault is None:
            self.close()
            (self.chosen if wired else self.added).emit(reading.layer, reading.typed)

    def take(self, held: Qt.KeyboardModifier) -> None:
        self.choose(wired=not held & Qt.KeyboardModifier.ShiftModifier)

    def key(self, key: Qt.Key) -> bool:
        if key != Qt.Key.Key_Tab:
            return False
        self._complete()
        return True

    def _found(self, words: str) -> list[About]:
        abouts = [cls.about for cls in self._layers.values()]
        if not words:
            return [self._layers[kind].about for kind in self._kinds]
        place = {kind: number for number, kind in enumerate(self._kinds)}
        found = best(words, abouts, layer_fields)
        found.sort(key=lambda entry: (entry[0].sure, entry[1].id not in place, entry[0], place.get(entry[1].id, 0)))
        return [about for _, about in found]

    def _row(self, about: About, values: tuple[str, ...], shaped: bool) -> QListWidgetItem:
        fits = about.id in self._kinds
        note = "" if fits else self._note
        if fits and shaped and self._values:
            note = output_words(outcome(self._fitted(read(self._layers[about.id], values)), self._values))
        item = QListWidgetItem(about.title)
        item.setData(KIND, about.id)
        item.setData(OF, about.family)
        item.setData(NOTE, note)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (about.title, note))))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tr(about.summary))
        item.setToolTip(as_tip(tr(about.summary)))
        return item

    def _fitted(self, reading: Reading) -> Layer:
        """The layer as it will be added."""
        return fitted(reading.layer, self._values, reading.typed)

    def _said(self, reading: Reading) -> str:
        """What was typed, and what is set beside so that it takes what comes in."""
        fit = self._fitted(reading)
        names = [one.name for one in type(fit).about.parameters]
        other = next((name for name in names if getattr(fit, name) != getattr(reading.layer, name)), None)
        if other is None:
            return reading.said
        more = tr("{parameter} {value}, so that it fits", parameter=other, value=value_words(getattr(fit, other)))
        return " · ".join(filter(None, (reading.said, more)))

    def _complete(self) -> None:
        """Writes the current row's name out, ready for parameters."""
        item = self.list.currentItem()
        if item:
            self.search.setText(f"{item.text()} {' '.join(split(self.search.text()).values)}".rstrip() + " ")

    def say(self) -> None:
        """Below the list: what the parameters come to, what is wrong with them, or what the keys do."""
        reading = self.reading()
        fault = say(reading.fault) if reading and reading.fault else ""
        words = fault or (self._said(reading) if reading else tr("No layer is called that.")) or self._hint
        self.says.setProperty("role", "problem" if fault else "secondary")
        self.says.style().polish(self.says)
        self.says.setText(words)
        if self.isVisible():
            item = self.list.currentItem()
            told = item.data(Qt.ItemDataRole.AccessibleTextRole) if item else ""
            announce(self.search, ", ".join(filter(None, (told, words if words != self._hint else ""))))

    def _set_up(self) -> None:
        self.setAccessibleName(tr("Add layer"))
        self.search.setPlaceholderText(tr("A layer, and its parameters: conv2d 64 3"))
        self.search.setAccessibleName(tr("Search layers"))
        self.search.setAccessibleDescription(self._hint)
        self.search.textChanged.connect(self.show_found)
        self.list.setAccessibleName(tr("Layers that fit"))
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setFixedHeight(ROWS * HEIGHT)
        self.list.setMouseTracking(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(self.search)
        column.addWidget(self.list)
        column.addWidget(self.says)
