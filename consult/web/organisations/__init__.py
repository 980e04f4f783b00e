"""Organisations, and the pages a host has of its own."""
