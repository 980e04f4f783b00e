"""Word documents: the walk over a document, its styles, its printed numbers, its runs."""
