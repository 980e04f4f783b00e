"""Meetings and duty hours, opinions, explanations by the host."""
