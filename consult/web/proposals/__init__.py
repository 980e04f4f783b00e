"""Proposals and their pages."""
