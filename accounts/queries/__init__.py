"""Reads of people, areas and memberships."""
