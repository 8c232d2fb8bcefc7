"""Journeys: whole errands of people, in a real browser, on both databases, at both widths."""
