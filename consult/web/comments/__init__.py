"""Pages for writing, sending and reading comments."""
