"""Unit desk: roster, block claims and naming, service record."""
