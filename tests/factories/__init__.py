"""Functions that build applications on temporary stores, and the records tests need in them."""
