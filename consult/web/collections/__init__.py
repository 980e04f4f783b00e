"""Collections of documents and their pages."""
