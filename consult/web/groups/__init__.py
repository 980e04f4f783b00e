"""Working groups and their pages."""
