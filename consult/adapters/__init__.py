"""Plugs for the sockets: one outside library per file."""
