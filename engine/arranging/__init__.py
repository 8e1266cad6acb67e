"""Where the cards of a drawing lie best: layers along the flow, few crossings, long wires with a lane of their own.

Pure geometry: it knows names, sizes and wires, neither layers nor a window.
"""

from engine.arranging.layered import effort, places_of
from engine.arranging.sheet import Box, Boxes, Card, Line, Sheet, box, on_grid, settled
from engine.graph.graph import Flow

__all__ = ["Box", "Boxes", "Card", "Flow", "Line", "Sheet", "box", "effort", "on_grid", "places_of", "settled"]
