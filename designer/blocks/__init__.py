"""Blocks in the window: where one is, the breadcrumb, and what is done with blocks as named steps."""
