"""Where a comment points, and where it points after the text has changed."""
