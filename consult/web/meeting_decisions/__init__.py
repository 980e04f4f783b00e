"""Decisions of meetings."""
