"""Views of administration, one file per thing looked after, and the public page of roles."""
