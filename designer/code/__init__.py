"""The network as Python, beside the canvas."""
