"""Reads of the order, and the guarded updates that take and give back places."""
