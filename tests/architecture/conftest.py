"""Stores to test the record on."""

from tests.factories.fixtures import any_store, store

__all__ = ["any_store", "store"]
