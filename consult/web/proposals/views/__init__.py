"""Views of proposals, by what one does with them."""
