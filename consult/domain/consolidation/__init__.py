"""Accepted wording applied to the text it was proposed for."""
