"""Pictures of a document: sent, listed, shown."""
