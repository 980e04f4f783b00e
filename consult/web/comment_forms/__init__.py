"""Pages on which everybody gets the comment form of a consultation."""
