"""Pages on which the officials of a host keep the register of what was handed in, and enter what came otherwise."""
