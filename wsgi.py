"""The application as a server starts it."""

from consult import start_app

app = start_app()
