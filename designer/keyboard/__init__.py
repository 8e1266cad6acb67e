"""Everything without a mouse: which keys mean what, walking and connecting on the canvas, adding by typing."""
