"""The home page and the pages that open a consultation."""
