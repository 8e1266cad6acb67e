"""What is wrong with the drawing, and the buttons that mend it."""
