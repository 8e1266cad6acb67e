"""What is selected, and the forms that edit it."""
