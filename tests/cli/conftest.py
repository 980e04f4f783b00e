from tests.factories.fixtures import any_store, store

__all__ = ["any_store", "store"]
