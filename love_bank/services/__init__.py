"""Errand steps that write the book; each runs inside the transaction of the desk's errand."""
