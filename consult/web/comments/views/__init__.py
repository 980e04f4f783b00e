"""Views of comments: written, received, read one by one and in lists."""
