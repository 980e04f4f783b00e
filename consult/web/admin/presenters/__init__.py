"""What the pages of administration show, already in the reader's language and zone."""
