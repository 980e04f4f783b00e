"""Views of documents: reading, drafting, files, history."""
