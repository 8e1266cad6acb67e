"""Frames, notes and bookmarks on the canvas."""
