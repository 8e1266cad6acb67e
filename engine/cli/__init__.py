"""The command line: the same engine without a window. Data on stdout, words on stderr."""

from engine.cli.main import group, main

__all__ = ["group", "main"]
