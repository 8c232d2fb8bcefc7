"""Volunteer desk: my claims, check-in, passbook, messages."""
