"""The search engine every installation has: an index in files, written by one process and read by many."""

from .index import WhooshSearch

__all__ = ["WhooshSearch"]
