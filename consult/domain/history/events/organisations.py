"""Organisations, hosts, groups."""
