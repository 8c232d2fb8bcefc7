"""Errands of this room."""
