"""OpenDocument texts: the walk over a document, its styles and printed numbers, the words of its paragraphs."""
