"""Commands of the operator: `flask …`; each module has `register(app)`."""
