"""What happened, in order, and the proof that it was not altered."""
