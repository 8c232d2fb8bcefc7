"""The errands of the order."""
