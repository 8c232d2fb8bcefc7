"""Reads of the community desk."""
