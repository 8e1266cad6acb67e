"""Never losing work: the window's edits go into a journal, and what a crash has left is offered."""
