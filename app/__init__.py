"""The assembly: settings, rooms, error pages, filters, commands."""

from app.factory import create_app

__all__ = ["create_app"]
