"""Finding nodes on the canvas, and putting another layer in the place of some."""
