"""The application as a server starts it."""

from consult.app import create_app

app = create_app()
