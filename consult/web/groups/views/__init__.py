"""What answers the addresses of working groups."""
