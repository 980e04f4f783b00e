"""Meetings, opinions, explanations."""
