"""What a group says of the parts of its draft, and the stages of a document."""
