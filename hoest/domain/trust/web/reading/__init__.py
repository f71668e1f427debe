"""Pages of reading the register."""
