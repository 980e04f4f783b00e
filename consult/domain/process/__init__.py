"""Stages, consultation windows, comments and answers: states and what may follow them."""
