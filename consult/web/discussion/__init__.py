"""Pages of what others say to a comment."""
