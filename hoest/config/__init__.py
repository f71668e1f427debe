"""The outermost ring: settings, addresses and the hoest command. May import everything below."""
