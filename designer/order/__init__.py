"""Order on the canvas: laying out, aligning, snapping, and ways for wires that leave cards alone."""
