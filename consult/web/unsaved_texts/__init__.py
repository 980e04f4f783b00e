"""Pages of what people write and have not saved, and what the editor asks while they write."""
