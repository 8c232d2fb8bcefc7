"""Reading a setting from below the edge: services ask by name, the factory has the defaults."""

from __future__ import annotations

from flask import current_app


def setting(name: str) -> int:
    """A whole-number setting (days, people, minutes). Raises KeyError for an unknown name."""
    return int(current_app.config[name])


def words_setting(name: str) -> tuple[str, ...]:
    """A setting of several words, written with commas. Raises KeyError for an unknown name."""
    return tuple(word.strip() for word in str(current_app.config[name]).split(",") if word.strip())
