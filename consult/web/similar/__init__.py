"""Comments that say much the same as a comment."""
