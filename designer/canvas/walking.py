"""Going from node to node along the wires with the keyboard."""

from designer.document import Document


def after(document: Document) -> str | None:
    """What the selected node feeds, the leftmost of several; the first node where none is selected."""
    return _leftmost(document, {w.target.node for name in document.selection for w in document.graph.out_of(name)})


def before(document: Document) -> str | None:
    """What feeds the selected node, the leftmost of several; the first node where none is selected."""
    return _leftmost(document, {w.source.node for name in document.selection for w in document.graph.into(name)})


def _leftmost(document: Document, names: set[str]) -> str | None:
    places = document.graph.places
    if not document.selection:
        names = set(document.graph.nodes)
        return min(names, key=lambda name: (places[name].y, places[name].x), default=None)
    return min(names & places.keys(), key=lambda name: places[name], default=None)
