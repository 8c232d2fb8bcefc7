"""Errands about people, areas, units and memberships."""
