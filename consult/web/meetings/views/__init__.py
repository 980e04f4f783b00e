"""Views of meetings, opinions and explanations."""
