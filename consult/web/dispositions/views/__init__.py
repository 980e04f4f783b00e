"""Views of the workbench: comments in the order of the text, answered one after another."""
