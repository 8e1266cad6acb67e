"""Edits of a project's blocks. Each gives another project (or graph) and changes nothing that it is given."""
