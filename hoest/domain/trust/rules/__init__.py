"""Facts and decisions of trust. No Django."""
