"""Pages about when words stood in a document."""
