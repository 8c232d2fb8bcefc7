"""Reads of the unit's desk, each a statement of columns."""
