"""What organisations are told apart by, and what hosts may look like."""
