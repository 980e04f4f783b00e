"""Where words come from."""
