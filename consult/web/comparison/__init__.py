"""Comparing two texts of a document."""
