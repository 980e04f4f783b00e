"""References between the parts of a document."""
