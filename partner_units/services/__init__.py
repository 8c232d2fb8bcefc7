"""Errands that belong to the unit's desk alone."""
