"""Pages on which words are cut out of comments."""
