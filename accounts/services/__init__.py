"""Errands of who is who."""
