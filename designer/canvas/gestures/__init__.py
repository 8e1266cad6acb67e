"""One object for each thing that is done with the mouse on the canvas."""
