"""Views of organisations and hosts."""
