"""The main window: what surrounds the canvas, and what brings the parts together."""
