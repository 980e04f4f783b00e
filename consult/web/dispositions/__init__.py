"""Pages on which the host answers comments."""
