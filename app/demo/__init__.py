"""Example data: a believable month of an invented neighbourhood, made through the services."""
