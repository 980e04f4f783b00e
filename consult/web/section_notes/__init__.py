"""Notes beside the parts of a document: summaries in plain language and explanations."""
