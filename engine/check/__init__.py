"""Is the drawing right: specs on every wire, problems with their fixes, cost. No torch."""

from engine.check.checker import Checker, check
from engine.check.report import Column, Cost, Problem, Report, Suggestion

__all__ = ["Checker", "Column", "Cost", "Problem", "Report", "Suggestion", "check"]
