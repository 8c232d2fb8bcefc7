"""Oversight desk: what lies too long, and what a lone worker cannot verify."""
