"""The project: networks, data and recipe as one value, and the `.loom` file that keeps it. No torch."""

SUFFIX = ".loom"
"""How the names of project files end."""
