"""Two people's edits of one text brought together."""
