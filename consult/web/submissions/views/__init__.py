"""Views of the register of submissions."""
