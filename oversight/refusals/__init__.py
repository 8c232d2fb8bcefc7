"""The refusals of this room."""
