"""The door for the server: makes the application, nothing else."""

from app import create_app

app = create_app()
