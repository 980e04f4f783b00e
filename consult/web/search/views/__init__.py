"""Reading the question, laying out the answer."""
