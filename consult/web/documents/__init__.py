"""Pages of documents: lists, reading, editing, versions."""
