"""Views of the comparison: which texts, their sections, the page."""
