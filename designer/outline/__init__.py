"""The network as a list: every layer in the order in which it runs. What can be drawn can be done here too."""
