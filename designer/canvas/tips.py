"""What a thing on the canvas says when the mouse rests on it."""

from html import escape

from designer.canvas.hits import Hit
from designer.canvas.ports import End
from designer.canvas.words import type_words, wire_words
from designer.document import Document
from engine.check.sides import by_side, side_text
from engine.graph import Inlet, Outlet, Spec, Wire
from engine.text import say, tr


def tip(document: Document, found: Hit) -> str:
    """A tooltip for what lies under the mouse; as HTML, since Qt takes text for it, with everything escaped."""
    lines: list[str] = []
    if found.end:
        lines = _end_lines(document, found.end)
    elif found.node:
        lines = _node_lines(document, found.node)
    elif found.wire:
        lines = _wire_lines(document, found.wire)
    return "<br>".join(f"<b>{escape(line)}</b>" if not number else escape(line) for number, line in enumerate(lines))


def _node_lines(document: Document, name: str) -> list[str]:
    """Everything on a card in full, and its problems."""
    node, report = document.graph.nodes[name], document.report
    lines = [name, type_words(document.layer(name)), *([node.label] if node.label else [])]
    lines.extend(tr("Output {spec}", spec=_spec_words(spec)) for spec in report.specs.get(name, ()))
    cost = report.costs.get(name)
    if cost and cost.parameters:
        lines.append(tr("{count} parameters", count=cost.parameters))
    return lines + [f"• {problem.text}" for problem in report.problems if problem.node == name]


def _wire_lines(document: Document, wire: Wire) -> list[str]:
    lines = [wire_words(wire), *_carried(document, wire.source)]
    node, port, _ = wire.target
    problems = [p for p in document.report.problems if p.node == node and p.port in ("", port)]
    lines += [f"• {problem.text}" for problem in problems]
    for which, fixes in by_side(problems, wire).items():
        lines.append(f"{side_text(which, wire)}: {', '.join(say(fix.title) for fix in fixes)}")
    return lines


def _end_lines(document: Document, end: End) -> list[str]:
    if isinstance(end, Outlet):
        return [tr("{node}: output “{port}”", node=end.node, port=end.port), *_carried(document, end)]
    lines = [tr("{node}: input “{port}”", node=end.node, port=end.port)]
    source = document.graph.source(end)
    if source:
        lines += [tr("From {node}", node=source.node), *_carried(document, source)]
    return lines + [f"• {p.text}" for p in document.report.problems if (p.node, p.port) == (end.node, end.port)]


def _carried(document: Document, source: Outlet | Inlet) -> list[str]:
    node = document.graph.nodes.get(source.node)
    names = type(node.layer).about.outputs if node else ()
    specs = dict(zip(names, document.report.specs.get(source.node, ()), strict=False))
    return [_spec_words(specs[source.port])] if source.port in specs else []


def _spec_words(spec: Spec) -> str:
    return f"{spec} {spec.dtype}"
