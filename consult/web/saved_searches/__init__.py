"""Pages of searches people keep."""
