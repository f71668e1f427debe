"""Tables of trust."""
