"""The journal: unsaved work, on the disk within a second of every edit, and how it is had back after a crash.

A folder for each open project with unsaved work holds `lock` (held by the process that works on it) and `journal`:
lines in groups, each group a whole project's state. The first group says everything, a later one what has changed.
A line carries its length and checksum, so that whatever damage comes, it is seen, and what is sound can be read.
"""
