"""What a screen reader is told, and in which words a node, a wire or a problem is spoken of."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from designer.canvas.words import output_words, type_words, wire_words
from designer.document import Document
from engine.graph import Wire
from engine.text import Text, say, text, tr


def listening() -> bool:
    """Whether a screen reader is there."""
    return bool(QAccessible.isActive())


def announce(widget: QWidget, words: str, urgent: bool = False) -> None:
    """Has a screen reader speak, where one listens."""
    if words and listening():
        event = QAccessibleAnnouncementEvent(widget, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)


def node_words(document: Document, name: str) -> str:
    """A node in a sentence: "conv1, Conv2d · 32 · 3×3, gives 32×26×26, 320 parameters, 1 problem: …"."""
    graph, report = document.graph, document.report
    node = graph.nodes[name]
    parts = [name, type_words(document.layer(name))]
    if shape := output_words(report.specs.get(name, ())):
        parts.append(tr("gives {shape}", shape=shape))
    cost = report.costs.get(name)
    if cost and cost.parameters:
        parts.append(tr("{count} parameters", count=cost.parameters))
    sources = [wire.source.node for wire in graph.into(name)]
    if sources:
        parts.append(tr("fed by {names}", names=", ".join(sources)))
    elif type(node.layer).about.inputs:
        parts.append(tr("not wired"))
    parts += [problem_words(problem.severity, problem.text) for problem in report.problems if problem.node == name]
    return ", ".join(parts)


def problem_words(severity: str, sentence: Text) -> str:
    """A problem with its severity in words: "Error: …"."""
    spoken = text("Error: {problem}", problem=sentence) if severity == "error" else _warning(sentence)
    return say(spoken)


def _warning(sentence: Text) -> Text:
    return text("Warning: {problem}", problem=sentence)


def selection_words(document: Document) -> str:
    """What is selected: one node or wire in full, of several how many and which."""
    names, wires = sorted(document.selection), sorted(document.selected_wires)
    if len(names) == 1 and not wires:
        return node_words(document, names[0])
    if len(wires) == 1 and not names:
        return wire_phrase(wires[0])
    if names:
        return tr("{count} layers selected: {names}", count=len(names), names=", ".join(names[:5]))
    return tr("{count} wires selected", count=len(wires)) if wires else tr("nothing selected")


def wire_phrase(wire: Wire) -> str:
    """A wire in a sentence: "wire conv1 → relu1, into value"."""
    return tr("wire {wire}, into {port}", wire=wire_words(wire), port=wire.target.port)
